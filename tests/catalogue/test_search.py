"""Search: what is found, how it is counted, and that a page, a cursor and a file agree."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.listings import ComponentListing
from catalogue.models import SearchEntry, Synonym
from catalogue.search.facets import NOT_STATED
from catalogue.search.spelling import variants
from catalogue.search.text import read
from commons.listing import BadParameter
from registry.actions.search import refresh_search
from registry.models import Declaration
from tests import factories

TODAY = date(2026, 11, 23)


def found(**params) -> list[str]:
    return [row["name"] for row in ComponentListing().select(params).rows()]


@pytest.fixture
def shelf(db):
    """A few components with telling names."""
    waste = factories.function(name="Waste collection", slug="waste")
    bins = factories.function(name="Missed bins", slug="bins", parent=waste)
    district = factories.peer_group(slug="district", label="District")
    made = {
        "taxi": factories.component(name="Taxi licence register", licence="MIT"),
        "bins": factories.component(name="Bin collection days", functions=[bins], available_to=[district]),
        "pay": factories.component(name="GOV.UK Pay", summary="Take payments by card.", kind="dataset"),
        "list": factories.component(name="Catalogue of organisations", summary="A colour-coded list of parks."),
        "draft": factories.component(name="Secret bin robot", lifecycle="draft", functions=[bins], licence="Secret-1"),
    }
    keeper = factories.organisation(name="Quillworks", slug="quillworks")
    factories.stewardship(component=made["taxi"], organisation=keeper)
    for _ in range(3):
        factories.adoption(component=made["pay"], confirmed=TODAY - timedelta(days=30))
    factories.adoption(component=made["taxi"], confirmed=TODAY - timedelta(days=400))
    factories.adoption(component=made["bins"], confirmed=TODAY - timedelta(days=1200))
    refresh_search(on=TODAY)
    return made


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("taxi", "Taxi licence register"),
        ("licencing", "Taxi licence register"),
        ("license", "Taxi licence register"),
        ("licenses", "Taxi licence register"),
        ("lisence", "Taxi licence register"),
        ("BINS", "Bin collection days"),
        ("bin colection", "Bin collection days"),
        ("colect", "Bin collection days"),
        ("gov.uk pay", "GOV.UK Pay"),
        ("gov uk pay", "GOV.UK Pay"),
        ("paym", "GOV.UK Pay"),
        ("quill works", "Taxi licence register"),
        ("organizations", "Catalogue of organisations"),
        ("catalog", "Catalogue of organisations"),
        ("color", "Catalogue of organisations"),
        ("quillworks", "Taxi licence register"),
        ("missed bins", "Bin collection days"),
        ('"bin collection"', "Bin collection days"),
    ],
)
def test_search_finds_a_thing_however_it_is_spelt(shelf, text, name):
    assert found(q=text) == [name]


def test_search_says_what_it_looked_for_instead(shelf):
    selection = ComponentListing().select({"q": "bin colection"})
    assert selection.notice == "Showing results for “bin collection”. Nothing has “bin colection”."
    assert ComponentListing().select({"q": "bin collection"}).notice == ""


def test_search_takes_some_of_the_words_where_nothing_has_all(shelf):
    selection = ComponentListing().select({"q": "taxi payments"})
    assert {row["name"] for row in selection.rows()} == {"Taxi licence register", "GOV.UK Pay"}
    assert "No component has all the words of" in selection.notice


def test_search_that_finds_nothing_names_the_nearest_functions(shelf):
    selection = ComponentListing().select({"q": "wasted"})
    assert selection.total == 0
    assert selection.nearest_functions[0] == {"slug": "waste", "name": "Waste collection"}


def test_phrase_must_stand_together(shelf):
    assert found(q='"collection days"') == ["Bin collection days"]
    assert ComponentListing().select({"q": '"days collection"'}).done != "as_typed"


@pytest.mark.parametrize("text", ["the", "& | !", "'", "\x00", "%", "a" * 10_000, "é\u0301", "<->", "((((", "💡 ☂"])
def test_search_text_of_any_kind_is_safe(shelf, text):
    selection = ComponentListing().select({"q": text})
    assert selection.page().object_list is not None
    assert selection.facets is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_search_answers_whatever_is_typed(shelf, text):
    selection = ComponentListing().select({"q": text})
    assert len(selection.page(1, 100)) == selection.total
    assert selection.nearest_functions is not None


def test_search_without_a_word_to_look_for_says_so(shelf):
    for text in ("the", "&&"):
        assert "There is no word to search for" in ComponentListing().select({"q": text}).notice


def test_exact_name_stands_first(db):
    for name in ("Pay and pay", "Pay", "Payments that pay"):
        factories.component(name=name, summary="Pay pay pay.")
    refresh_search()
    assert found(q="pay")[0] == "Pay"


def test_other_spellings_are_looked_for_too():
    assert "licence" in variants("license")
    assert "organise" in variants("organize")
    assert variants("size") == ("size",)
    assert read("Pay").tsquery() == "('pay':*)"


def test_function_filter_takes_everything_below_it(shelf):
    assert found(function="waste") == ["Bin collection days"]


def test_component_made_for_everybody_is_there_for_every_peer_group(shelf):
    assert len(found(peer_group="district")) == 4
    assert options("peer_group")["district"] == 4


def test_freshness_tells_apart_what_is_confirmed_ageing_and_expired(shelf, time_machine):
    time_machine.move_to(TODAY)
    assert found(freshness="confirmed") == ["GOV.UK Pay"]
    assert found(freshness="ageing") == ["Taxi licence register"]
    assert found(freshness="expired") == ["Bin collection days"]
    assert found(freshness=["never"]) == ["Catalogue of organisations"]


def test_expired_adoption_is_not_counted_as_use(shelf):
    used = {row["name"]: row["used_by"] for row in ComponentListing().select({}).rows()}
    assert used["GOV.UK Pay"] == 3
    assert used["Bin collection days"] == 0


def options(name: str, **params) -> dict[str, int]:
    facets = {facet.filter.name: facet for facet in ComponentListing().select(params).facets}
    return {option.value: option.count for option in facets[name].options}


def test_draft_is_nowhere(shelf):
    assert "Secret bin robot" not in found()
    assert found(q="robot") == []
    assert "Secret-1" not in options("licence")
    assert not SearchEntry.objects.filter(component=shelf["draft"]).exists()
    shelf["bins"].lifecycle = "draft"
    shelf["bins"].save()
    refresh_search([shelf["bins"].id])
    assert found(q="collection") == []


def test_refresh_keeps_neighbours_true(shelf):
    shelf["taxi"].successor = shelf["pay"]
    shelf["taxi"].save()
    shelf["pay"].name = "Pay anew"
    shelf["pay"].save()
    refresh_search([shelf["pay"].id])
    assert '"Pay anew"' in SearchEntry.objects.get(component=shelf["taxi"]).document


def test_refresh_twice_changes_nothing(shelf):
    before = list(SearchEntry.objects.order_by("pk").values())
    refresh_search(on=TODAY)
    assert list(SearchEntry.objects.order_by("pk").values()) == before


def test_refresh_follows_a_declaration_that_is_superseded(shelf):
    said = Declaration.objects.filter(component=shelf["pay"]).first()
    Declaration.objects.filter(pk=said.pk).update(superseded_in=factories.event())
    refresh_search([shelf["pay"].id], on=TODAY)
    assert SearchEntry.objects.get(component=shelf["pay"]).used_by == 2


@pytest.mark.parametrize("params", [{}, {"q": "component"}, {"q": "component", "kind": "service", "peer_group": "g"}])
def test_queries_of_a_page_do_not_grow_with_rows(db, params, django_assert_max_num_queries):
    group = factories.peer_group(slug="g")
    for number in range(30):
        factories.component(available_to=[group] if number % 2 else [], licence=f"L{number}")
    refresh_search()
    with django_assert_max_num_queries(7):
        selection = ComponentListing().select(params)
        assert selection.page().object_list
        assert selection.facets


# -- What a component offers, costs and follows, and whose it is ------------------------------------------------------


@pytest.fixture
def offers(db):
    """Components with all that one may choose by; the last one states nothing."""
    tier = factories.peer_group(slug="tier", label="Tier")
    district = factories.peer_group(slug="district", label="District", parent=tier)
    council = factories.organisation(slug="ash", type="joint-board", peer_group=district)
    openapi = factories.standard(slug="openapi", name="OpenAPI")
    made = {
        "free": factories.component(name="Free", price_per_transaction=0, fixed_fee=0),
        "dear": factories.component(name="Dear", price_per_transaction="0.10", fixed_fee=500),
        "fee": factories.component(name="Fee", price_per_transaction=0, fixed_fee=500),
        "solo": factories.component(name="Solo", price_per_transaction="0.10"),
        "mute": factories.component(name="Mute", lifecycle="", licence="", price_per_transaction=0),  # but its fee?
    }
    factories.profile(component=made["free"], hosting=["hosted", "self_run"])
    made["free"].standards.add(openapi)
    factories.stewardship(component=made["free"], organisation=council)
    factories.adoption(component=made["dear"], organisation=council, confirmed=TODAY)
    factories.adoption(component=made["fee"], organisation=council, confirmed=TODAY, stage="planned")
    factories.adoption(component=made["solo"], organisation=council, confirmed=TODAY - timedelta(days=1200))
    refresh_search(on=TODAY)
    return made


@pytest.mark.parametrize("text", ["", "free dear fee solo mute"])
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("price", {"free": 1, "per_transaction": 1, "fixed_fee": 1, "both": 1, "not_stated": 1}),
        ("hosting", {"hosted": 1, "self_run": 1, "not_stated": 4}),
        ("standard", {"openapi": 1, "not_stated": 4}),
        ("steward_type", {"joint-board": 1, "not_stated": 4}),
        ("adopter_group", {"district": 1, "tier": 1}),
        ("lifecycle", {"live": 4, "not_stated": 1}),
    ],
)
def test_what_a_component_states_and_does_not_state_is_counted_and_chosen(offers, name, counts, text):
    assert options(name, q=text) == counts
    for value, number in counts.items():
        assert len(found(**{name: value}, q=text)) == number
    assert len(found(**{name: list(counts)}, q=text)) == len(found(**{name: list(counts)}))


def test_type_of_steward_is_written_plainly_and_blank_stands_last(offers):
    facets = {facet.filter.name: facet for facet in ComponentListing().select({}).facets}
    assert [option.label for option in facets["steward_type"].options] == ["Joint board", "Not stated"]


def test_value_that_nothing_has_any_more_is_forgotten(offers):
    offers["free"].standards.clear()
    refresh_search([offers["free"].id], on=TODAY)
    assert options("standard") == {"not_stated": 5}
    with pytest.raises(BadParameter):
        found(standard="openapi")


# -- Counts, against a count of rows one by one -----------------------------------------------------------------------

VALUES = {
    "kind": ["service", "dataset"],
    "licence": ["MIT", "EUPL-1.2", NOT_STATED],
    "lifecycle": ["live", "beta", NOT_STATED],
    "function": ["up", "down"],
    "peer_group": ["north", "south"],
}
component_facts = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(VALUES["kind"]),
        "licence": st.sampled_from(["", "MIT", "EUPL-1.2"]),
        "lifecycle": st.sampled_from(["", "draft", "live", "beta"]),
        "function": st.sets(st.sampled_from(VALUES["function"])),
        "peer_group": st.sets(st.sampled_from(VALUES["peer_group"])),
        "name": st.sampled_from(["Bins", "Bins and taxis", "Parks"]),
    }
)
choices = st.fixed_dictionaries({name: st.sets(st.sampled_from(values)) for name, values in VALUES.items()})


def has(facts: dict, name: str, values: set[str]) -> bool:
    """Whether a component meets one filter, said plainly."""
    if not values:
        return True
    if name == "function":
        own = facts["function"] | ({"up"} if "down" in facts["function"] else set())
        return bool(own & values)
    if name == "peer_group":
        return not facts["peer_group"] or bool(facts["peer_group"] & values)
    return (facts[name] or NOT_STATED) in values


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=st.lists(component_facts, max_size=12), chosen=choices, text=st.sampled_from(["", "bins"]))
def test_counts_of_every_facet_equal_counting_one_by_one(db, world, chosen, text):
    with transaction.atomic():
        build(world)
        known = {facts["licence"] for facts in world if facts["lifecycle"] != "draft"}
        # A licence that nothing has is not a value that one could choose.
        check_counts(world, chosen | {"licence": chosen["licence"] & {*known, NOT_STATED}}, text)
        transaction.set_rollback(True)


def build(world: list[dict]) -> None:
    up = factories.function(slug="up")
    functions = {"up": up, "down": factories.function(slug="down", parent=up)}
    groups = {slug: factories.peer_group(slug=slug) for slug in VALUES["peer_group"]}
    for facts in world:
        factories.component(
            name=facts["name"],
            kind=facts["kind"],
            licence=facts["licence"],
            lifecycle=facts["lifecycle"],
            functions=[functions[slug] for slug in facts["function"]],
            available_to=[groups[slug] for slug in facts["peer_group"]],
        )
    refresh_search()


def check_counts(world: list[dict], chosen: dict[str, set[str]], text: str) -> None:
    public = [facts for facts in world if facts["lifecycle"] != "draft" and (not text or "Bins" in facts["name"])]
    selection = ComponentListing().select({name: list(values) for name, values in chosen.items()} | {"q": text})
    matching = [facts for facts in public if all(has(facts, name, chosen[name]) for name in VALUES)]
    assert selection.total == len(matching) == len(list(selection.rows()))
    for facet in selection.facets:
        name = facet.filter.name
        if name in VALUES:
            others = [each for each in public if all(has(each, n, chosen[n]) for n in VALUES if n != name)]
            counted = {option.value: option.count for option in facet.options if option.count}
            expected = Counter(value for each in others for value in VALUES[name] if has(each, name, {value}))
            if name == "peer_group":  # a group that nothing is made for in particular is not offered
                expected = {value: n for value, n in expected.items() if value in counted}
            assert counted == expected


# -- Pages ------------------------------------------------------------------------------------------------------------

ORDERS = [
    {},
    {"q": "component"},
    {"sort": "name"},
    {"sort": "-name"},
    {"sort": "used_by"},
    {"sort": "-used_by"},
    {"sort": "confirmed"},
    {"sort": "-confirmed", "q": "component"},
]


@pytest.fixture
def many(db):
    """Thirty components with ties in everything."""
    made = [factories.component(name=f"Component {number % 4}") for number in range(30)]
    for number, component in enumerate(made):
        for _ in range(number % 3):
            factories.adoption(component=component, confirmed=TODAY - timedelta(days=number % 5))
    refresh_search(on=TODAY)
    return made


@pytest.mark.parametrize("params", ORDERS)
def test_page_cursor_and_file_have_the_same_rows_in_the_same_order(many, params):
    every = list(ComponentListing().select(params).rows())
    pages = [ComponentListing().select(params).page(number, 7) for number in range(1, 6)]
    assert [row for page in pages for row in page.object_list] == every
    assert walk(params) == every
    assert len({row["slug"] for row in every}) == 30


def walk(params: dict, between=lambda: None, limit: int = 4) -> list[dict]:
    """Every row that the cursors lead to; `between` happens after each page."""
    rows, cursor = ComponentListing().select(params).after(None, limit)[:2]
    while cursor:
        between()
        more, cursor, back = ComponentListing().select(params).after(cursor, limit)
        assert back or not more
        rows += more
    return rows


@pytest.mark.parametrize("params", ORDERS)
def test_cursor_leads_back_the_same_way(many, params):
    every = list(ComponentListing().select(params).rows())
    rows, cursor, back = ComponentListing().select(params).after(None, 8)
    while cursor:
        rows, cursor, back = ComponentListing().select(params).after(cursor, 8)
    backwards = [rows]
    while back:
        rows, _, back = ComponentListing().select(params).after(back, 8)
        backwards.insert(0, rows)
    assert [row for page in backwards for row in page] == every


@pytest.mark.parametrize("params", ORDERS)
def test_cursors_neither_skip_nor_repeat_while_rows_come_and_go(many, params):
    gone = many[5:25:5]

    def between():
        refresh_search([factories.component(name="Component 2").id])
        if gone:
            component = gone.pop()
            Declaration.objects.filter(component=component).delete()
            component.delete()

    slugs = [row["slug"] for row in walk(params, between)]
    stayed = {component.slug for component in many} - {component.slug for component in many[5:25:5]}
    assert len(slugs) == len(set(slugs))
    assert stayed <= set(slugs)


def test_ranked_pages_hold_together_beyond_the_best(many, monkeypatch):
    monkeypatch.setattr("catalogue.search.ranking.BEST", 10)
    for params in ({"q": "component"}, {"q": "component 2"}):
        every = list(ComponentListing().select(params).rows())
        assert walk(params) == every
        assert len({row["slug"] for row in every}) == len(every) == (30 if params["q"] == "component" else 7)


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("knd=service", "knd", "Did you mean “kind”?"),
        ("kind=servce", "kind", "Did you mean “service”?"),
        ("function=nothing-like-it", "function", "has no value"),
        ("sort=nam", "sort", "Did you mean “name”?"),
        ("sort=-relevance", "sort", "use “relevance”"),
        ("q=a&q=b", "q", "Give “q” once."),
        ("licence=%00", "licence", "has no value"),
    ],
)
def test_what_search_does_not_know_is_refused_with_a_suggestion(shelf, query, parameter, words):
    with pytest.raises(BadParameter) as refusal:
        ComponentListing().select(QueryDict(query))
    [error] = refusal.value.errors
    assert error.parameter == parameter
    assert words in error.detail


# -- Other words for the same -----------------------------------------------------------------------------------------


@pytest.fixture
def other_words(shelf):
    for term, same_as in (("rubbish", "bin collection"), ("blue badge", "taxi licence"), ("rubbish", "parks")):
        Synonym.objects.create(term=term, same_as=same_as)


def test_synonyms_are_looked_for_beside_what_was_typed(other_words):
    selection = ComponentListing().select({"q": "rubbish days"})
    assert [row["name"] for row in selection.rows()] == ["Bin collection days"]
    assert selection.synonyms == ["bin collection", "parks"]
    assert sorted(found(q="rubbish")) == ["Bin collection days", "Catalogue of organisations"]


@pytest.mark.parametrize("typed", ["blue badge", "Blue Badges", "blue badge register"])
def test_term_of_several_words_is_known_in_singular_and_plural(other_words, typed):
    assert found(q=typed) == ["Taxi licence register"]


def test_exactly_the_words_as_typed_can_be_asked(other_words):
    selection = ComponentListing().select({"q": "rubbish", "exact": "1"})
    assert (selection.total, selection.synonyms, selection.notice) == (0, [], "")
    assert found(q='"blue badge"') == []
    assert found(q="bin colection", exact="1") == []
    assert found(q="the", exact="1") == []


def test_page_says_what_it_also_searched_for(client, other_words):
    page = client.get("/components/?q=rubbish").content.decode()
    assert "Also searched for ‘bin collection’, ‘parks’." in page
    assert 'href="?q=rubbish&amp;exact=1">Search only for ‘rubbish’</a>' in page
    assert "Also searched" not in client.get("/components/?q=bin").content.decode()


def test_synonym_that_changes_is_another_answer(client, other_words):
    assert client.get("/api/v1/components?q=rubbish&count=true").json()["total"] == 2
    Synonym.objects.filter(same_as="parks").delete()
    assert client.get("/api/v1/components?q=rubbish&count=true").json()["total"] == 1


# -- Why --------------------------------------------------------------------------------------------------------------


NAMES = {"pay": "GOV.UK Pay", "bins": "Bin collection days", "taxi": "Taxi licence register"}


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        ("taxi", "taxi", "matches name; used by 1"),
        ("gov.uk pay", "pay", "is called exactly that; matches name and summary; used by 3"),
        ("pay card", "pay", "matches name and summary; used by 3"),
        ("collections", "bins", "matches name; no declared use yet"),
        ("quillworks", "taxi", "matches description or steward; used by 1"),
        ("rubbish", "bins", "matches name and functions; no declared use yet"),
    ],
)
def test_answer_says_why_each_component_was_found(client, other_words, text, slug, words):
    answer = client.get("/api/v1/components", {"q": text, "why": "true"}).json()
    said = {row["name"]: row["why"] for row in answer["items"]}
    assert said[NAMES[slug]] == words


def test_why_is_said_only_where_it_is_asked_and_there_is_a_text(client, shelf):
    assert "why" not in client.get("/api/v1/components?q=pay").json()["items"][0]
    assert client.get("/api/v1/components?why=true").json()["items"][0]["why"] is None
    row = client.get("/api/v1/components?q=pay&why=1&fields=slug").json()["items"][0]
    assert row.keys() == {"slug", "why"}
    assert client.get("/api/v1/components?q=pay&why=perhaps").status_code == 400


def test_page_says_why(client, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get("/components/?q=pay").content.decode()
    assert "Matches name and summary; used by 3" in page
    assert "Matches name" not in client.get("/components/?q=pay&sort=name").content.decode()
