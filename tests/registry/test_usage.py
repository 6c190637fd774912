"""Usage as stewards' machines count it: stored for good, sent through the API, and the grade that it earns."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, connection

from commons.exceptions import Refused
from registry.actions.attestations import attest
from registry.actions.declarations import declare
from registry.actions.tokens import issue_token
from registry.actions.usage import Counted, grade_measured, report_usage
from registry.grading import months_before
from registry.models import Act, Attestation, Event, Role, Scope, Usage
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.constraints import refused_by
from tests.registry.attestations.conftest import acting, world  # noqa: F401

pytestmark = pytest.mark.django_db
MONTHS = ("2026-08", "2026-09", "2026-10")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30T09:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def report(world):  # noqa: F811
    def report(*months, number=7, body=None, **given):
        counts = [
            Counted(body or world.body, world.function, date.fromisoformat(f"{month}-01"), number) for month in months
        ]
        given = {"steward": world.steward, "component": world.component, "counts": counts, "by": world.officer} | given
        return report_usage(**given)

    return report


def test_months_before_a_day():
    assert months_before(date(2026, 2, 28), 3) == [date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)]


def test_counts_are_kept_in_one_act(world, report):  # noqa: F811
    before = Event.objects.count()
    done = report(*MONTHS)
    assert (done.stored, done.known, Event.objects.count()) == (3, 0, before + 1)
    assert done.event.act == Act.REPORT_USAGE
    again = report(*MONTHS)
    assert (again.event, again.stored, again.known) == (None, 0, 3)


def test_count_that_is_corrected_stays_beside_the_old_one(world, report):  # noqa: F811
    report("2026-10")
    report("2026-10", number=9)
    assert Usage.objects.count() == 2
    assert Usage.objects.latest().get().transactions == 9
    report("2026-10", number=7)
    assert Usage.objects.latest().get().transactions == 7


def test_database_refuses_changes(world, report):  # noqa: F811
    report("2026-10")
    with pytest.raises(DatabaseError, match="Cannot update"):
        Usage.objects.update(transactions=1)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [({"month": "2026-10-02"}, "usage_month_is_its_first_day"), ({"of": "steward"}, "usage_not_of_oneself")],
)
def test_database_refuses_a_day_and_oneself(world, wrong, constraint):  # noqa: F811
    row = {"component": world.component, "function": world.function, "transactions": 1, "steward": world.steward}
    row |= {"reported_in": factories.event(), "organisation": getattr(world, wrong.get("of", "body"))}
    with refused_by(constraint):
        Usage.objects.create(month=wrong.get("month", "2026-10-01"), **row)


def test_three_whole_months_earn_e3(world, report):  # noqa: F811
    world.say(world.said)
    report(*MONTHS[:2])
    assert (grade_measured(), world.grade) == (0, "E1")
    report(MONTHS[2])
    before = Event.objects.count()

    assert (grade_measured(), world.grade) == (1, "E3")

    assert Event.objects.count() == before + 1
    assert grade_measured() == 0


def test_month_without_transactions_earns_nothing(world, report):  # noqa: F811
    world.say(world.said)
    report(*MONTHS[1:])
    report(MONTHS[0], number=0)
    assert grade_measured() == 0


def test_usage_of_what_is_declared_later_earns_at_once(world, report):  # noqa: F811
    report(*MONTHS)
    world.say(world.said)
    assert world.grade == "E3"


def test_usage_without_a_statement_of_use_earns_nothing(world, report):  # noqa: F811
    from dataclasses import replace

    report(*MONTHS)
    world.say(replace(world.said, stage="planned"))
    assert (grade_measured(), world.grade) == (0, "E0" if world.grade == "E0" else "E1")


@pytest.mark.parametrize(("then", "grade"), [("2027-04-30", "E3"), ("2027-05-01", "E1")])
def test_six_months_of_silence_end_it(world, report, today, then, grade):  # noqa: F811
    world.say(world.said)
    report(*MONTHS)
    grade_measured()
    today.move_to(f"{then}T09:00:00+00:00")
    grade_measured()
    assert world.grade == grade


def test_without_usage_what_was_attested_counts_again(world, report, today):  # noqa: F811
    world.say(world.said)
    attest(steward=world.steward, attestations=[Attestation.objects.get().pk], by=world.officer)
    report(*MONTHS)
    grade_measured()
    assert world.grade == "E3"
    today.move_to("2027-06-01T09:00:00+00:00")
    grade_measured()
    assert world.grade == "E2"


def test_without_usage_what_a_publisher_stated_counts_again(world, report, today):  # noqa: F811
    factories.adoption(organisation=world.body, function=world.function, component=world.component, evidence="E2")
    report(*MONTHS)
    grade_measured()
    assert world.grade == "E3"
    today.move_to("2027-06-01T09:00:00+00:00")
    grade_measured()
    assert world.grade == "E2"


def test_grade_of_a_publisher_alone_stays(world):  # noqa: F811
    factories.adoption(organisation=world.body, function=world.function, component=world.component, evidence="E3")
    assert (grade_measured(), world.grade) == (0, "E3")


def test_changed_statement_keeps_what_is_measured(world, report):  # noqa: F811
    from dataclasses import replace

    world.say(world.said)
    report(*MONTHS)
    grade_measured()
    world.say(replace(world.said, coverage=0.5))
    assert world.grade == "E3"
    world.say(replace(world.said, stage="retired"))
    assert world.grade in ("E0", "E1")


def test_own_group_is_refused_and_earns_nothing(world, report):  # noqa: F811
    world.say(world.said)
    report(*MONTHS)
    for body in (world.body, world.steward):
        body.affiliation_group = "woods"
        body.save()
    assert (grade_measured(), world.grade) == (0, "E1")
    with pytest.raises(Refused, match="which is itself or of its group"):
        report("2026-07")


def test_only_stewards_report_whole_months(world, report):  # noqa: F811
    with pytest.raises(Refused, match="2026-11 is not over yet"):
        report("2026-11")
    with pytest.raises(Refused, match="may not say in the name of"):
        report("2026-10", by=world.owner)
    other = factories.organisation()
    with pytest.raises(Refused, match="does not look after"):
        report("2026-10", steward=other, by=acting(other, Role.OWNER))


@pytest.mark.django_db(transaction=True)
def test_two_workers_grade_once(world, report):  # noqa: F811
    world.say(world.said)
    report(*MONTHS)

    def work(_number):
        try:
            return grade_measured()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(4))) == 1
    assert Event.objects.filter(act=Act.GRADE_EVIDENCE).count() == 1


# The API


@pytest.fixture
def send(client, world):  # noqa: F811
    secret = issue_token(organisation=world.steward, name="Counter", scopes=[Scope.USAGE_WRITE], by=COMMAND_LINE).secret

    def send(*counts, key="", token=secret):
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        body = json.dumps({"usage": list(counts)})
        address = "/api/v1/components/sorrelpost/usage"
        return client.post(address, body, content_type="application/json", headers=headers)

    return send


def count(organisation="birch", month="2026-10", transactions=7, **more):
    return {"organisation": organisation, "month": month, "transactions": transactions} | more


def test_program_reports_and_sends_again(world, send):  # noqa: F811
    answer = send(count(), count(month="2026-09"), key="one")
    assert (answer.status_code, answer.json()) == (201, {"stored": 2, "known": 0})
    assert send(count(), count(month="2026-09"), key="one")["Idempotent-Replayed"] == "true"
    assert send(count()).json() == {"stored": 0, "known": 1}
    assert Usage.objects.count() == 2


def test_program_is_told_all_that_is_wrong_and_nothing_is_stored(world, send):  # noqa: F811
    factories.organisation(slug="sister", affiliation_group="sorrel")
    answer = send(
        count(), count("nobody"), count(month="2026-11"), count("sorrel"), count("sister"), count(function="parking")
    )
    assert answer.status_code == 400
    assert {one["parameter"] for one in answer.json()["errors"]} == {
        "usage/1/organisation", "usage/2/month", "usage/3/organisation", "usage/4/organisation", "usage/5/function",
    }  # fmt: skip
    assert not Usage.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"month": "2026-13"}, {"month": "2026-1"}, {"transactions": -1}, {"transactions": 0.5}, {"more": 1}],
    ids=str,
)
def test_program_is_told_of_what_is_no_count(world, send, wrong):  # noqa: F811
    assert send(count() | wrong).status_code == 400


def test_program_sends_ten_thousand_at_once_and_no_more(world, send):  # noqa: F811
    bodies = [factories.organisation(slug=f"b{number}").slug for number in range(100)]
    months = [f"{year}-{month:02}" for year in range(2010, 2026) for month in range(1, 13)][:100]
    counts = [count(body, month) for body in bodies for month in months]

    answer = send(*counts)
    assert (answer.status_code, answer.json()) == (201, {"stored": 10_000, "known": 0})
    assert send(*counts, count()).status_code == 400


def test_program_of_another_body_may_not(world, send):  # noqa: F811
    other = issue_token(organisation=world.body, name="X", scopes=[Scope.USAGE_WRITE], by=COMMAND_LINE).secret
    assert send(count(), token=other).status_code == 403


def test_both_see_the_counts_and_others_do_not(world, report, client):  # noqa: F811
    report("2026-10", number=4321)
    client.force_login(acting(world.body, Role.READER).person)
    page = client.get("/workspace/birch/usage/").text
    assert "4,321" in page
    assert "October 2026" in page
    assert client.get("/workspace/sorrel/usage/?whose=ours").status_code == 404
    client.force_login(acting(world.steward, Role.READER).person)
    assert "4,321" in client.get("/workspace/sorrel/usage/?whose=ours").text
    assert "Nobody has counted" in client.get("/workspace/sorrel/usage/").text
    client.logout()
    for page in ("/organisations/birch/", "/components/sorrelpost/", "/api/v1/declarations"):
        assert "4,321" not in client.get(page).text
        assert "4321" not in client.get(page).text


def test_declaring_through_the_act_grades_by_usage_of_that_function_alone(world, report):  # noqa: F811
    other = factories.function(slug="other")
    world.component.functions.add(other)
    report(*MONTHS)
    done = declare(organisation=world.body, function=other, statements=[world.said], by=world.owner)
    assert [one.evidence for one in done.recorded] == ["E1"]
