"""The few fields of a statement that are changed in its row of the portfolio."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.forms import DatePartsField
from registry.models import DeclarationKind, Stage
from registry.said import LARGEST, Said
from registry.workspace.forms import DetailsForm


class QuickForm(forms.Form):
    """What changes most of a statement, in its row of the portfolio."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    annual_cost = forms.DecimalField(
        label=_("Cost a year"), required=False, min_value=0, max_value=LARGEST, decimal_places=2
    )
    price_fy = forms.CharField(label=_("Financial year"), required=False, max_length=7)
    contract_end = DatePartsField(label=_("Its contract ends on"), required=False)

    def __init__(self, *args: Any, said: Said, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={name: getattr(said, name) for name in self.base_fields})
        self.said = said
        del self.fields["contract_end" if said.kind == DeclarationKind.ADOPTION else "stage"]

    clean_price_fy = DetailsForm.clean_price_fy

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("annual_cost") is None:
            given["price_fy"] = ""
        elif not given.get("price_fy") and "price_fy" not in self.errors:
            self.add_error("price_fy", _("Say in which financial year’s prices the cost is"))
        return given

    def answered(self) -> Said:
        """What is no longer stated is no longer kept back either."""
        changed = replace(self.said, **self.cleaned_data)
        held = {name: hold for name, hold in changed.held.items() if getattr(changed, name) not in (None, "")}
        return replace(changed, held=held)
