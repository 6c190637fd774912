"""Claims: made, confirmed or rejected by the bodies, silent for ever, counted nowhere."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.claims import Claimed, claim_use, withdraw_claim
from registry.actions.hints import accept_hint, reject_hint
from registry.actions.tokens import issue_token
from registry.claims import silent, with_answers
from registry.hints import hints
from registry.models import Act, Claim, Declaration, Event, Organisation, Role, Scope
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.registry.attestations.conftest import acting
from tests.registry.written import one_event

pytestmark = pytest.mark.django_db
SINCE = date(2024, 5, 1)


@pytest.fixture
def claim(world):
    def claim(*bodies, since=SINCE, **given):
        claims = [Claimed(body, world.function, since) for body in bodies or (world.body,)]
        given = {"steward": world.steward, "component": world.component, "claims": claims, "by": world.officer} | given
        return claim_use(**given)

    return claim


def open_hints(world):
    return hints(world.body, timezone.localdate())


def answers() -> list[str]:
    return list(with_answers(Claim.objects.standing()).order_by("pk").values_list("answer", flat=True))


def test_claim_is_one_act_and_said_twice_is_one_claim(world, claim):
    before = Event.objects.count()

    assert len(claim(world.body, factories.organisation())) == 2
    assert claim() == []

    assert (Claim.objects.count(), Event.objects.count()) == (2, before + 1)
    event = Event.objects.latest("pk")
    assert (event.act, event.detail["claims"], event.by) == (Act.CLAIM_USE, 2, world.officer.person)


def test_only_who_looks_after_the_component_may_claim(world, claim):
    other = factories.organisation()
    for given in ({"by": ANYBODY}, {"by": world.owner}, {"by": acting(world.steward, Role.EDITOR)}):
        with pytest.raises(Refused, match="may not say in the name of Sorrel"):
            claim(**given)
    with pytest.raises(Refused, match="does not look after Sorrelpost"):
        claim(steward=other, by=acting(other, Role.OWNER))
    with pytest.raises(Refused, match="it declares it"):
        claim(world.steward)


def test_body_sees_it_among_what_we_think_it_uses(world, claim):
    claim()
    (hint,) = open_hints(world)
    assert (hint.key, hint.claimed, hint.said.since) == ("component:sorrelpost", True, SINCE)
    assert hint.reason == "Sorrel, who looks after it, says that you use it, since 1 May 2024."


def test_confirmed_claim_becomes_a_statement(world, claim):
    claim()
    accept_hint(organisation=world.body, key="component:sorrelpost", by=world.owner)
    said = Declaration.objects.current().get(organisation=world.body)
    assert (said.component, said.stage, said.since, said.evidence) == (world.component, "live", SINCE, "E0")
    assert (answers(), open_hints(world)) == (["declared"], [])


def test_rejected_claim_tells_the_steward_why_and_comes_no_more(world, claim):
    claim()
    reject_hint(organisation=world.body, key="component:sorrelpost", reason=" We left.\r\n", by=world.owner)
    one = with_answers(Claim.objects.all()).get()
    assert (one.answer, one.why, open_hints(world)) == ("rejected", "We left.", [])
    assert not silent().exists()


def test_silence_stays_a_claim_and_counts_nowhere(world, claim):
    claim()
    assert answers() == ["silent"]
    assert list(silent()) == list(Claim.objects.all())
    assert not Declaration.objects.exists()
    assert Organisation.objects.towards(world.component, timezone.localdate()).get(pk=world.body.pk).said == ""


def test_page_of_the_component_says_how_many_have_not_said_so(world, claim, client):
    page = "/components/sorrelpost/"
    assert "more body uses it" not in client.get(page).text
    claim(world.body, *(factories.organisation() for _ in range(2)))
    world.say(world.said)
    text = " ".join(client.get(page).text.split())
    assert (
        "Who looks after it says that 2 more bodies use it. They have not said so, and no figure counts them." in text
    )


def test_claim_that_is_taken_back_is_gone(world, claim):
    (one,) = claim()
    with pytest.raises(Refused, match="may not take back"):
        withdraw_claim(claim=one, by=world.owner)
    withdraw_claim(claim=one, by=world.officer)
    with pytest.raises(Refused, match="already"):
        withdraw_claim(claim=one, by=world.officer)
    assert (open_hints(world), Claim.objects.standing().count()) == ([], 0)
    assert len(claim()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_stewards_at_once_make_one_claim(world, claim):
    other = factories.organisation()
    world.component.stewardships.update(share=0.5)
    factories.stewardship(component=world.component, organisation=other, share=0.5)
    officer = acting(other, Role.STEWARDS_OFFICER)

    def run(number):
        try:
            given = {} if number % 2 else {"steward": other, "by": officer}
            return len(claim(**given))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(run, range(6)))

    assert (sum(made), Claim.objects.count()) == (1, 1)


# Pages


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer.person)
    return client


def test_list_is_looked_through_before_it_is_claimed(world, officer):
    factories.organisation(slug="cedarham", name="Cedarham Borough Council")
    text = "Birch\nCedarhem Borough Council\nXyzzy"
    new = "/workspace/sorrel/claims/new/"
    assert "Sorrelpost" in officer.get(new).text

    review = officer.post(new, {"component": "sorrelpost", "text": text})

    assert (review.status_code, Claim.objects.count()) == (200, 0)
    assert "2 lines fit a body" in review.text
    assert "Not sure" in review.text
    assert "1 line is left out" in review.text
    value = f"{world.body.pk}|{world.function.pk}|"
    assert f'<option value="{value}" selected>Birch (birch)' in review.text

    sent = {"step": "claim", "component": "sorrelpost", "line-1": value, "line-2": "", "line-9": "x|y"}
    done = officer.post(new, sent, follow=True)
    assert "1 use is claimed" in done.text
    assert Claim.objects.get().organisation == world.body
    assert "Not answered" in done.text


def test_file_is_read_as_the_list(world, officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("us.csv", "body,since\nBirch,2024-05-01\n".encode("utf-8-sig"))
    review = officer.post("/workspace/sorrel/claims/new/", {"component": "sorrelpost", "file": file})
    assert "|2024-05-01" in review.text
    bad = SimpleUploadedFile("us.csv", b"\xff\xfe")
    assert officer.post("/workspace/sorrel/claims/new/", {"component": "sorrelpost", "file": bad}).status_code == 400


def test_empty_list_and_other_component_are_mistakes(world, officer):
    factories.component(slug="others")
    answer = officer.post("/workspace/sorrel/claims/new/", {"component": "others", "text": ""})
    assert answer.status_code == 400
    assert "Choose a component that you look after" in answer.text


def test_steward_sees_what_became_of_claims(world, officer, claim, django_assert_max_num_queries):
    claim(world.body, *(factories.organisation() for _ in range(3)))
    reject_hint(organisation=world.body, key="component:sorrelpost", reason="We <i>left</i>", by=world.owner)
    with django_assert_max_num_queries(6):
        page = officer.get("/workspace/sorrel/claims/").text
    assert "We &lt;i&gt;left&lt;/i&gt;" in page
    assert "Birch" not in officer.get("/workspace/sorrel/claims/?answer=silent").text
    key = Claim.objects.exclude(organisation=world.body).first().pk
    officer.post(f"/workspace/sorrel/claims/{key}/withdraw/")
    assert Claim.objects.standing().count() == 3


def test_body_rejects_with_a_reason_on_its_page(world, client, claim):
    claim()
    client.force_login(acting(world.body, Role.EDITOR).person)
    assert "We do not use it, and here is why" in client.get("/workspace/birch/hints/").text
    sent = {"act": "reject", "hint": "component:sorrelpost", "reason": "Never did"}
    client.post("/workspace/birch/hints/", sent)
    assert with_answers(Claim.objects.all()).get().why == "Never did"


# The API


@pytest.fixture
def send(client, world):
    secret = issue_token(organisation=world.steward, name="Counter", scopes=[Scope.USAGE_WRITE], by=COMMAND_LINE).secret

    def send(*claims, slug="sorrelpost", key="", token=secret):
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        body = json.dumps({"claims": list(claims)})
        return client.post(f"/api/v1/components/{slug}/claims", body, content_type="application/json", headers=headers)

    return send


def test_program_claims_and_sends_again(world, send):
    answer = send({"organisation": "birch", "since": "2024-05-01"}, key="one")
    assert (answer.status_code, answer.json()) == (201, {"claimed": 1, "known": 0})
    again = send({"organisation": "birch", "since": "2024-05-01"}, key="one")
    assert (again.json(), again["Idempotent-Replayed"]) == (answer.json(), "true")
    assert send({"organisation": "birch"}).json() == {"claimed": 0, "known": 1}


def test_program_is_told_all_that_is_wrong_at_once(world, send):
    answer = send(
        {"organisation": "nobody"}, {"organisation": "birch", "function": "parking"}, {"organisation": "sorrel"}
    )
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == [
        "claims/0/organisation", "claims/1/function", "claims/2/organisation",
    ]  # fmt: skip
    assert not Claim.objects.exists()


def test_program_of_another_body_or_scope_may_not(world, send):
    for body, scope in ((world.body, Scope.USAGE_WRITE), (world.steward, Scope.CATALOGUE_WRITE)):
        other = issue_token(organisation=body, name=scope, scopes=[scope], by=COMMAND_LINE).secret
        assert send({"organisation": "birch"}, token=other).status_code == 403
    assert send({"organisation": "birch"}, slug="nothing").status_code == 404


def test_claiming_on_the_page_is_one_event(world, officer):
    sent = {"step": "claim", "component": "sorrelpost", "line-1": f"{world.body.pk}|{world.function.pk}|"}
    assert one_event(officer, "/workspace/sorrel/claims/new/", sent) == Act.CLAIM_USE
