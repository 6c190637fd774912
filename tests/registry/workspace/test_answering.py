"""Saying how a function is done, question by question, as a body's own people do it."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Declaration, DeclarationKind, Draft, Role
from registry.said import from_json
from tests import factories

pytestmark = pytest.mark.django_db
PLACE = "/workspace/birch/functions/bookings/"
DETAILS = {
    "annual_cost": "12000", "price_fy": "2026-27", "part": "40", "transactions": "5000", "shown_to": "everybody",
    "contract_end-day": "31", "contract_end-month": "3", "contract_end-year": "2028",
}  # fmt: skip


def ask(client, step, place=0, **answers):
    """Answer one question with the revision that its page shows; the address that it leads to."""
    address = f"{PLACE}{place}/{step}/"
    revision = re.search(r'name="revision" value="(\d+)"', client.get(address).content.decode())[1]
    response = client.post(address, answers | {"revision": revision})
    assert response.status_code == 302, response.content.decode()
    return response.url


def publish(client, follow=False):
    page = client.get(PLACE).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    over = re.search(r'name="over" value="([\d,]*)"', page)
    more = {"over": over[1]} if over else {}
    return client.post(f"{PLACE}publish/", {"revision": revision} | more, follow=follow)


def say_own(client, place=0):
    assert ask(client, "how", place, how="own") == f"{PLACE}{place}/which/"
    assert ask(client, "which", place, system="Emberfold", supplier="Quill Ltd", why="contract") == (
        f"{PLACE}{place}/details/"
    )
    assert ask(client, "details", place, **DETAILS) == f"{PLACE}{place}/evidence/"
    assert ask(client, "evidence", place, source_url="https://birch.example/c", contact_shown_to="everybody") == PLACE


def standing(body, function):
    return [said_of(one) for one in of_cell(body, function)]


def test_owner_answers_four_questions_and_publishes(come, body, function, shared):
    client = come()

    say_own(client)
    assert not Declaration.objects.exists()
    assert "Saved on" in client.get(PLACE).content.decode()
    response = publish(client, follow=True)

    (said,) = standing(body, function)
    assert (said.system, said.supplier, said.coverage, said.transactions) == ("Emberfold", "Quill Ltd", 0.4, 5000)
    assert (said.contract_end, said.why) == (date(2028, 3, 31), "contract")
    assert "Published" in response.content.decode()
    assert "Emberfold" in client.get("/organisations/birch/").content.decode()
    assert not Draft.objects.exists()


def test_shared_component_is_chosen_from_the_list_or_named(come, body, function, shared):
    other = factories.component(slug="elsewhere", name="Else, where")
    client = come()

    ask(client, "how", how="shared")
    ask(client, "which", component="sorrelpost", stage="live")
    ask(client, "details", part="50", shown_to="everybody")
    ask(client, "evidence", contact_shown_to="everybody")
    ask(client, "how", 1, how="planned")
    ask(client, "which", 1, component="other", other="else, WHERE")
    publish(client)

    assert [(said.component, said.stage) for said in standing(body, function)] == [
        ("sorrelpost", "live"), (other.slug, "planned"),
    ]  # fmt: skip


@pytest.mark.parametrize("answer", ["not_responsible", "not_sure"])
def test_answer_that_stands_alone_takes_the_place_of_all(come, body, function, shared, answer):
    factories.duplicate(organisation=body, function=function)
    client = come()

    assert ask(client, "how", 1, how=answer) == PLACE
    publish(client)

    assert [said.kind for said in standing(body, function)] == [DeclarationKind(answer)]
    page = client.get(PLACE).content.decode()
    assert "Add another answer" not in page


def test_change_keeps_what_still_fits(come, body, function, shared):
    client = come()
    say_own(client)
    publish(client)

    ask(client, "how", how="shared")
    ask(client, "which", component="sorrelpost", stage="partial")
    publish(client)

    (said,) = standing(body, function)
    assert (said.component, said.system, said.coverage, said.contract_end) == ("sorrelpost", "", 0.4, None)


def test_removed_answer_ends_when_it_is_published(come, body, function):
    factories.duplicate(organisation=body, function=function)
    client = come()

    client.post(f"{PLACE}0/remove/", {"revision": "0"})
    assert len(standing(body, function)) == 1
    publish(client)

    assert standing(body, function) == []


def test_draft_can_be_dropped(come, body, function):
    client = come()
    say_own(client)

    response = client.post(f"{PLACE}drop/", follow=True)

    assert "dropped" in response.content.decode()
    assert not Draft.objects.exists()
    assert standing(body, function) == []


def test_editor_prepares_and_an_owner_publishes(come, body, function, shared, client):
    editor = come(Role.EDITOR)
    say_own(editor)
    assert "Ask an owner to publish this" in editor.get(PLACE).content.decode()
    publish(editor)
    assert standing(body, function) == []
    assert Draft.objects.get().ready

    owner = come(Role.OWNER)
    assert "1 draft waits for an owner" in owner.get("/workspace/birch/").content.decode()
    publish(owner)

    assert len(standing(body, function)) == 1


def test_owner_without_second_factor_comes_nowhere(come):
    assert come(second_factor=False).get(PLACE).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.FINANCE_ATTESTOR, Role.STEWARDS_OFFICER])
def test_readers_see_and_change_nothing(come, body, function, role):
    client = come(role)

    page = client.get(PLACE).content.decode()
    assert "Say how you do it" not in page
    assert client.get(f"{PLACE}0/how/").status_code == 403
    for act in ("publish/", "drop/", "replace/", "0/remove/"):
        assert client.post(f"{PLACE}{act}").status_code == 403


def test_others_do_not_learn_that_there_is_a_workspace(come, client, body, function):
    assert client.get(PLACE).status_code == 302
    assert come(organisation=factories.organisation()).get(PLACE).status_code == 404


def test_mistakes_are_told_beside_their_questions_and_nothing_is_lost(come, body, function):
    client = come()
    ask(client, "how", how="own")

    wrong = client.post(f"{PLACE}0/which/", {"system": "", "supplier": "Quill Ltd", "revision": "1"})
    details = client.post(
        f"{PLACE}0/details/",
        {"annual_cost": "12", "price_fy": "26/27", "part": "101", "shown_to": "x", "revision": "1"},
    )

    assert wrong.status_code == details.status_code == 400
    assert "needs an answer" in wrong.content.decode()
    assert 'value="Quill Ltd"' in wrong.content.decode()
    assert "Give the financial year as 2026-27" in details.content.decode()
    assert 'value="101"' in details.content.decode()


def test_questions_that_do_not_fit_lead_to_the_first(come, body, function):
    client = come()

    assert client.get(f"{PLACE}0/which/").status_code == 404
    assert client.get(f"{PLACE}7/how/").status_code == 404
    assert client.get(f"{PLACE}0/elsewhere/").status_code == 404
    ask(client, "how", how="not_sure")
    assert client.get(f"{PLACE}0/details/").url == f"{PLACE}0/how/"


def test_unfinished_draft_says_what_is_missing_and_is_not_published(come, body, function):
    client = come()
    ask(client, "how", how="own")

    assert "Say what the system is called" in client.get(PLACE).content.decode()
    refused = publish(client)

    assert refused.status_code == 409
    assert standing(body, function) == []
    assert Draft.objects.exists()


def test_second_of_two_people_sees_both_versions_and_chooses(come, body, function, client):
    first = come(Role.EDITOR)
    ask(first, "how", how="own")
    old = {"system": "Mine <b>", "supplier": "", "revision": "1"}
    ask(first, "which", system="Theirs", supplier="")

    answer = client.post(f"{PLACE}0/which/", old)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine &lt;b&gt;" in page
    assert [from_json(said).system for said in Draft.objects.get().statements] == ["Theirs"]

    version = re.search(r'name="version" value="([^"]*)"', page)[1].replace("&quot;", '"').replace("&lt;", "<")
    taken = client.post(f"{PLACE}replace/", {"version": version.replace("&gt;", ">"), "revision": "2"})
    assert taken.status_code == 302
    assert [from_json(said).system for said in Draft.objects.get().statements] == ["Mine <b>"]


@pytest.mark.parametrize(
    "version", ["", "{", "[1]", '[{"kind": "x"}]', '[{"kind": "duplicate", "held": 1}]', "[" * 9999]
)
def test_version_that_no_page_sent_is_refused(come, body, function, version):
    assert come().post(f"{PLACE}replace/", {"version": version, "revision": "0"}).status_code == 400


def test_what_was_published_meanwhile_is_shown_before_it_is_replaced(come, body, function):
    client = come()
    say_own(client)
    factories.duplicate(organisation=body, function=function, system="Newer")

    page = client.get(PLACE).content.decode()
    stale = client.post(f"{PLACE}publish/", {"revision": str(Draft.objects.get().revision)})
    assert "Something else was published" in page
    assert stale.status_code == 409
    assert [said.system for said in standing(body, function)] == ["Newer"]

    publish(client)
    assert [said.system for said in standing(body, function)] == ["Emberfold"]


def test_prices_are_kept_back_until_a_day(come, body, function):
    client = come()
    day = timezone.localdate() + timedelta(days=90)
    ask(client, "how", how="supplier")
    ask(client, "which", system="Emberfold", supplier="Quill Ltd", unnamed="on")
    until = {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}
    ask(client, "details", **(DETAILS | {"shown_to": "peers"} | until))
    assert "seen by bodies of your kind until" in client.get(PLACE).content.decode()
    publish(client)

    public = Client().get("/organisations/birch/statements/").content.decode()
    inside = client.get(PLACE).content.decode()
    assert "Emberfold" in inside
    assert "£12,000" in inside
    assert "Emberfold" not in public
    assert "12,000" not in public
    assert "A system that is not named" in public


def test_pages_of_people_are_kept_nowhere(come, body, function):
    client = come()
    for page in (PLACE, f"{PLACE}0/how/", "/workspace/birch/"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_question_and_function_cost_few_queries(come, body, function, shared, django_assert_max_num_queries):
    for number in range(12):
        factories.duplicate(organisation=body, function=function, system=f"System {number}")
    client = come()

    with django_assert_max_num_queries(10):
        client.get(PLACE)
    with django_assert_max_num_queries(9):
        client.get(f"{PLACE}3/which/")


def test_history_names_who_inside(come, body, function):
    client = come()
    say_own(client)
    publish(client)

    page = client.get(PLACE).content.decode()
    assert "@birch.example" in page
    assert "@birch.example" not in client.get("/organisations/birch/").content.decode()


def test_version_sent_back_is_what_was_typed(come, body, function):
    client = come()
    say_own(client)
    kept = Draft.objects.get()

    client.post(f"{PLACE}replace/", {"version": json.dumps(kept.statements), "revision": str(kept.revision)})

    assert Draft.objects.get().statements == kept.statements


def test_page_of_a_function_leads_to_its_whole_history(come, body, function):
    factories.duplicate(organisation=body, function=function)
    assert 'href="/organisations/birch/statements/bookings/"' in come().get(PLACE).content.decode()
