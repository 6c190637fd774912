"""Components that may be one: what speaks for a pair, who judges it, and that nothing is merged by itself."""

import json

import pytest
from django.core.management import call_command
from django.db import transaction

from catalogue.models import Column, Component, Operation, RepositoryAlias
from catalogue.similar import pair_candidates
from commons.exceptions import Refused
from registry.actions.pairs import LONGEST_REASON, dismiss_pair, propose_pairs
from registry.actions.search import refresh_search
from registry.models import Act, Event, Pair, PairState, Person
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.tasks import find_pairs
from tests import factories
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db


def proposed() -> dict[tuple[str, str], list[str]]:
    """Names of the open pairs, each with the kinds of its reasons."""
    refresh_search()
    propose_pairs()
    opened = Pair.objects.open().select_related("first", "second")
    return {(pair.first.name, pair.second.name): [one["kind"] for one in pair.reasons] for pair in opened}


def with_operations(component, *paths):
    Operation.objects.bulk_create(Operation(component=component, method="GET", path=path) for path in paths)


def with_columns(component, *names):
    Column.objects.bulk_create(Column(component=component, number=n, name=name) for n, name in enumerate(names, 1))


@pytest.fixture
def twins():
    """Two of one repository, spelt otherwise."""
    one = factories.component(slug="bins", name="Bins", repository="https://code.example.org/a/bins")
    other = factories.component(slug="waste", name="Waste days", repository="git@code.example.org:a/bins.git")
    return one, other


@pytest.fixture
def pair(twins):
    refresh_search()
    propose_pairs()
    return Pair.objects.get()


@pytest.fixture
def operator(client):
    person = Person.objects.create_superuser("operator@example.org", "a long enough password")
    client.force_login(person)
    return person


# What speaks for a pair


def test_one_repository_makes_a_pair_however_it_is_spelt(twins):
    factories.component(name="Elsewhere", repository="https://code.example.org/a/other")
    assert proposed() == {("Bins", "Waste days"): ["repository"]}


def test_address_that_a_repository_had_counts_too(twins):
    RepositoryAlias.objects.create(component=twins[1], address="https://old.example.org/waste")
    factories.component(name="Old one", repository="https://old.example.org/waste.git")
    assert ("Waste days", "Old one") in proposed()


def test_repository_of_many_tells_nothing(monkeypatch, twins):
    monkeypatch.setattr(pair_candidates, "MANY", 2)
    assert len(proposed()) == 1
    factories.component(repository=twins[0].repository)
    assert proposed() == {}


def test_same_operations_make_a_pair_however_their_variables_are_called():
    one, other, larger = (factories.component(name=name) for name in ("One", "Two", "Larger"))
    with_operations(one, "/bins", "/bins/{id}", "/days")
    with_operations(other, "/api/v2/bins", "/bins/{number}/", "/days")
    with_operations(larger, "/bins", "/bins/{id}", "/days", "/streets", "/lorries")
    assert proposed() == {("One", "Two"): ["operations"]}
    assert Pair.objects.get().reasons == [{"kind": "operations", "shared": 3, "first": 3, "second": 3}]


def test_operations_of_a_standard_tell_nothing(monkeypatch):
    monkeypatch.setattr(pair_candidates, "STANDARD", 2)
    for _ in range(3):
        with_operations(factories.component(), "/items", "/items/{id}", "/conformance")
    assert proposed() == {}


def test_same_columns_make_a_pair():
    for name in ("First list", "Second list"):
        with_columns(factories.component(name=name, kind="dataset"), "Licence_Number", "Holder", "Ends on")
    assert proposed() == {("First list", "Second list"): ["columns"]}


def test_nearly_the_same_name_for_one_function_with_a_like_text_makes_a_pair():
    taxes = factories.function(name="Local taxes")
    said = {"summary": "Works out the council tax that a household owes.", "functions": [taxes]}
    factories.component(name="Council tax calculator", **said)
    factories.component(name="Calculator of council tax", **said)
    factories.component(name="Council tax letters", summary="Prints reminders.", functions=[taxes])
    for _ in range(10):
        factories.component()
    assert proposed() == {("Council tax calculator", "Calculator of council tax"): ["name", "function", "text"]}


def test_name_in_one_word_or_two_is_the_same():
    said = {"summary": "Says which bins go out when.", "functions": [factories.function(name="Bins")]}
    for name in ("Bintracker", "Bin Tracker"):
        factories.component(name=name, **said)
    for _ in range(10):
        factories.component()
    assert list(proposed()) == [("Bintracker", "Bin Tracker")]


def test_nearly_the_same_name_for_other_functions_makes_none():
    for name in ("Council tax calculator", "Calculator of council tax"):
        factories.component(name=name, functions=[factories.function()])
    assert proposed() == {}


@pytest.mark.parametrize(
    "changed", [{"lifecycle": "draft"}, {"lifecycle": "retired"}, {"kind": "dataset"}], ids=lambda one: str(one)
)
def test_drafts_what_has_ended_and_other_kinds_are_never_proposed(twins, changed):
    Component.objects.filter(pk=twins[1].pk).update(**changed)
    assert proposed() == {}


def test_where_it_is_said_how_two_stand_to_each_other_nothing_is_proposed(twins):
    factories.relation(twins[1], "based_on", twins[0])
    assert proposed() == {}


def test_successor_is_no_pair_with_what_it_succeeds(twins):
    Component.objects.filter(pk=twins[1].pk).update(successor=twins[0])
    assert proposed() == {}


# Proposing again


def test_second_run_finds_the_same(pair):
    find_pairs()
    assert Pair.objects.get().pk == pair.pk


def test_open_pair_goes_when_nothing_speaks_for_it(pair, twins):
    Component.objects.filter(pk=twins[1].pk).update(repository="")
    assert propose_pairs() == (0, 0)
    assert not Pair.objects.exists()


def test_reasons_follow_what_is_recorded(pair, twins):
    Component.objects.filter(pk=twins[1].pk).update(name="Bins")
    refresh_search()
    assert propose_pairs() == (0, 1)
    assert [one["kind"] for one in Pair.objects.get().reasons][:2] == ["repository", "name"]


def test_dismissed_pair_is_never_proposed_again(pair):
    dismiss_pair(pair=pair, reason="One is for streets.", by=COMMAND_LINE)
    assert propose_pairs() == (0, 0)
    assert Pair.objects.get().state == PairState.DISMISSED


def test_proposing_changes_no_component(twins):
    before = list(Component.objects.values())
    proposed()
    assert list(Component.objects.values()) == before


def test_number_of_questions_does_not_grow_with_the_catalogue(twins, django_assert_max_num_queries):
    for number in range(20):
        for _ in range(2):
            factories.component(repository=f"https://code.example.org/b/{number}")
    refresh_search()
    with django_assert_max_num_queries(12):
        assert propose_pairs() == (21, 21)


def test_command_says_how_many(twins, capsys):
    refresh_search()
    call_command("find_pairs")
    assert capsys.readouterr().out == "1 pair to judge, 1 of them new. See /pairs/.\n"


# Judging


def test_dismissal_leaves_reason_and_event(pair):
    dismiss_pair(pair=pair, reason=" One is for streets. ", by=COMMAND_LINE)
    pair.refresh_from_db()
    event = Event.objects.get(act=Act.DISMISS_PAIR)
    assert (pair.state, pair.reason, pair.decided_in) == ("dismissed", "One is for streets.", event)
    assert event.detail == {"components": ["bins", "waste"], "reason": "One is for streets."}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"by": ANYBODY}, "Only an operator"),
        ({"reason": "  "}, "Say why"),
        ({"reason": "x" * (LONGEST_REASON + 1)}, "at most"),
    ],
)
def test_dismissal_is_refused_with_a_sentence(pair, said, sentence):
    with pytest.raises(Refused, match=sentence):
        dismiss_pair(**{"pair": pair, "reason": "Two.", "by": COMMAND_LINE} | said)
    assert not Event.objects.filter(act=Act.DISMISS_PAIR).exists()


def test_second_dismissal_is_refused(pair):
    dismiss_pair(pair=pair, reason="Two.", by=COMMAND_LINE)
    with pytest.raises(Refused, match="judged already"):
        dismiss_pair(pair=pair, reason="Still two.", by=COMMAND_LINE)


def test_pair_is_kept_once_the_lower_id_first(pair):
    for one, two, name in (
        (pair.first, pair.second, "pair_once"),
        (pair.second, pair.first, "pair_lower_id_first"),
    ):
        with refused_by(name), transaction.atomic():
            Pair.objects.create(first=one, second=two, reasons=[], found_on=pair.found_on)


def test_dismissal_without_somebody_is_refused_by_the_database(pair):
    with refused_by("pair_is_judged_by_somebody"), transaction.atomic():
        Pair.objects.update(state=PairState.DISMISSED)


# Pages


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}])
def test_pages_are_not_there_for_others(client, pair, person):
    if person is not None:
        client.force_login(Person.objects.create_user("somebody@example.org", "a long enough password", **person))
    for address in ("/pairs/", "/pairs/?format=json", pair.get_absolute_url()):
        assert client.get(address).status_code == 404
    assert client.post(pair.get_absolute_url(), {"reason": "Two."}).status_code == 404
    assert Pair.objects.open().exists()


def test_moderator_sees_the_list(client, operator, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        answer = client.get("/pairs/")
    page = answer.content.decode()
    assert "1 pair" in page
    assert "Bins and Waste days" in page
    assert "the same source code address" in page
    assert "no-store" in answer["Cache-Control"]


def test_list_is_a_file_that_nobody_keeps(client, operator, pair):
    answer = client.get("/pairs/?format=json")
    (row,) = json.loads(b"".join(answer.streaming_content))["items"]
    assert (row["first"]["slug"], row["second"]["slug"], row["state"]) == ("bins", "waste", "open")
    assert row["reasons"] == ["Both have, or had, the same source code address"]
    assert "s-maxage" not in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


def test_empty_list_says_so(client, operator):
    assert "No two components were found to be very alike" in client.get("/pairs/").content.decode()


def test_list_is_narrowed_by_state_and_name(client, operator, pair):
    assert "Bins and Waste" in client.get("/pairs/?state=open&q=waste").content.decode()
    assert "Bins and Waste" not in client.get("/pairs/?state=dismissed").content.decode()
    assert "Bins and Waste" not in client.get("/pairs/?q=pothole").content.decode()


def test_pair_stands_side_by_side(client, operator, pair, twins, django_assert_max_num_queries):
    body = factories.organisation(name="Ada County")
    factories.stewardship(component=twins[0], organisation=body)
    factories.adoption(component=twins[1])
    refresh_search()
    with django_assert_max_num_queries(8):
        page = client.get(pair.get_absolute_url()).content.decode()
    assert "Are Bins and Waste days one?" in page
    assert "Ada County" in page
    assert "1 public body" in page
    assert page.count('href="https://code.example.org/a/bins"') == 1
    assert "git@code.example.org:a/bins.git" in page
    assert page.count("<td") == 8 * 2 + 1
    assert 'href="/components/waste/deprecate/"' in page


def test_pair_with_a_draft_is_not_shown(client, operator, pair, twins):
    Component.objects.filter(pk=twins[1].pk).update(lifecycle="draft")
    assert client.get(pair.get_absolute_url()).status_code == 404
    assert "Waste days" not in client.get("/pairs/").content.decode()


def test_moderator_dismisses_with_a_reason(client, operator, pair):
    refused = client.post(pair.get_absolute_url(), {"reason": ""})
    assert refused.status_code == 400
    assert "Say why the two are not one" in refused.content.decode()
    done = client.post(pair.get_absolute_url(), {"reason": "<b>Streets</b>"}, follow=True).content.decode()
    assert "They are not proposed again" in done
    assert "&lt;b&gt;Streets" in done
    assert Event.objects.get(act=Act.DISMISS_PAIR).by == operator
    assert "They are two" in client.get(pair.get_absolute_url()).content.decode()


def test_operators_find_pairs_in_the_admin(client, operator, pair):
    assert pair.get_absolute_url() in client.get("/admin/registry/pair/").content.decode()
