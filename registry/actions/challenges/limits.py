"""How much may come in. The counts are in the database, so that they hold over any number of processes."""

from datetime import datetime, timedelta

from django.db.models import Q

from commons.exceptions import Refused
from registry.actions.challenges.subjects import Subject
from registry.models import Challenge, ChallengeArrival

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OF_A_CALLER, OF_A_CALLER_A_DAY = 6, 20
OF_A_THING, OF_A_BODY = 6, 30  # an hour: who floods one thing, or one body, leaves room for the others
OF_ALL = 300


class TooMany(Refused):
    """`seconds` until it makes sense to try again."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


def refuse_floods(subject: Subject, caller: str, now: datetime) -> None:
    """Raises TooMany."""
    if caller:
        own = Q(caller=caller)
        refuse_more(own, OF_A_CALLER, HOUR, now, "You have sent several challenges within an hour.")
        refuse_more(own, OF_A_CALLER_A_DAY, DAY, now, "You have sent many challenges within a day.")
    about = "Many challenges of this came in within an hour."
    refuse_more(Q(thing=subject.thing), OF_A_THING, HOUR, now, about)
    if subject.organisation:
        of_body = f"Many challenges of what is recorded of {subject.organisation} came in within an hour."
        refuse_more(Q(organisation=subject.organisation), OF_A_BODY, HOUR, now, of_body)
    refuse_more(Q(), OF_ALL, HOUR, now, "Very many challenges came in within an hour.")


def refuse_more(of: Q, most: int, within: timedelta, now: datetime, sentence: str) -> None:
    times = ChallengeArrival.objects.filter(of, at__gt=now - within).order_by("-at").values_list("at", flat=True)
    last = list(times[most - 1 : most])
    if not last:
        return
    seconds = max(1, int((last[0] + within - now).total_seconds()) + 1)
    raise TooMany(f"{sentence} Nothing is lost: send it again in {in_words(seconds)}.", seconds)


def in_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes > 90:
        return f"{-(-minutes // 60)} hours"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def arrived(challenge: Challenge, caller: str, nonce: str, now: datetime) -> None:
    about = {"thing": challenge.thing, "organisation": challenge.organisation, "challenge": challenge}
    ChallengeArrival.objects.create(at=now, caller=caller, nonce=nonce or None, **about)


def sent_by(nonce: str) -> Challenge | None:
    """The challenge that this form has raised."""
    arrival = ChallengeArrival.objects.filter(nonce=nonce).select_related("challenge").first() if nonce else None
    return arrival.challenge if arrival else None


def forget_arrivals(now: datetime) -> int:
    """A day after they came in."""
    return ChallengeArrival.objects.filter(at__lte=now - DAY).delete()[0]
