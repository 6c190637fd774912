"""The lists of who says what: filters, counts, order, pages; and that no draft shows through."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.http import QueryDict

from catalogue.listings import FunctionListing, PeerGroupListing
from commons.listing import BadParameter
from registry.listings import DeclarationListing, OrganisationListing, PaymentListing
from registry.models import Identifier, Payment, Succession, Withheld
from tests import factories


@pytest.fixture
def world(db):
    """Bodies, statements and payments with ties and blanks in everything."""
    group = factories.peer_group(slug="district", label="District")
    waste = factories.function(slug="waste", name="Waste")
    bins = factories.function(slug="bins", name="Bins", parent=waste)
    bodies = [
        factories.organisation(
            slug=f"body-of-{number}",
            name=f"Body {number % 3}",
            peer_group=group if number % 2 else None,
            nation=["England", "Wales", ""][number % 3],
        )
        for number in range(9)
    ]
    used = factories.component(slug="used", functions=[bins])
    draft = factories.component(slug="draft", lifecycle="draft", functions=[bins])
    for body in bodies[:4]:
        factories.adoption(organisation=body, component=used, function=bins, annual_cost="10.50")
    factories.adoption(organisation=bodies[5], component=draft, function=bins)
    factories.adoption(organisation=bodies[6], component=used, function=bins, confirmed=date(2020, 1, 1))
    factories.duplicate(organisation=bodies[4], function=waste)
    Identifier.objects.create(organisation=bodies[0], scheme="gss", code="E07000223")
    Succession.objects.create(predecessor=bodies[7], successor=bodies[0])
    for number in range(12):
        Payment.objects.create(
            organisation=bodies[number % 2],
            reference=f"R{number}",
            paid_on=date(2026, 3, 30 + number % 2) if number % 3 else None,
            amount=number % 4,
            supplier="=Acme" if number % 2 else "Zenith",
            function=bins if number % 4 == 0 else None,
            component=draft if number == 1 else None,
        )
    return bodies


LISTINGS = [OrganisationListing, DeclarationListing, PaymentListing, FunctionListing, PeerGroupListing]
EVERY_ORDER = [(listing, sign + sort.name) for listing in LISTINGS for sort in listing.sorts for sign in ("", "-")]


def select(listing, query: str = ""):
    return listing().select(QueryDict(query))


@pytest.mark.parametrize(("listing", "order"), EVERY_ORDER)
def test_page_cursor_and_file_have_the_same_rows_in_the_same_order(world, listing, order):
    every = list(select(listing, f"sort={order}").rows())
    paged = [row for number in range(1, 6) for row in select(listing, f"sort={order}").page(number, 4).object_list]
    assert len(every) == select(listing).total
    assert paged[: len(every)] == every
    rows, cursor, back = select(listing, f"sort={order}").after(None, 4)
    walked = rows
    while cursor:
        rows, cursor, back = select(listing, f"sort={order}").after(cursor, 4)
        walked = walked + rows
    assert walked == every
    backwards = [rows]
    while back:
        rows, _, back = select(listing, f"sort={order}").after(back, 4)
        backwards.insert(0, rows)
    assert [row for page in backwards for row in page] == every


@pytest.mark.parametrize("listing", LISTINGS)
def test_list_takes_three_queries(world, listing, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        selection = select(listing)
        assert selection.page().object_list
        assert selection.facets is not None


@pytest.mark.parametrize(
    ("listing", "query"),
    [
        (OrganisationListing, ""),
        (OrganisationListing, "nation=England&nation=Wales&declared=yes"),
        (OrganisationListing, "peer_group=district&declared=no"),
        (DeclarationListing, "kind=adoption&type="),
        (DeclarationListing, "stage=live&evidence=E1&function=waste"),
        (PaymentListing, "linked=no&financial_year=2025-26"),
    ],
)
def test_count_of_every_option_is_what_choosing_it_alone_gives(world, listing, query):
    for facet in select(listing, query).facets:
        for option in facet.options:
            params = QueryDict(query, mutable=True)
            params.setlist(facet.filter.name, [option.value])
            assert listing().select(params).total == option.count, (facet.filter.name, option)


def test_declared_and_figures_tell_silent_expired_and_zero_apart(world):
    rows = {row["slug"]: row for row in select(OrganisationListing).rows()}
    told, own, expired, silent = (rows[f"body-of-{number}"] for number in (0, 4, 6, 8))
    assert (told["components_used"], told["own_systems"], told["declared"]) == (1, 0, True)
    assert (own["components_used"], own["own_systems"]) == (0, 1)
    assert (expired["components_used"], expired["components_used_status"]) == (None, "unknown")
    assert (silent["components_used"], silent["components_used_status"]) == (None, "not_answered")


def test_organisation_is_found_by_name_other_name_and_code(world):
    world[3].aliases = ["The Old Borough"]
    world[3].save()
    assert [row["slug"] for row in select(OrganisationListing, "q=old+bor").rows()] == ["body-of-3"]
    assert [row["slug"] for row in select(OrganisationListing, "q=e07000223").rows()] == ["body-of-0"]
    assert [row["slug"] for row in select(OrganisationListing, "q=gss:E07000223").rows()] == ["body-of-0"]


def test_ended_body_is_shown_with_its_successor(world):
    [row] = [row for row in select(OrganisationListing).rows() if row["slug"] == "body-of-7"]
    assert row["successors"] == [{"slug": "body-of-0", "name": "Body 0"}]


def test_draft_shows_through_no_list(world):
    assert select(DeclarationListing).total == 6
    assert select(DeclarationListing, "history=1").total == 6
    assert select(OrganisationListing, "declared=yes").total == 6
    assert {row["slug"]: row["components"] for row in select(FunctionListing).rows()}["bins"] == 1
    assert all(row["component"] is None for row in select(PaymentListing).rows())
    with pytest.raises(BadParameter):
        select(DeclarationListing, "component=draft")


def test_history_adds_what_was_said_before(world):
    said = world[0].declarations.get()
    said.superseded_in = factories.event()
    said.save()
    assert select(DeclarationListing, "organisation=body-of-0").total == 0
    [row] = select(DeclarationListing, "organisation=body-of-0&history=1").rows()
    assert row["superseded"] is not None


def test_dates_narrow_on_the_side_that_they_name(world):
    assert select(DeclarationListing, "confirmed_before=2026-06-30").total == 1
    assert select(DeclarationListing, "confirmed_after=2026-06-30").total == 5
    assert select(PaymentListing, "from=2026-03-31").total == 4
    assert select(PaymentListing, "financial_year=2025-26").total == 8
    assert Counter(row["financial_year"] for row in select(PaymentListing).rows()) == {"2025-26": 8, None: 4}


def test_value_that_is_kept_back_says_so(world):
    said = factories.duplicate(organisation=world[8], supplier="")
    Withheld.objects.create(declaration=said, field="supplier", shown_to="own", text="Hush Ltd")
    [row] = select(DeclarationListing, f"organisation={world[8].slug}&kind=duplicate").rows()
    status = (row["supplier"], row["supplier_status"], row["contract_end_status"])
    assert status == (None, "suppressed", "not_answered")


def test_blanks_of_a_statement_say_why(world):
    factories._declaration({"kind": "not_responsible", "organisation": world[8]})
    factories._declaration({"kind": "not_sure", "organisation": world[7]})
    status = {row["kind"]: row["annual_cost_status"] for row in select(DeclarationListing).rows()}
    assert status["not_responsible"] == "not_responsible"
    assert status["not_sure"] == "unknown"
    assert status["duplicate"] == "not_answered"
    assert status["adoption"] in (None, "not_answered")


@pytest.mark.parametrize(
    ("listing", "query", "parameter", "words"),
    [
        (OrganisationListing, "tpye=council", "tpye", "Did you mean “type”?"),
        (OrganisationListing, "nation=Engand", "nation", "Did you mean “England”?"),
        (DeclarationListing, "confirmed_after=yesterday", "confirmed_after", "must be a date such as 2026-03-31"),
        (DeclarationListing, "confirmed_after=2026-02-30", "confirmed_after", "must be a date"),
        (DeclarationListing, "history=maybe", "history", "must be 1 or 0"),
        (PaymentListing, "financial_year=2025-27", "financial_year", "has no value"),
        (PaymentListing, "organisation=%00", "organisation", "has no value"),
        (OrganisationListing, "declared=yes&declared=ja", "declared", "It is one of: no, yes."),
    ],
)
def test_unknown_is_refused_with_a_suggestion(world, listing, query, parameter, words):
    with pytest.raises(BadParameter) as refusal:
        select(listing, query)
    [error] = refusal.value.errors
    assert error.parameter == parameter
    assert words in error.detail


def test_every_error_is_told_at_once(world):
    with pytest.raises(BadParameter) as refusal:
        select(OrganisationListing, "x=1&nation=Mars&sort=size")
    assert [error.parameter for error in refusal.value.errors] == ["x", "nation", "sort"]


def test_cursor_of_another_order_or_hand_is_refused(world):
    cursor = select(OrganisationListing, "sort=name").after(None, 2)[1]
    for query, given in (("sort=-name", cursor), ("sort=name", cursor[:-2] + "xx"), ("", "eyJ")):
        with pytest.raises(BadParameter):
            select(OrganisationListing, query).after(given, 2)


def test_page_past_the_end_is_the_first(world):
    assert select(OrganisationListing).page("99", 4).number == 1
    for number in ("0", "-1", "x", "１"):
        with pytest.raises(BadParameter):
            select(OrganisationListing).page(number)


def test_chosen_tags_can_be_taken_out_one_by_one(world):
    selection = select(OrganisationListing, "nation=England&nation=Wales&page=3&q=body")
    tags = {tag.label: tag for tag in selection.chosen}
    assert set(tags) == {"England", "Wales", "body"}
    assert selection.query(without=tags["England"]) == "?nation=Wales&q=body"
    assert selection.query(sort="-name", q="") == "?nation=England&nation=Wales&sort=-name"


def test_recorded_is_the_day_of_the_act(world):
    row = next(iter(select(DeclarationListing).rows()))
    assert isinstance(row["recorded"], date)
    assert not isinstance(row["recorded"], datetime)
