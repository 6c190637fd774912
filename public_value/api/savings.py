"""What sharing could save, for programs: two figures in two significant digits, apart, and the ladder of an edition."""

from collections.abc import Iterable

from rest_framework import serializers

from commons.api.description import serializer
from commons.formatting import significant
from public_value.models import Edition, SavingBasis
from public_value.presenters import sector
from public_value.savings import SCENARIOS

FIGURES = {
    "annual": serializers.FloatField(help_text="Steady saving a year."),
    "npv10": serializers.FloatField(help_text="Net present value over the method's horizon; may be negative."),
}
SCENARIO = serializer("SavingScenario", FIGURES)
SAVINGS = serializer("Savings", {scenario: SCENARIO() for scenario in SCENARIOS})
ABOUT_SAVINGS = (
    "What sharing could save: an estimate to two significant figures in prices of the base year, no part of the score. "
    "{} Null where there is no system to work it out from. Not to be added to the other."
)
TWO_SAVINGS = {
    "savings": SAVINGS(allow_null=True, help_text=ABOUT_SAVINGS.format("Where cost and share are stated.")),
    "savings_modelled": SAVINGS(allow_null=True, help_text=ABOUT_SAVINGS.format("Where one of them is assumed.")),
}
BODIES = serializer(
    "SavingBodies",
    {
        "declared": serializers.IntegerField(help_text="Bodies with a stated cost and share."),
        "modelled": serializers.IntegerField(help_text="Bodies with one of them assumed."),
    },
)
RUNG = serializer(
    "LadderRung",
    {
        "code": serializers.CharField(
            help_text="realised, contracted (a part of identified), identified, modelled, own_systems, coverage, "
            "headline_claim, government_claim"
        ),
        "name": serializers.CharField(),
        "amount": serializers.FloatField(
            allow_null=True, help_text="Null: nothing stands on it, or it cannot be said; `about` says why."
        ),
        "unit": serializers.CharField(help_text="a_year: money a year; parts_per_million."),
        "about": serializers.CharField(help_text="What it is, and of which prices."),
    },
)
SECTOR = {
    **TWO_SAVINGS,
    "savings_bodies": BODIES(help_text="How many bodies each of the two is the sum of."),
    "ladder": RUNG(many=True, help_text="How far the evidence reaches: central figures, never to be added."),
}


def both_bases(rows: Iterable[dict]) -> dict[str, dict | None]:
    """`savings` and `savings_modelled` by scenario from {basis, scenario, annual, npv10}; None where there is none."""
    found: dict[str, dict] = {}
    for row in rows:
        figures = {name: significant(row[name]) for name in ("annual", "npv10")}
        found.setdefault(row["basis"], {})[row["scenario"]] = figures
    return {"savings": found.get(SavingBasis.DECLARED), "savings_modelled": found.get(SavingBasis.MODELLED)}


def sector_savings(edition: Edition) -> dict:
    """What the page of an edition says of all its bodies together. Three queries."""
    found = sector.summed(edition)
    bodies = dict.fromkeys(SavingBasis.values, 0) | sector.bodies(found.rows)
    rungs = sector.rungs(edition, found)
    names = ("code", "name", "amount", "unit", "about")
    return both_bases(found.rows) | {
        "savings_bodies": bodies,
        "ladder": [{name: rung[name] for name in names} for rung in rungs],
    }
