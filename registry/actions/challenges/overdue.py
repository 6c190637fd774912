"""What the timetable does about challenges. Every one of these is safe to run twice, and beside itself."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registry.actions.challenges.challengers import forget
from registry.actions.challenges.limits import forget_arrivals
from registry.actions.challenges.steps import take
from registry.models import Act, Challenge, ChallengeState, StepKind
from registry.models.challenge.challenge import STANDING
from registry.permissions import Actor

FORGET_AFTER = timedelta(days=30)  # from the end of a challenge
WAITING = (ChallengeState.OPEN, ChallengeState.ASKED)


def escalate_overdue(*, by: Actor) -> int:
    """Pass to the moderators what nobody answered in time, whoever's turn it was; how many."""
    today = timezone.localdate()
    late = Challenge.objects.filter(state__in=WAITING, due_on__lt=today)
    return sum(escalate(pk, by) for pk in list(late.order_by("due_on").values_list("pk", flat=True)))


@transaction.atomic
def escalate(pk: int, by: Actor) -> bool:
    """Unless somebody answers at this moment, or has done so."""
    late = Challenge.objects.filter(pk=pk, state__in=WAITING, due_on__lt=timezone.localdate())
    found = late.select_for_update(skip_locked=True, of=("self",)).select_related(
        "organisation", "function", "component"
    )
    challenge = found.first()
    if challenge:
        take(challenge, StepKind.OVERDUE, Act.ESCALATE_CHALLENGE, by)
    return challenge is not None


def forget_challengers(now: datetime | None = None) -> int:
    """Delete the addresses behind challenges that ended 30 days ago, and all that tells where challenges came from."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    settled = Q(ended_on__lt=today - FORGET_AFTER) & (Q(due_on=None) | Q(due_on__lt=today)) & ~STANDING
    ended = Challenge.objects.filter(settled, challenger__isnull=False)
    forgotten = 0
    for challenge in list(ended):
        with transaction.atomic():
            forgotten += forget(challenge)
    forget_arrivals(now)
    return forgotten
