"""Making one of two components that are one: everything that is said of the merged one is said of the kept one.

The merged component stays, retired and with the kept one as its successor, because addresses and history lead to it.
What moves and what stays there is `MOVES` and `STAYS`: together they name every table that points to a component.
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue.addresses import repository_key
from catalogue.describing import hold_back_others
from catalogue.models import Component, Lifecycle, Relation, RepositoryAlias
from commons.exceptions import Refused
from registry.actions.declarations.rows import record, restated
from registry.actions.deliveries import tell_of
from registry.actions.deprecations import leads_to
from registry.actions.post import write_letter
from registry.actions.search import refresh_search
from registry.letters import merge_letter
from registry.models import (
    Act,
    Attestation,
    Challenge,
    Choice,
    Claim,
    Contribution,
    Declaration,
    Deprecation,
    Difference,
    Event,
    Organisation,
    Pair,
    PairState,
    Part,
    Payment,
    Review,
    Source,
    SourceObject,
    Stage,
    Stewardship,
    WebhookEvent,
)
from registry.models.review import tries
from registry.permissions import Actor, may_judge_pairs

STAGES = (Stage.RETIRED, Stage.PLANNED, Stage.PILOT, Stage.PARTIAL, Stage.LIVE)
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
    if Stewardship.objects.current().filter(component=kept).exists():
        return Stewardship.objects.none()
    return Stewardship.objects.current().filter(component=merged)


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
    """How many rows of each kind a merge would move, by the name of the kind. Changes nothing."""
    return {kind.__name__: kind(kept, merged).count() for kind in dict.fromkeys(MOVES.values())}


@transaction.atomic
def merge_components(
    *, kept: Component, merged: Component, by: Actor, agreed: Mapping[str, object] | None = None
) -> Event:
    """Move to the kept component what points to the merged one, which is retired and leads to it; tell their stewards.

    Statements and reviews are superseded and said again of the kept one; of two on one thing the stronger stands.
    `agreed` names the proposal that a person agrees to: nobody merges alone (`actions.proposals`). Raises Refused: not
    allowed, not proposed, the same one, a draft, retired, of another kind, or a successor that leads back.
    """
    if by.person is not None and not agreed:
        raise Refused("Propose it first: another person has to agree before components are merged.")
    # What is described anew finds the kept one, or is found here: nobody makes or describes one of the two meanwhile.
    hold_back_others()
    list(things(kept, merged).order_by("pk").select_for_update())
    both = Component.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {component.pk: component for component in both}
    kept, merged = found[kept.pk], found[merged.pk]
    refuse_merge(kept, merged, by)
    bodies = looking_after(kept, merged)
    detail = {
        "kept": kept.slug,
        "merged": merged.slug,
        "repository": merged.repository,
        "moved": moving(kept, merged),
        "told": [body.slug for body in bodies if body.contact_email],
        **(agreed or {}),
    }
    event = Event.objects.create(act=Act.MERGE_COMPONENTS, **by.signature, detail=detail)
    move_statements(kept, merged, event)
    move_rows(kept, merged)
    kept.functions.add(*merged.functions.all())
    kept.standards.add(*merged.standards.all())
    retire(kept, merged, event)
    settle_pair(kept, merged, event)
    refresh_search([kept.pk, merged.pk, *kept.predecessors.values_list("pk", flat=True)])
    for component in (kept, merged):
        tell_of(component, WebhookEvent.UPDATE)
    write_to(bodies, kept, merged, event)
    return event


def looking_after(kept: Component, merged: Component) -> list[Organisation]:
    """The bodies that look after one of the two now, from A to Z."""
    said = Stewardship.objects.current().filter(component__in=[kept, merged])
    return list(Organisation.objects.filter(pk__in=said.values("organisation")))


def write_to(bodies: Sequence[Organisation], kept: Component, merged: Component, event: Event) -> None:
    """A letter to each whose address is known, owed with the merge."""
    keeping = set(Stewardship.objects.current().filter(component=kept).values_list("organisation", flat=True))
    for body in bodies:
        write_letter(
            to=body.contact_email,
            about=f"event {event.pk} {body.slug}",
            subject=f"{merged} is merged into {kept}",
            text=merge_letter(body, kept, merged, keeps=body.pk in keeping),
        )


def refuse_merge(kept: Component, merged: Component, by: Actor) -> None:
    if not may_judge_pairs(by):
        raise Refused("Only an operator may merge components.")
    if kept.pk == merged.pk:
        raise Refused("A component cannot be merged with itself.")
    for component in (kept, merged):
        if component.lifecycle in (Lifecycle.DRAFT, Lifecycle.RETIRED):
            raise Refused(f"{component} is {component.get_lifecycle_display().lower()}: it cannot be merged.")
    if kept.lifecycle == Lifecycle.DEPRECATED:
        raise Refused(f"{kept} is deprecated itself: keep the other one.")
    if kept.kind != merged.kind:
        raise Refused("The two are of different kinds: correct the kind of one of them first.")
    if leads_to(kept, merged):
        raise Refused(f"{kept} is succeeded by {merged}: keep {merged} instead.")


def move_statements(kept: Component, merged: Component, event: Event) -> None:
    """Supersede what is said of the merged one, and say it of the kept one in the act's name."""
    said = list(reviews(kept, merged))
    looked_after = list(stewardships(kept, merged))
    known = {
        (one.organisation_id, one.function_id): one
        for one in Declaration.objects.current().adoptions().filter(component=kept)
    }
    ended, again = [], []
    for one in adoptions(kept, merged):
        ended.append(one.pk)
        before = known.get((one.organisation_id, one.function_id))
        if before is None or strength(before) < strength(one):
            again.append(one)
            ended += [before.pk] if before else []
    Declaration.objects.filter(pk__in=ended).update(superseded_in=event)
    record([restated(one, component_id=kept.pk) for one in again], event)
    # One whose author has reviewed the kept one too is superseded by that: no use of the merged one stands behind it.
    unfounded = ~Exists(tries(OuterRef("organisation"), merged))
    mine = Review.objects.current().filter(unfounded | Q(pk__in=[one.pk for one in said]), component=merged)
    mine.update(superseded_in=event)
    Stewardship.objects.filter(pk__in=[one.pk for one in looked_after]).update(superseded_in=event)
    for model, rows in ((Review, said), (Stewardship, looked_after)):
        for one in rows:
            one.pk, one.component, one.recorded_in, one.superseded_in = None, kept, event, None
        model.objects.bulk_create(rows)


def strength(one: Declaration) -> tuple[int, str, str]:
    """Which of two statements on one use stands: the further in use, the better evidenced, the later confirmed."""
    return STAGES.index(Stage(one.stage)), one.evidence, one.confirmed.isoformat() if one.confirmed else ""


def move_rows(kept: Component, merged: Component) -> None:
    """Where the kept one has the same row already, that of the merged one goes: their tables keep its history."""
    relations(kept, merged).filter(Q(component=kept) | Q(other=kept)).delete()
    for side, far in (("component", "other"), ("other", "component")):
        same = Relation.objects.filter(**{side: kept, far: OuterRef(far)}, relation=OuterRef("relation"))
        Relation.objects.filter(Exists(same), **{side: merged}).delete()
        Relation.objects.filter(**{side: merged}).update(**{side: kept})
    besides = Part.objects.filter(slot=None, component=kept, assembly=OuterRef("assembly"))
    parts(kept, merged).filter(Exists(besides), slot=None).delete()
    for kind in (parts, contributions, payments, challenges, attestations, claims, aliases):
        kind(kept, merged).update(component=kept)
    predecessors(kept, merged).update(successor=kept)
    move_things(kept, merged)


def move_things(kept: Component, merged: Component) -> None:
    """Their sources are read anew, and what they state otherwise than the kept one is left to people to choose."""
    found = list(things(kept, merged))
    Difference.objects.open().filter(thing__in=found).update(choice=Choice.GONE)
    Source.objects.filter(things__in=found).update(etag="", last_modified="")
    SourceObject.objects.filter(pk__in=[one.pk for one in found]).update(component=kept, made=False, text_hash="")


def retire(kept: Component, merged: Component, event: Event) -> None:
    """Its repository becomes another address of the kept one, so that it is found there by whoever describes it."""
    Deprecation.objects.current().filter(component=merged).update(superseded_in=event)
    address, merged.repository = merged.repository, ""
    merged.lifecycle, merged.successor = Lifecycle.RETIRED, kept
    merged.save(update_fields=["lifecycle", "successor", "repository"])
    if not address or repository_key(address) == repository_key(kept.repository):
        return
    if not Component.objects.at_repository(address).exists():
        RepositoryAlias.objects.create(component=kept, address=address)


def settle_pair(kept: Component, merged: Component, event: Event) -> None:
    one, other = sorted((kept.pk, merged.pk))
    Pair.objects.filter(first=one, second=other).update(state=PairState.MERGED, reason="", decided_in=event)
