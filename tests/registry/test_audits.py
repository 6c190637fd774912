"""Audits of attestations: drawn so that anybody can draw them again, decided by moderators, heavy where one fails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from commons.exceptions import Refused
from public_value.methodology.streams import stream_key, uniforms
from registry.actions.audits import decide_audit, draw_audits
from registry.audits import draw, first_number
from registry.independence import Cap, caps
from registry.models import Act, Attestation, Audit, AuditResult, Declaration, Event, Role
from registry.permissions import ANYBODY, COMMAND_LINE, of_person
from tests import factories

pytestmark = pytest.mark.django_db
LINES = [f"{number}|body-{number}|work|post|2025-05-01" for number in range(1, 201)]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-01-02T09:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def steward():
    return factories.organisation(slug="sorrel", name="Sorrel")


@pytest.fixture
def give(steward):
    component = factories.component(slug="sorrelpost", name="Sorrelpost")

    def give(number: int = 1, **fields) -> list[Attestation]:
        made = {"steward": steward, "answered_on": date(2025, 5, 1), **fields}
        return [
            factories.attestation(of=factories.adoption(component=component, evidence="E2"), **made)
            for _ in range(number)
        ]

    return give


@pytest.fixture
def moderator():
    member = factories.membership(organisation=None, role=Role.MODERATOR)
    return of_person(member.person, [member], second_factor=True)


def test_numbers_are_those_of_the_index_s_generator():
    for stream in ("A:1", "A:77", "G"):
        assert first_number("2026Q1", stream) == uniforms([stream_key("2026Q1", stream)], 0, 1)[0][0]


@pytest.mark.parametrize(
    ("given", "drawn"), [(0, 0), (1, 1), (5, 5), (6, 5), (100, 5), (101, 6), (120, 6), (121, 7), (200, 10)]
)
def test_five_percent_are_drawn_and_at_least_five(given, drawn):
    assert len(draw("sorrel", 2025, LINES[:given]).keys) == drawn


def test_draw_follows_from_the_list_alone():
    one = draw("sorrel", 2025, LINES)
    assert one == draw("sorrel", 2025, list(LINES))
    assert one.seed == sha256("\n".join(["sorrel|2025", *LINES]).encode()).hexdigest()
    others = [draw("sorrel", 2024, LINES), draw("alder", 2025, LINES), draw("sorrel", 2025, LINES[1:])]
    assert len({one.keys, *(other.keys for other in others)}) == 4


def test_last_year_is_drawn_once_by_the_worker(give):
    give(7)
    give(2, answered_on=date(2026, 1, 1))
    give(1, state="declined", reason="No")

    assert draw_audits(by=COMMAND_LINE) == 5
    assert draw_audits(by=COMMAND_LINE) == 0

    event = Event.objects.get(act=Act.DRAW_AUDIT)
    assert (event.detail["steward"], event.detail["year"], event.detail["of"]) == ("sorrel", 2025, 7)
    assert sorted(event.detail["drawn"]) == sorted(Audit.objects.values_list("attestation", flat=True))
    assert set(Audit.objects.values_list("seed", flat=True)) == {event.detail["seed"]}


def test_anybody_draws_it_again_from_what_is_published(give, client):
    give(30)
    draw_audits(by=COMMAND_LINE)

    rows = client.get("/api/v1/attestations?steward=sorrel&answered_after=2025-01-01&answered_before=2026-01-01").json()
    published = [row for row in rows["items"] if row["state"] != "declined"]
    lines = [
        "|".join([str(row["id"]), *(row[name]["slug"] for name in ("organisation", "function", "component")),
                  row["answered_on"]])
        for row in published
    ]  # fmt: skip
    drawn = {row["id"] for row in published if row["audit_year"] == 2025}

    assert len(published) == 30
    assert set(draw("sorrel", 2025, lines).keys) == drawn
    assert {row["audit_seed"] for row in published if row["id"] in drawn} == {draw("sorrel", 2025, lines).seed}


def test_command_draws_and_refuses_a_year_that_is_not_over(give, capsys):
    give(1)
    call_command("draw_audits", "--year", "2025")
    assert capsys.readouterr().out == "1 drawn.\n"
    with pytest.raises(CommandError, match="2026 is not over yet"):
        call_command("draw_audits", "--year", "2026")


@pytest.mark.django_db(transaction=True)
def test_two_workers_draw_once(give):
    give(6)

    def work(_number):
        try:
            return draw_audits(by=COMMAND_LINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(4))) == 5
    assert Audit.objects.count() == 5


def test_failed_audit_weighs_on_all_of_the_steward_s(give, moderator):
    give(6)
    draw_audits(by=COMMAND_LINE)
    (other,) = give(1, steward=factories.organisation())
    before = Event.objects.count()

    decide_audit(audit=Audit.objects.first(), result=AuditResult.FAILED, reason="They left.", by=moderator)

    said = list(Declaration.objects.values_list("pk", "evidence"))
    capped = caps(said, date(2026, 1, 2))
    theirs = Declaration.objects.get(organisation=other.organisation).pk
    assert capped == {key: Cap.AUDIT for key, _ in said if key != theirs}
    assert caps(said, date(2026, 1, 1)) == {}
    assert len(caps(said, date(2027, 1, 1))) == 6
    assert caps(said, date(2027, 1, 2)) == {}
    assert (Event.objects.count(), Event.objects.latest("pk").act) == (before + 1, Act.DECIDE_AUDIT)


def test_audit_is_decided_once_with_a_reason_by_a_moderator(give, moderator):
    give(1)
    draw_audits(by=COMMAND_LINE)
    audit = Audit.objects.get()
    with pytest.raises(Refused, match="Only moderators"):
        decide_audit(audit=audit, result=AuditResult.PASSED, reason="Seen", by=ANYBODY)
    with pytest.raises(Refused, match="Say what you found"):
        decide_audit(audit=audit, result=AuditResult.PASSED, reason=" ", by=moderator)
    decide_audit(audit=audit, result=AuditResult.PASSED, reason="Seen", by=moderator)
    with pytest.raises(Refused, match="decided this already"):
        decide_audit(audit=audit, result=AuditResult.FAILED, reason="No", by=moderator)


def test_moderator_decides_on_the_page(give, moderator, client, django_assert_max_num_queries):
    give(3)
    draw_audits(by=COMMAND_LINE)
    assert client.get("/audits/").status_code == 404
    client.force_login(moderator.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session["account_authentication_methods_user"] = str(moderator.person.pk)
    session.save()
    with django_assert_max_num_queries(8):
        page = client.get("/audits/").text
    assert page.count("Sorrel about") == 3

    address = f"/audits/{Audit.objects.first().pk}/"
    assert "Sorrel attested that" in client.get(address).text
    assert client.post(address, {"reason": "Seen"}).status_code == 409
    client.post(address, {"result": "failed", "reason": "They <b>left</b>"})

    assert "&lt;b&gt;left&lt;/b&gt;" in client.get("/audits/?state=failed").text
    assert client.get("/audits/?state=open").text.count("Sorrel about") == 2


def test_list_is_public_and_tells_nothing_of_drafts_and_costs(give, client):
    give(1)
    Attestation.objects.update(reason="")
    factories.attestation(of=factories.adoption(component=factories.component(lifecycle="draft")))
    rows = client.get("/api/v1/attestations").json()["items"]
    assert [row["component"]["slug"] for row in rows] == ["sorrelpost"]
    assert b"sorrelpost" in client.get("/api/v1/attestations.csv").getvalue()
