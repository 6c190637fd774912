"""What moves to the kept component and what stays with the merged one."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue.models import Component, Relation, RepositoryAlias
from commons.listing.expressions import CountOf
from registry.models import (
    Attestation,
    Challenge,
    Claim,
    Contribution,
    Declaration,
    Part,
    Payment,
    Review,
    SourceObject,
    Stage,
    Stewardship,
)
from registry.models.review import tries

STAYS = {
    "catalogue.Description.component": "texts as they were read of the merged one; sources that move are read anew",
    "catalogue.Operation.component": "part of what was read of the merged one, as its description",
    "catalogue.Column.component": "as its operations",
    "catalogue.Profile.component": "what its steward stated of it; the moderator has compared the two",
    "catalogue.SearchEntry.component": "the index, which is refreshed",
    "registry.Log.component": "what programs reported of it",
    "registry.Software.component": "its place in the Open Catalog, where it is shown as retired",
    "registry.Deprecation.component": "superseded, because it names another end",
    "registry.Deprecation.successor": "history; the successor of the component itself moves",
    "registry.Deprecation.successor_before": "history",
    "registry.Usage.component": "counted of the merged one, and never changed; the kept one's is counted anew",
    "registry.RejectedHint.component": "that a body does not use the merged one says nothing of the kept one",
    "registry.Pair.first": "proposals: those of what is retired go by themselves",
    "registry.Pair.second": "as the first",
    "registry.Pair.kept": "as the first",
    "registry.Look.component": "what a moderator saw of the merged one",
    "registry.Withdrawal.component": "history: it is retired",
    "registry.Withdrawal.successor": "history",
    "catalogue.Component_available_to.component": "whom each is offered to is its steward's to say",
    "public_value.EditionComponent.component": "editions are what was so on their day",
    "public_value.EditionOffer.component": "as the components of an edition",
    "public_value.ScoreLine.case_component": "as the components of an edition",
}


def adoptions(kept: Component, merged: Component) -> QuerySet:
    """What stopped stays where it was said: moved, it would look as if it stopped today."""
    return Declaration.objects.current().adoptions().filter(component=merged).exclude(stage=Stage.RETIRED)


def stewardships(kept: Component, merged: Component) -> QuerySet:
    """Only where nobody looks after the kept one: who does was not asked to share it."""
    current = Stewardship.objects.current()
    return current.filter(~Exists(current.filter(component=kept)), component=merged)


def reviews(kept: Component, merged: Component) -> QuerySet:
    """Of bodies that have not reviewed the kept one, and whose use moves or that use it already."""
    mine = Review.objects.current().filter(component=kept, organisation=OuterRef("organisation"))
    moving = tries(OuterRef("organisation"), merged).exclude(stage=Stage.RETIRED)
    used = Exists(moving) | Exists(tries(OuterRef("organisation"), kept))
    return Review.objects.current().filter(~Exists(mine), used, component=merged)


def relations(kept: Component, merged: Component) -> QuerySet:
    return Relation.objects.filter(Q(component=merged) | Q(other=merged))


def parts(kept: Component, merged: Component) -> QuerySet:
    """Choices in saved assemblies; withdrawn ones too, whose history goes on."""
    return Part.objects.filter(component=merged)


def contributions(kept: Component, merged: Component) -> QuerySet:
    """But where the body gave something to the kept one on that very day: one day is stated once."""
    mine = Contribution.objects.filter(
        component=kept, organisation=OuterRef("organisation"), made_on=OuterRef("made_on")
    )
    return Contribution.objects.filter(~Exists(mine), component=merged)


def payments(kept: Component, merged: Component) -> QuerySet:
    return Payment.objects.filter(component=merged)


def things(kept: Component, merged: Component) -> QuerySet:
    return SourceObject.objects.filter(component=merged)


def aliases(kept: Component, merged: Component) -> QuerySet:
    return RepositoryAlias.objects.filter(component=merged)


def challenges(kept: Component, merged: Component) -> QuerySet:
    """What is under review stays so; what is settled is history."""
    return Challenge.objects.standing().filter(component=merged)


def attestations(kept: Component, merged: Component) -> QuerySet:
    """What is asked or attested now, but where the same is of the kept one already; what has ended is history."""
    same = Attestation.objects.open().filter(
        component=kept, organisation=OuterRef("organisation"), function=OuterRef("function")
    )
    return Attestation.objects.open().filter(~Exists(same), component=merged)


def claims(kept: Component, merged: Component) -> QuerySet:
    """But where the same was claimed of the kept one."""
    same = Claim.objects.standing().filter(
        component=kept, organisation=OuterRef("organisation"), function=OuterRef("function")
    )
    return Claim.objects.standing().filter(~Exists(same), component=merged)


def predecessors(kept: Component, merged: Component) -> QuerySet:
    return Component.objects.filter(successor=merged)


MOVES: dict[str, Callable[[Component, Component], QuerySet]] = {
    "registry.Declaration.component": adoptions,
    "registry.Stewardship.component": stewardships,
    "registry.Review.component": reviews,
    "registry.Part.component": parts,
    "registry.Contribution.component": contributions,
    "registry.Payment.component": payments,
    "registry.Challenge.component": challenges,
    "registry.Attestation.component": attestations,
    "registry.Claim.component": claims,
    "registry.SourceObject.component": things,
    "catalogue.Relation.component": relations,
    "catalogue.Relation.other": relations,
    "catalogue.RepositoryAlias.component": aliases,
    "catalogue.Component.successor": predecessors,
}
"""What moves, by the table and the field that point to a component."""

SHARED = ("catalogue.Component_functions.component", "catalogue.Component_standards.component")
"""What the kept one has also from then on."""


def moving(kept: Component, merged: Component) -> dict[str, int]:
    """How many rows of each kind a merge would move, by the name of the kind: one query, which changes nothing."""
    kinds = list(dict.fromkeys(MOVES.values()))
    counts = [CountOf(kind(kept, merged)) for kind in kinds]
    found = Component.objects.filter(pk=merged.pk).values_list(*counts).get()
    return {kind.__name__: count for kind, count in zip(kinds, found, strict=True)}
