"""Mail about a search, for people without an account: asked for, confirmed, sent once, stopped and forgotten."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from catalogue.search.news import News, canonical, news
from commons.exceptions import Refused
from commons.listing import BadParameter
from commons.turns import take_turn
from registry.letters import news_letter, opt_in_letter, send
from registry.models import Act, Alert, Event
from registry.permissions import Actor

DAY = timedelta(days=1)
LETTERS_A_DAY = 3  # to one address, to confirm: nobody is to be flooded by somebody else
ALERTS_AN_ADDRESS = 20
ASKED_A_DAY = 500  # by everybody together
UNCONFIRMED = timedelta(days=7)  # then the address is forgotten
# What is being recorded while news are read has an earlier time than it will be seen at.
MARGIN = timedelta(hours=1)
TOLD_AT_MOST = 50


@transaction.atomic
def ask_for_alert(*, email: str, params: QueryDict, by: Actor) -> None:
    """Write to the address that mail about this search was asked for, where that is not too often.

    It returns nothing, so that nobody learns whether an address is known here. Raises Refused where everybody
    together asked too much today, and BadParameter where the search is none.
    """
    now, search = timezone.now(), canonical(params)
    if len(search) > Alert._meta.get_field("search").max_length:
        raise Refused("The search is too long to be kept. Choose fewer filters, or follow it as a feed.")
    take_turn("ask_for_alert")
    if Alert.objects.filter(asked_at__gt=now - DAY).count() >= ASKED_A_DAY:
        raise Refused("Too many alerts were asked for today. Try again tomorrow, or follow the search as a feed.")
    of_address = Alert.objects.filter(email__iexact=email)
    known = of_address.filter(search=search).first()
    often = of_address.filter(asked_at__gt=now - DAY).count() >= LETTERS_A_DAY
    if (
        often
        or of_address.count() >= ALERTS_AN_ADDRESS
        or (known and (known.confirmed_at or known.asked_at > now - DAY))
    ):
        return
    alert = known or Alert(email=email, search=search)
    alert.asked_at = now
    alert.save()
    Event.objects.create(act=Act.ASK_FOR_ALERT, **by.signature, detail={"search": search})
    transaction.on_commit(lambda: send(opt_in_letter(alert)))


@transaction.atomic
def confirm_alert(*, alert: Alert, by: Actor) -> None:
    """Begin to send what changes from now on. To confirm twice changes nothing."""
    now = timezone.now()
    confirmed = Alert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=now, told_until=now - MARGIN)
    if confirmed:
        Event.objects.create(act=Act.CONFIRM_ALERT, **by.signature, detail={"search": alert.search})


@transaction.atomic
def stop_alert(*, alert: Alert, by: Actor) -> None:
    """Send nothing more, and forget the address."""
    stopped, _ = Alert.objects.filter(pk=alert.pk).delete()
    if stopped:
        Event.objects.create(act=Act.STOP_ALERT, **by.signature, detail={"search": alert.search})


def send_alerts(now: datetime | None = None) -> int:
    """Send everybody what is new of their search; how many letters went out. News that were sent are never sent again.

    First it is recorded that the news are told, then the letter goes out. Whoever is stopped in between has told nobody
    of them; a mail server that refuses has them told the next time.
    """
    until = (now or timezone.now()) - MARGIN
    due = Alert.objects.filter(confirmed_at__isnull=False, told_until__lt=until).values_list("pk", flat=True)
    return sum(tell(pk, until) for pk in list(due))


def tell(pk, until: datetime) -> bool:
    """Whether a letter went out to one alert."""
    with transaction.atomic():
        alert = Alert.objects.select_for_update(skip_locked=True).filter(pk=pk, told_until__lt=until).first()
        if alert is None:
            return False
        since = alert.told_until
        found = news_of(alert, since, until)
        Alert.objects.filter(pk=pk).update(told_until=until)
    if not found:
        return False
    if send(news_letter(alert, found, since)):
        return True
    Alert.objects.filter(pk=pk, told_until=until).update(told_until=since)
    return False


def news_of(alert: Alert, since: datetime, until: datetime) -> list[News]:
    """Nothing where the search names something that is gone, such as a licence that no component has any more."""
    try:
        return news(QueryDict(alert.search), since=since, until=until, most=TOLD_AT_MOST)
    except BadParameter:
        return []


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete the addresses of those who never opened the link; how many."""
    before = (now or timezone.now()) - UNCONFIRMED
    forgotten, _ = Alert.objects.filter(confirmed_at=None, asked_at__lt=before).delete()
    return forgotten
