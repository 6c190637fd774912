"""“14 things to review”: everything that waits for a moderator, in one list."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from public_value.models import Edition, Publishing
from registry.actions.body_requests import AskedBody, ask_for_body
from registry.actions.exemptions import ask_for_exemption
from registry.actions.exemptions.asking import Asking
from registry.actions.looking import look_at
from registry.actions.proposals import propose_merge
from registry.actions.reorganisations import plan_reorganisation
from registry.actions.withdrawals import ask_to_withdraw
from registry.listings.moderation import WaitingListing
from registry.models import (
    Act,
    Challenge,
    ChallengeState,
    ChallengeStep,
    ExemptReason,
    Membership,
    Pair,
    Role,
    StepKind,
    Waiting,
)
from registry.permissions import COMMAND_LINE, of_person
from tests import factories
from tests.registry.moderation.conftest import acting, moderator
from tests.registry.moderation.new import described
from tests.registry.reorganisations.plans import merge

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"


def pair(**fields) -> Pair:
    first, second = sorted((factories.component(), factories.component()), key=lambda one: one.pk)
    return Pair.objects.create(first=first, second=second, reasons=[], found_on=timezone.localdate(), **fields)


def one_of_everything() -> None:
    day, pim = timezone.localdate(), acting(moderator("Pim"))
    body = factories.organisation(name="Birch")
    asking = factories.person(email="bo@dune.example")
    ask_for_body(body=AskedBody(name="Dune"), by=of_person(asking))
    Membership.objects.create(
        person=asking, organisation=body, role=Role.OWNER, asked_in=factories.event(act=Act.ASK_FOR_ROLE)
    )
    described(body, name="Fresh")
    pair()
    proposed = pair()
    propose_merge(pair=proposed, kept=proposed.first, by=pim)
    used = factories.component(name="Used")
    factories.stewardship(component=used, organisation=body)
    factories.adoption(component=used)
    ask_to_withdraw(component=used, reason="Old", by=COMMAND_LINE)
    plan_reorganisation(plan=merge([factories.organisation(), factories.organisation()]), by=pim)
    system = factories.duplicate(organisation=body, system="Ledger")
    owner = factories.membership(organisation=factories.organisation())
    Membership.objects.filter(pk=owner.pk).update(organisation=body)
    asked = Asking(
        system="Ledger",
        reason=ExemptReason.LAW,
        text="The law",
        evidence_url="https://law.example/",
        until=day + timedelta(days=99),
    )
    owner.refresh_from_db()
    ask_for_exemption(organisation=body, function=system.function, asking=asked, by=acting(owner))
    owner.delete()
    now = timezone.now()
    edition = Edition.objects.create(label="2026Q4", snapshot_date=day, draws=1, started_at=now, computed_at=now)
    Publishing.objects.create(edition=edition, computed_at=now, asked_in=factories.event())
    escalated()


def escalated() -> Challenge:
    day = timezone.localdate()
    challenge = Challenge.objects.create(
        reference="CCCC-CCCC",
        about="organisation",
        organisation=factories.organisation(name="Alder"),
        thing="x",
        claim="Wrong",
        claim_digest="x",
        raised_on=day,
        recorded_in=factories.event(),
        state=ChallengeState.ESCALATED,
        due_on=day + timedelta(days=9),
    )
    ChallengeStep.objects.create(
        challenge=challenge, kind=StepKind.OVERDUE, state=ChallengeState.ESCALATED, recorded_in=factories.event()
    )
    return challenge


def test_every_kind_stands_in_it_with_a_page_of_its_own(come, django_assert_max_num_queries):
    one_of_everything()
    client = come(moderator("Mo").person)
    rows = list(WaitingListing().select({}).rows())
    assert {row["kind"] for row in rows} == set(Waiting.values)
    assert len(rows) == len(Waiting)
    with django_assert_max_num_queries(8):
        page = client.get(QUEUE).content.decode()
    assert "10 things to review" in page
    assert "due in 9 days" in page
    assert "waiting since today" in page
    for row in rows:
        if row["kind"] != Waiting.EXEMPTION:
            assert row["title"] in page
    addresses = [line.split('"')[0] for line in page.split('govuk-!-font-weight-bold app-long" href="')[1:]]
    assert len(addresses) == 10
    assert {client.get(address).status_code for address in addresses} == {200}
    again = client.get(QUEUE).content.decode()
    assert again.count("being looked at by Mo since") == 9  # a panel is nobody's to look at alone


def test_queries_are_the_same_however_long_it_is(come, django_assert_num_queries, django_assert_max_num_queries):
    client = come(moderator("Mo").person)
    described(factories.organisation())
    with django_assert_max_num_queries(8) as few:
        client.get(QUEUE)
    for _ in range(39):
        described(factories.organisation())
    with django_assert_num_queries(len(few)):
        assert "40 things to review" in client.get(QUEUE).content.decode()
    assert "page 2 of 2" in client.get(f"{QUEUE}?page=2").content.decode()
    assert client.get(f"{QUEUE}?page=9").status_code == 302


def test_it_is_narrowed_by_kind_name_and_who_looks(come):
    one_of_everything()
    client = come(moderator("Mo").person)
    assert "1 thing to review" in client.get(f"{QUEUE}?kind=component").content.decode()
    assert "2 things to review" in client.get(f"{QUEUE}?kind=component&kind=pair").content.decode()
    assert "1 thing to review" in client.get(f"{QUEUE}?q=dune").content.decode()
    assert "No things to review" in client.get(f"{QUEUE}?looked_at=yes").content.decode()
    look_at(kind=Waiting.CHALLENGE, key="CCCC-CCCC", by=acting(moderator("Nell")))
    looked = client.get(f"{QUEUE}?looked_at=yes").content.decode()
    assert "1 thing to review" in looked
    assert "being looked at by Nell since" in looked
    assert "9 things to review" in client.get(f"{QUEUE}?looked_at=no").content.decode()
    assert client.get(f"{QUEUE}?kind=nothing").status_code == 400


def test_longest_waiting_comes_first_whatever_its_kind():
    pair()
    Pair.objects.update(found_on="2026-05-01")
    with time_machine.travel("2026-05-02", tick=False):
        ask_for_body(body=AskedBody(name="Dune"), by=of_person(factories.person()))
    escalated()

    def kinds(**asked) -> list[str]:
        return [row["kind"] for row in WaitingListing().select(asked).rows()]

    assert kinds() == ["pair", "body", "challenge"]
    assert kinds(sort="-age") == ["challenge", "body", "pair"]
    assert kinds(sort="due")[0] == "challenge"
    assert kinds(sort="name")[0] == "challenge"


def test_files_are_for_moderators_and_nobody_keeps_them(client, come):
    escalated()
    for form in ("csv", "json"):
        assert client.get(f"{QUEUE}?format={form}").status_code == 302
    come(factories.person())
    assert client.get(f"{QUEUE}?format=json").status_code == 404
    come(moderator("Mo").person)
    answer = client.get(f"{QUEUE}?format=json")
    (row,) = json.loads(b"".join(answer.streaming_content))["items"]
    assert (row["kind"], row["key"], row["title"]) == ("challenge", "CCCC-CCCC", "Alder")
    assert row["due"] == str(timezone.localdate() + timedelta(days=9))
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
    text = b"".join(client.get(f"{QUEUE}?format=csv").streaming_content).decode()
    assert "challenge,Challenge,CCCC-CCCC,Alder" in text


def test_empty_queue_says_so(come):
    client = come(moderator("Mo").person)
    page = client.get(QUEUE).content.decode()
    assert "0 things to review" in page
    assert "Everything has been decided" in page
    assert "Nothing to review" in client.get("/workspace/").content.decode()


def test_what_is_overdue_is_marked(come):
    escalated()
    client = come(moderator("Mo").person)
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=True):
        page = come(moderator("Ot").person).get(QUEUE).content.decode()
    assert "2 days too late" in page
    assert "waiting for 11 days" in page
    assert client


def test_taking_over_and_putting_back_from_the_page(come):
    escalated()
    look_at(kind=Waiting.CHALLENGE, key="CCCC-CCCC", by=acting(moderator("Nell")))
    client = come(moderator("Mo").person)
    answer = "/challenges/CCCC-CCCC/answer/"
    page = client.get(answer).content.decode()
    assert "Being looked at by Nell since" in page
    assert "Publish this decision" not in page
    refused = client.post(answer, {"choice": "uphold", "text": "It is"})
    assert refused.status_code == 400
    assert "Nell is looking at this since" in refused.content.decode()
    taken = client.post("/moderation/leases/challenge/CCCC-CCCC/take/", follow=True).content.decode()
    assert "You are looking at this until" in taken
    assert "Publish this decision" in taken
    back = client.post("/moderation/leases/challenge/CCCC-CCCC/put-back/", follow=True)
    assert back.request["PATH_INFO"] == QUEUE
    assert "being looked at" not in back.content.decode()
    assert client.post("/moderation/leases/nothing/1/take/").status_code == 404
