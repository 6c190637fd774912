"""What a body reports about its year: the size of its work, its accounts, and what it gave to the commons."""

from django.db import models
from django.db.models import Q

from commons.constraints import FINANCIAL_YEAR, at_least_zero, keep_history


@keep_history()
class Volume(models.Model):
    """How many transactions a year a body handles for a function."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="volumes")
    function = models.ForeignKey("catalogue.Function", models.CASCADE, related_name="volumes")
    transactions = models.FloatField(null=True, blank=True, help_text="A year.")
    source_url = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "function"], name="volume_stated_once"),
            models.CheckConstraint(condition=at_least_zero("transactions"), name="volume_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.transactions} a year for {self.function}"


@keep_history()
class Account(models.Model):
    """A body's front-line and administrative spending in one financial year, in that year's money."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="accounts")
    financial_year = models.CharField(max_length=7)
    frontline = models.DecimalField(null=True, blank=True)
    administrative = models.DecimalField(null=True, blank=True)
    source_url = models.TextField(blank=True)

    class Meta:
        ordering = ["organisation", "financial_year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "financial_year"], name="account_stated_once"),
            models.CheckConstraint(condition=Q(financial_year__regex=FINANCIAL_YEAR), name="account_year_is_a_year"),
            models.CheckConstraint(condition=at_least_zero("frontline"), name="account_frontline_not_negative"),
            models.CheckConstraint(condition=at_least_zero("administrative"), name="account_admin_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.financial_year}"


@keep_history()
class Contribution(models.Model):
    """Accepted work that a body gave to a component, in units of the index's method (2, AG-15)."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="contributions")
    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="contributions")
    made_on = models.DateField()
    units = models.FloatField(null=True, blank=True)
    summary = models.TextField(blank=True)
    source_url = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "component", "made_on"], name="contribution_stated_once"),
            models.CheckConstraint(condition=at_least_zero("units"), name="contribution_units_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} to {self.component}, {self.made_on}"
