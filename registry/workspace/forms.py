"""The questions about one function. A form checks and never writes; what it makes is a statement (`registry.said`)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Component
from commons.forms import DatePartsField
from registry.models import DeclarationKind, ShownTo, Stage, Why
from registry.models.withheld import HELD_FIELDS
from registry.said import LARGEST, LONGEST, Hold, Said, is_financial_year

OTHER = "other"
EVERYBODY = "everybody"
SHOWN = [(EVERYBODY, _("Everybody")), (ShownTo.PEERS, _("Bodies of our kind, signed in")), (ShownTo.OWN, _("Only us"))]
HOWS = {
    "shared": _("We use a shared component"),
    "own": _("We run a system of our own"),
    "supplier": _("We buy it from a supplier"),
    "planned": _("We plan to move to a shared component"),
    "not_responsible": _("It is not our responsibility"),
    "not_sure": _("We are not sure"),
}
ANSWERS = {"not_responsible": DeclarationKind.NOT_RESPONSIBLE, "not_sure": DeclarationKind.NOT_SURE}
USES = [(stage.value, stage.label) for stage in (Stage.LIVE, Stage.PARTIAL, Stage.PILOT, Stage.RETIRED)]
KEPT = ("coverage", "transactions", "annual_cost", "price_fy", "source_url", "contact")


def how_of(said: Said | None) -> str:
    """The answer to the first question that a statement came from."""
    if said is None:
        return ""
    if said.kind == DeclarationKind.ADOPTION:
        return "planned" if said.stage == Stage.PLANNED else "shared"
    if said.kind == DeclarationKind.DUPLICATE:
        return "supplier" if said.supplier else "own"
    return said.kind.value


class Question(forms.Form):
    """One page of questions about a statement. `answered` gives the statement with its answers in it."""

    def answered(self, said: Said | None) -> Said:
        raise NotImplementedError


class HowForm(Question):
    how = forms.ChoiceField(label=_("How do you do it?"), choices=list(HOWS.items()), widget=forms.RadioSelect)

    def answered(self, said: Said | None) -> Said:
        """What was said already stays where it fits."""
        how = self.cleaned_data["how"]
        if how in ANSWERS:
            return Said(kind=ANSWERS[how])
        kind = DeclarationKind.ADOPTION if how in ("shared", "planned") else DeclarationKind.DUPLICATE
        if said is None or said.kind != kind:
            kept = {name: getattr(said, name) for name in KEPT} if said else {}
            held = {name: hold for name, hold in said.held.items() if name in KEPT} if said else {}
            said = Said(kind=kind, **kept, held=held)
        if how == "planned":
            return replace(said, stage=Stage.PLANNED.value)
        return replace(said, stage="") if said.stage == Stage.PLANNED else said


class ComponentForm(Question):
    """`candidates` are the components that serve the function; any other may be named."""

    component = forms.ChoiceField(label=_("Which component?"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Another component"),
        required=False,
        max_length=300,
        help_text=_("Its name, or the end of its page’s address. Only where none of the list is it."),
    )
    stage = forms.ChoiceField(label=_("How far is it?"), choices=USES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidates: Mapping[str, str], planned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["component"].choices = [*candidates.items(), (OTHER, _("Another one"))]
        if planned:
            del self.fields["stage"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("component") == OTHER:
            given["slug"] = self.other_named(given.get("other", "").strip())
        else:
            given["slug"] = given.get("component", "")
        return given

    def other_named(self, text: str) -> str:
        if not text:
            self.add_error("other", _("Name the component, or choose one of the list"))
            return ""
        slug = text.rstrip("/").rpartition("/")[2].lower()
        listed = Component.objects.listed()
        found = list(listed.filter(slug=slug)[:1]) or list(listed.filter(name__iexact=text)[:2])
        if len(found) == 1:
            return found[0].slug
        self.add_error(
            "other",
            _("More than one component has this name: give the end of its page’s address")
            if found
            else _("No component is called that. Look it up, or register it first"),
        )
        return ""

    def answered(self, said: Said | None) -> Said:
        stage = self.cleaned_data.get("stage", Stage.PLANNED.value)
        return replace(said, component=self.cleaned_data["slug"], stage=stage)


class SystemForm(Question):
    """`shared`: whether something shared exists, and so why it is not used is worth asking."""

    system = forms.CharField(
        label=_("What is the system called?"),
        max_length=LONGEST["system"],
        help_text=_("Where it has no name, what it is: “Spreadsheet of the parking team”."),
    )
    unnamed = forms.BooleanField(
        label=_("Do not name it in public: it is sensitive. It is counted all the same"), required=False
    )
    supplier = forms.CharField(label=_("Who supplies it?"), required=False, max_length=LONGEST["supplier"])
    why = forms.ChoiceField(
        label=_("Why do you not use what is shared?"),
        choices=[*Why.choices, ("", _("We do not say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST["reason"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What would have to change? Whoever looks after the shared ones reads it."),
    )

    def __init__(self, *args: Any, shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shared:
            del self.fields["why"], self.fields["reason"]

    def answered(self, said: Said | None) -> Said:
        given = dict(self.cleaned_data)
        unnamed = given.pop("unnamed")
        held = {name: hold for name, hold in said.held.items() if name != "system"}
        held |= {"system": said.held.get("system", Hold(ShownTo.OWN))} if unnamed else {}
        if not given["supplier"]:
            held.pop("supplier", None)
        return replace(said, **given, held=held)


class DetailsForm(Question):
    """What it costs, until when, for how much of the work; and who sees it."""

    since = DatePartsField(label=_("In use since"), required=False)
    contract_end = DatePartsField(label=_("Its contract ends on"), required=False)
    annual_cost = forms.DecimalField(
        label=_("Cost a year"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        decimal_places=2,
        help_text=_(
            "Without VAT, everything included. 0 where it costs nothing; leave it empty where you do not know."
        ),
    )
    price_fy = forms.CharField(
        label=_("In the prices of the financial year"), required=False, max_length=7, help_text=_("For example 2026-27")
    )
    part = forms.DecimalField(
        label=_("Part of the function’s work that it does, in per cent"), required=False, min_value=0, max_value=100
    )
    transactions = forms.FloatField(
        label=_("Transactions a year"), required=False, min_value=0, max_value=float(LARGEST)
    )
    shown_to = forms.ChoiceField(
        label=_("Who may see the cost and the end of the contract?"), choices=SHOWN, widget=forms.RadioSelect
    )
    until = DatePartsField(
        label=_("From when may everybody see them?"), required=False, help_text=_("Leave it empty for never.")
    )

    def __init__(self, *args: Any, kind: DeclarationKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["contract_end" if kind == DeclarationKind.ADOPTION else "since"]

    def clean_price_fy(self) -> str:
        year = self.cleaned_data["price_fy"].strip()
        if year and not is_financial_year(year):
            raise forms.ValidationError(_("Give the financial year as 2026-27"))
        return year

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("annual_cost") is not None and not given.get("price_fy") and "price_fy" not in self.errors:
            self.add_error("price_fy", _("Say in which financial year’s prices the cost is"))
        until = given.get("until")
        if until and given.get("shown_to") != EVERYBODY and until <= timezone.localdate():
            self.add_error("until", _("Give a day to come"))
        return given

    def answered(self, said: Said | None) -> Said:
        given = dict(self.cleaned_data)
        part, shown_to, until = given.pop("part"), given.pop("shown_to"), given.pop("until")
        given["coverage"] = None if part is None else float(part / 100)
        if given["annual_cost"] is None:
            given["price_fy"] = ""
        held = {name: hold for name, hold in said.held.items() if name not in ("annual_cost", "contract_end")}
        if shown_to != EVERYBODY:
            stated = [name for name in ("annual_cost", "contract_end") if given.get(name) is not None]
            held |= {name: Hold(ShownTo(shown_to), until) for name in stated}
        return replace(said, **given, held=held)


class EvidenceForm(Question):
    source_url = forms.CharField(
        label=_("Where can others check it?"),
        required=False,
        max_length=LONGEST["source_url"],
        help_text=_(
            "A public address: a contract notice, a page of the service, published spending. We look at it now and "
            "then, and say that there is evidence as long as it answers."
        ),
    )
    contact = forms.CharField(
        label=_("Whom may other bodies ask?"),
        required=False,
        max_length=LONGEST["contact"],
        help_text=_("A team’s address rather than a person’s."),
    )
    contact_shown_to = forms.ChoiceField(label=_("Who may see the contact?"), choices=SHOWN, widget=forms.RadioSelect)

    def clean_source_url(self) -> str:
        address = self.cleaned_data["source_url"].strip()
        if address and not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Give the whole address, as https://www.example.gov.uk/contracts"))
        return address

    def answered(self, said: Said | None) -> Said:
        given = dict(self.cleaned_data)
        shown_to = given.pop("contact_shown_to")
        held = {name: hold for name, hold in said.held.items() if name != "contact"}
        if shown_to != EVERYBODY and given["contact"]:
            held["contact"] = Hold(ShownTo(shown_to))
        return replace(said, **given, held=held)


def initial(said: Said | None) -> dict[str, Any]:
    """What the forms show of a statement."""
    if said is None:
        return {"shown_to": EVERYBODY, "contact_shown_to": EVERYBODY}
    held = said.held.get("annual_cost") or said.held.get("contract_end")
    contact = said.held.get("contact")
    values = {name: getattr(said, name) for name in (*HELD_FIELDS, "component", "stage", "since", "why", "reason")}
    return values | {
        "how": how_of(said),
        "unnamed": "system" in said.held,
        "price_fy": said.price_fy,
        "transactions": said.transactions,
        "part": None if said.coverage is None else (Decimal(str(said.coverage)) * 100).normalize(),
        "source_url": said.source_url,
        "shown_to": held.shown_to if held else EVERYBODY,
        "until": held.until if held else None,
        "contact_shown_to": contact.shown_to if contact else EVERYBODY,
    }
