"""The day on which a plan is carried out: bodies begin and end, and what belonged to those that end follows by rule.

What follows and what stays is `FOLLOWS` and `STAYS`: together they name every table that points to a body.
"""

import logging
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.deliveries import tell_of
from registry.actions.reorganisations import following
from registry.actions.reorganisations.acts import lock, locked
from registry.actions.reorganisations.plans import about, plan_of
from registry.actions.reorganisations.refusals import refuse_plan, refuse_settled
from registry.actions.search import refresh_search
from registry.models import (
    Act,
    Becoming,
    Event,
    Identifier,
    Organisation,
    Reorganisation,
    Succession,
    WebhookEvent,
)
from registry.permissions import Actor, may_plan_reorganisation

logger = logging.getLogger(__name__)

FOLLOWS = {
    "registry.Declaration.organisation": "inherited, to be confirmed; those of the old body stay, as what it last said",
    "registry.Stewardship.organisation": "to the heir with its share",
    "registry.Source.organisation": "to the heir, or it is read no longer",
    "registry.CodeHosting.organisation": "to the heir, who looks after what is there",
    "registry.Notice.organisation": "to each successor that has inherited the use",
    "registry.Membership.organisation": "the same roles for the successors; of equals nobody's owners rule the others",
    "registry.Token.organisation": "revoked: whoever acts for the successor is given another",
    "registry.Webhook.organisation": "stopped: it is kept with a token of the body that ended",
    "registry.Organisation.parent": "what belonged to the old body belongs to the heir",
    "registry.Succession.predecessor": "written by the act",
    "registry.Succession.successor": "as the predecessor",
    "registry.Organisation.successors": "as the successions, of which it is made",
    "registry.Identifier.organisation": "old codes stay with the old body, new ones come with the act",
}
STAYS = {
    "registry.Draft.organisation": "prepared and never said; the successor's people begin with what is inherited",
    "registry.Import.organisation": "the file that the old body sent, and what became of it",
    "registry.KnownHeading.organisation": "of the old body's files; the new one's people say it for theirs",
    "registry.Attestation.organisation": "of what the old body said; what is inherited rests on it until it changes",
    "registry.Attestation.steward": "the old body vouched; its heir, who is of its group, may take it back",
    "registry.Audit.steward": "the old body's attestations were audited",
    "registry.Claim.organisation": "of the old body; the successor says for itself what it uses",
    "registry.Claim.steward": "the old body claimed it",
    "registry.Usage.organisation": "counted of the old body; the successor's is counted from its first month on",
    "registry.Usage.steward": "the old body counted it",
    "registry.QuarterlyLetter.organisation": "a letter of a quarter that is over",
    "registry.RejectedHint.organisation": "what the old body does not use, the new one may",
    "registry.Challenge.organisation": "of what the old body said; put to its successors, who answer in its place",
    "registry.ChallengeStep.organisation": "the body that spoke then",
    "registry.ChallengeArrival.organisation": "counted for an hour or a day, against floods",
    "registry.Assembly.organisation": "kept to be read; a successor takes over what it wants to go on with",
    "registry.StatedUse.organisation": "what a description says of the old body",
    "registry.Publisher.organisation": "how the old body was shown; the successor is shown as it is",
    "registry.Volume.organisation": "a return of the old body's year",
    "registry.Account.organisation": "as its volumes",
    "registry.Contribution.organisation": "the old body gave it",
    "registry.Review.organisation": "the old body found it",
    "registry.Payment.organisation": "the old body paid",
    "registry.SpendFile.organisation": "as its payments",
    "registry.BodyRequest.organisation": "how the old body came in",
    "registry.SeenThrough.organisation": "what moderators saw of the old body's components",
    "registry.Withdrawal.organisation": "the old body asked for it",
    "registry.Exemption.organisation": "what a panel said of the old body's system; the successor asks for its own",
    "registry.PanelSeat.organisation": "the body that spoke then",
    "registry.Leaving.organisation": "the plans themselves",
    "registry.Becoming.organisation": "the plans themselves",
    "public_value.Score.organisation": "editions are what was so on their day",
    "public_value.HeldChange.organisation": "as the scores of an edition",
    "public_value.EditionComment.organisation": "the old body said it of an edition",
    "public_value.DirtyOrganisation.organisation": "a queue, which triggers write",
}


@dataclass
class Done:
    """What an act did, for its event and for what is told afterwards."""

    components: set[int] = field(default_factory=set)
    restewarded: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def carry_out(*, reorganisation: Reorganisation, by: Actor) -> Event:
    """Do what is planned, once: a second call returns the same event. The first days are those of the plan, however
    late it is carried out.

    Raises Refused: not allowed, cancelled, not seconded, not yet, or a plan that can no longer be carried out.
    """
    found = locked(reorganisation)
    if found.carried_out_in is not None:
        return found.carried_out_in
    refuse_early(found, by)
    plan = plan_of(found)
    lock(plan)  # whoever writes in the name of one of them is before this, or sees that it has ended
    refuse_plan(plan, besides=found)
    event = Event.objects.create(
        act=Act.CARRY_OUT_REORGANISATION, **by.signature, source=f"Reorganisation “{found.area}”", detail=about(found)
    )
    becomings = make_bodies(found)
    done = follow(found, becomings, event)
    Reorganisation.objects.filter(pk=found.pk).update(carried_out_in=event, outcome=done.counts, problem="")
    refresh_search(done.components)
    for component in following.components(done.restewarded):
        tell_of(component, WebhookEvent.UPDATE)
    return event


def refuse_early(found: Reorganisation, by: Actor) -> None:
    if not may_plan_reorganisation(by):
        raise Refused("Only the registry itself carries out what is planned.")
    refuse_settled(found)
    if found.seconded_in_id is None:
        raise Refused("Nobody has seconded this yet.")
    if found.vesting_day > timezone.localdate():
        raise Refused(f"This is planned for {found.vesting_day}.")


def carry_out_due(*, by: Actor) -> int:
    """Carry out all whose day has come, each in a transaction of its own, and return how many were. Safe to run twice,
    and by any number of workers. What cannot be carried out says why on its page, and is tried again."""
    done = 0
    due = Reorganisation.objects.due(timezone.localdate()).order_by("vesting_day", "pk")
    for reorganisation in due:
        try:
            carry_out(reorganisation=reorganisation, by=by)
            done += 1
        except Refused as refused:
            say_problem(reorganisation, str(refused))
        except IntegrityError:
            logger.exception("“%s” could not be carried out", reorganisation)
            say_problem(reorganisation, "The database refused a part of it. The log says which.")
    return done


def say_problem(reorganisation: Reorganisation, sentence: str) -> None:
    Reorganisation.objects.filter(pk=reorganisation.pk).update(problem=sentence, tried_at=timezone.now())


def make_bodies(found: Reorganisation) -> list[Becoming]:
    """Begin the bodies that are not there yet, and give the others their new names and codes."""
    becomings = list(found.becomings.select_related("organisation"))
    leaving = [row.organisation for row in found.leavings.select_related("organisation")]
    for becoming in becomings:
        if becoming.organisation is None:
            becoming.organisation = begin(becoming, leaving, found)
            becoming.save(update_fields=["organisation"])
        elif becoming.organisation.name != becoming.name:
            rename(becoming.organisation, becoming.name)
        Identifier.objects.bulk_create(
            (
                Identifier(organisation=becoming.organisation, scheme=scheme, code=code)
                for scheme, _, code in (text.partition(":") for text in becoming.identifiers)
            ),
            ignore_conflicts=True,
        )
    return becomings


def begin(becoming: Becoming, leaving: list[Organisation], found: Reorganisation) -> Organisation:
    """What all that it comes from agree on, it has too."""
    common = {name: in_common([getattr(body, name) for body in leaving]) for name in ("nation", "region")}
    return Organisation.objects.create(
        **{name: getattr(becoming, name) for name in ("slug", "name", "type", "peer_group", "driver", "homepage")},
        **{name: value or "" for name, value in common.items()},
        parent_id=in_common([body.parent_id for body in leaving]),
        start=found.vesting_day,
    )


def in_common[T](values: list[T]) -> T | None:
    return values[0] if values and len(set(values)) == 1 else None


def rename(body: Organisation, name: str) -> None:
    """The slug never changes; the old name stays, to be found by."""
    if body.name not in body.aliases:
        body.aliases = [*body.aliases, body.name]
    body.name = name
    body.save(update_fields=["name", "aliases"])


def follow(found: Reorganisation, becomings: list[Becoming], event: Event) -> Done:
    """Everything that follows from bodies ending and beginning, in the act's transaction."""
    done = Done()
    heirs = following.heirs(found, becomings)
    succeed(heirs)
    ending = [row.leaving for row in heirs if row.ends]
    end(ending, found)
    join_groups(heirs)
    for name, act in following.ACTS.items():
        done.counts[name] = act(heirs, event, done)
    done.components |= following.named_with([*heirs_of(becomings), *(row.leaving.pk for row in heirs)])
    return done


def heirs_of(becomings: list[Becoming]) -> list[int]:
    return [row.organisation.pk for row in becomings if row.organisation]


def succeed(heirs: "list[following.Heirs]") -> None:
    pairs = {(row.leaving.pk, body.pk) for row in heirs for body in row.to if body.pk != row.leaving.pk}
    Succession.objects.bulk_create(
        (Succession(predecessor_id=before, successor_id=after) for before, after in sorted(pairs)),
        ignore_conflicts=True,
    )


def join_groups(heirs: "list[following.Heirs]") -> None:
    """An old body and its first heir are one adopter (AG-10): what it said stays, and the heir says it too.

    Also with those that came before it. A body of a group stays in that.
    """
    ending = [row for row in heirs if row.ends and row.to and not row.leaving.affiliation_group]
    groups = {row.leaving.slug: row.to[0].independence_group for row in ending}
    before = Coalesce(NullIf("affiliation_group", Value("")), "slug")
    joining = Organisation.objects.alias(group=before).filter(group__in=groups)
    joining.update(affiliation_group=Case(*(When(group=old, then=Value(new)) for old, new in groups.items())))


def end(ending: list[Organisation], found: Reorganisation) -> None:
    """The first day on which they are no more; where a pack said so already, as it said."""
    later = Organisation.objects.filter(pk__in=[body.pk for body in ending]).exclude(end__lte=found.vesting_day)
    later.update(end=found.vesting_day)
