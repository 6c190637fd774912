"""Twenty working days to reply are promised: how they are counted, and who hears of it where there were fewer."""

from datetime import date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from commons.working_days import last_of, working_days
from public_value.actions import PUBLISHED_DRAWS, compute_edition, open_reply, publish_edition
from public_value.models import Edition
from registry.models import Act, Event
from tests.public_value.test_evidence import SNAPSHOT, world  # noqa: F401  (a fixture)
from tests.public_value.test_publication_pages import words

MONDAY = date(2026, 10, 5)
PROMISE = "the registry promises 20."


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (MONDAY, MONDAY, 1),
        (MONDAY, date(2026, 10, 9), 5),
        (MONDAY, date(2026, 10, 11), 5),
        (MONDAY, date(2026, 10, 12), 6),
        (date(2026, 10, 9), MONDAY.replace(day=12), 2),
        (date(2026, 10, 10), date(2026, 10, 11), 0),
        (date(2026, 10, 11), date(2026, 10, 12), 1),
        (date(2026, 12, 24), date(2026, 12, 28), 3),
        (MONDAY, date(2026, 10, 2), 0),
    ],
)
def test_monday_to_friday_count_and_holidays_too(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days


@pytest.mark.parametrize("first", [date(2026, 10, day) for day in range(5, 12)])
def test_last_day_is_the_first_on_which_enough_have_passed(first: date) -> None:
    last = last_of(first)
    assert working_days(first, last) == 20
    assert working_days(first, date.fromordinal(last.toordinal() - 1)) == 19


def opened(until: str, draws: int = 5) -> Edition:
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=draws)
    return open_reply(edition=edition, until=date.fromisoformat(until))


@pytest.fixture
def monday():
    with time_machine.travel(datetime(2026, 10, 5, 12), tick=False) as traveller:
        yield traveller


@pytest.mark.django_db
@pytest.mark.parametrize(("until", "days"), [("2026-10-29", 19), ("2026-10-30", 20), ("2026-11-01", 20)])
def test_edition_says_how_many_days_there_were_where_there_were_too_few(
    world,  # noqa: F811
    client,
    monday,
    until: str,
    days: int,
) -> None:
    assert opened(until).reply_working_days == days
    said = f"Bodies could reply for 19 working days; {PROMISE}"
    for address in ("/public-value/2026Q3/", f"/public-value/2026Q3/{world.body.slug}/"):
        assert (said in words(client, address)) == (days < 20)
    assert client.get("/api/v1/editions/2026Q3").json()["reply_working_days"] == days
    assert Event.objects.get(act=Act.OPEN_REPLY).detail["working_days"] == days


@pytest.mark.django_db
def test_published_edition_says_so_still(world, client, monday) -> None:  # noqa: F811
    edition = opened("2026-10-05", PUBLISHED_DRAWS)
    monday.move_to(datetime(2026, 10, 6, 12))
    publish_edition(edition=edition)
    assert f"Bodies could reply for 1 working day; {PROMISE}" in words(client, "/public-value/2026Q3/")
    (item,) = client.get("/api/v1/editions").json()["items"]
    assert (item["state"], item["reply_working_days"]) == ("published", 1)


@pytest.mark.django_db
def test_more_days_keep_the_promise(world, client, monday) -> None:  # noqa: F811
    edition = opened("2026-10-06")
    monday.move_to(datetime(2026, 10, 6, 12))
    open_reply(edition=edition, until=date(2026, 10, 30))
    assert PROMISE not in words(client, "/public-value/2026Q3/")


@pytest.mark.django_db
def test_edition_that_was_never_open_says_nothing(world, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert PROMISE not in words(client, "/public-value/2026Q3/")
    assert client.get("/api/v1/editions/2026Q3").json()["reply_working_days"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "warning"),
    [
        ("2026-10-30", ""),
        ("2026-10-29", "Warning: bodies can reply for 19 working days, the registry promises 20"),
        ("2026-10-05", "Warning: bodies can reply for 1 working day, the registry promises 20"),
    ],
)
def test_command_warns_and_names_the_day(world, monday, until: str, warning: str) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    out = StringIO()
    call_command("open_reply", "2026Q3", "--until", until, stdout=out)
    said = out.getvalue()
    assert f"is open for reply from 2026-10-05 until {until}." in said
    assert ("Warning" in said) == bool(warning)
    assert warning in said
    assert ("manage.py open_reply 2026Q3 --until 2026-10-30" in said) == bool(warning)
