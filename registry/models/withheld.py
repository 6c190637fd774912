from django.db import models
from django.db.models import Q

from commons.constraints import at_least_zero, one_of

HELD_FIELDS = ("system", "supplier", "annual_cost", "contract_end", "contact")
NOT_NAMED = "A system that is not named"


class ShownTo(models.TextChoices):
    """Who sees what is kept back: bodies of the same kind, signed in, or the body's own people alone."""

    PEERS = "peers", "Bodies of the same kind"
    OWN = "own", "Only us"


class Withheld(models.Model):
    """One value of a declaration that its body does not show to everybody, perhaps until a day.

    The declaration itself holds public values alone, so that no reader of it can give away what is kept back: there
    the value is blank, and a system has a number in place of its name (docs/adr/0016).
    """

    declaration = models.ForeignKey("registry.Declaration", models.PROTECT, related_name="withheld")
    field = models.CharField(max_length=20)
    shown_to = models.CharField(max_length=10, choices=ShownTo)
    until = models.DateField(null=True, blank=True, help_text="From this day everybody sees it. Blank: never.")
    text = models.TextField(blank=True)
    amount = models.DecimalField(null=True, blank=True)
    price_fy = models.CharField("price year", max_length=7, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "withheld values"
        indexes = [models.Index(fields=["until"], condition=Q(until__isnull=False), name="withheld_until")]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "field"], name="withheld_once"),
            models.CheckConstraint(condition=Q(field__in=HELD_FIELDS), name="withheld_field_is_known"),
            models.CheckConstraint(condition=one_of("shown_to", ShownTo), name="withheld_shown_to_is_known"),
            models.CheckConstraint(condition=at_least_zero("amount"), name="withheld_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(field="annual_cost", amount__isnull=False, text="", day=None)
                | Q(field="contract_end", amount=None, text="", day__isnull=False, price_fy="")
                | (Q(field__in=["system", "supplier", "contact"], amount=None, day=None, price_fy="") & ~Q(text="")),
                name="withheld_value_fits_its_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of declaration {self.declaration_id}"

    @property
    def value(self):
        return self.text or (self.amount if self.amount is not None else self.day)
