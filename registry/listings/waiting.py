"""What waits for a moderator, kind by kind: each QuerySet gives `item_kind`, `key`, `title`, `since` and `due`."""

from collections.abc import Callable, Mapping

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from public_value.models import STANDING, Publishing
from registry.models import (
    BodyRequest,
    Challenge,
    ChallengeState,
    ChallengeStep,
    Exemption,
    Membership,
    Organisation,
    Pair,
    Reorganisation,
    ReorganisationState,
    Waiting,
    Withdrawal,
)
from registry.models.moderation.look import new_components

NO_DAY = Cast(Value(None), DateField())


def as_items(
    found: QuerySet,
    kind: Waiting,
    *,
    title: str | Combinable,
    since: str | Combinable,
    key: str = "pk",
    due: Combinable = NO_DAY,
) -> QuerySet:
    named = F(title) if isinstance(title, str) else title
    return found.order_by().annotate(
        item_kind=Value(kind.value, TextField()),
        key=Cast(key, TextField()),
        title=Cast(named, TextField()),
        since=Cast(since, DateTimeField()),
        due=Cast(due, DateField()),
    )


def bodies() -> QuerySet:
    return as_items(BodyRequest.objects.waiting(), Waiting.BODY, title="name", since="asked_in__at")


def first_owners() -> QuerySet:
    owners = Membership.objects.standing().owners().filter(person__is_active=True)
    asked = Membership.objects.asked().owners()
    waiting = asked.filter(
        ~Exists(owners.filter(organisation=OuterRef("organisation"))),
        organisation__in=Organisation.objects.existing(timezone.localdate()),
    )
    return as_items(waiting, Waiting.OWNER, title="organisation__name", since="asked_in__at")


def components() -> QuerySet:
    return as_items(new_components(), Waiting.COMPONENT, key="slug", title="name", since="updated_at")


def pairs() -> QuerySet:
    return as_items(
        Pair.objects.listed().open().filter(kept=None), Waiting.PAIR, title=both(), since=midnight("found_on")
    )


def merges() -> QuerySet:
    return as_items(Pair.objects.listed().proposed(), Waiting.MERGE, title=both(), since="proposed_in__at")


def challenges() -> QuerySet:
    of = Coalesce("organisation__name", "component__name", "reference", output_field=CharField())
    escalated = Challenge.objects.listed().filter(state=ChallengeState.ESCALATED)
    steps = ChallengeStep.objects.filter(challenge=OuterRef("pk")).order_by("-pk")
    passed_on = Subquery(steps.values("recorded_in__at")[:1])
    return as_items(escalated, Waiting.CHALLENGE, key="reference", title=of, since=passed_on, due=F("due_on"))


def withdrawals() -> QuerySet:
    return as_items(Withdrawal.objects.waiting(), Waiting.WITHDRAWAL, title="component__name", since="asked_in__at")


def exemptions() -> QuerySet:
    title = Concat("organisation__name", Value(": "), "system", output_field=TextField())
    return as_items(Exemption.objects.waiting(), Waiting.EXEMPTION, title=title, since="asked_in__at")


def reorganisations() -> QuerySet:
    planned = Reorganisation.objects.with_state().filter(said_state=ReorganisationState.PLANNED)
    return as_items(planned, Waiting.REORGANISATION, title="area", since="planned_in__at", due=F("vesting_day"))


def editions() -> QuerySet:
    asked = Publishing.objects.filter(computed_at=F("edition__computed_at")).exclude(edition__state__in=STANDING)
    return as_items(asked, Waiting.EDITION, key="edition_id", title="edition__label", since="asked_in__at")


def both() -> Concat:
    return Concat("first__name", Value(" / "), "second__name", output_field=TextField())


def midnight(day: str) -> Cast:
    return Cast(F(day), DateTimeField())


KINDS: Mapping[Waiting, Callable[[], QuerySet]] = {
    Waiting.BODY: bodies,
    Waiting.OWNER: first_owners,
    Waiting.COMPONENT: components,
    Waiting.PAIR: pairs,
    Waiting.MERGE: merges,
    Waiting.CHALLENGE: challenges,
    Waiting.WITHDRAWAL: withdrawals,
    Waiting.EXEMPTION: exemptions,
    Waiting.REORGANISATION: reorganisations,
    Waiting.EDITION: editions,
}
