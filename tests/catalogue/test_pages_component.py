from datetime import date
from decimal import Decimal

import pytest

from catalogue.models import Column, Operation, PeerGroup, Relation
from catalogue.presenters.component import leading
from catalogue.presenters.links import external
from catalogue.presenters.offer import band, language
from registry.models import Commons, Declaration, Organisation
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


def text_of(response) -> str:
    return response.content.decode()


def test_component_page_of_a_bare_component_says_what_is_not_known(client, django_assert_max_num_queries):
    factories.component(slug="bare", summary="")

    with django_assert_max_num_queries(8):
        page = text_of(client.get("/components/bare/"))

    assert "No public body has declared that it uses it" in page
    assert "No public body has said that it looks after this component." in page
    assert "Nobody has said which functions it serves." in page
    assert page.count("not stated") >= 8


def test_component_page_of_a_full_component_asks_eight_times_at_most(client, django_assert_max_num_queries):
    bins = factories.function(name="Missed bins")
    group = factories.peer_group(label="District")
    pay = factories.component(slug="pay", functions=[bins], available_to=[group], licence="MIT", open_licence=True)
    for number in range(5):
        body = factories.organisation(peer_group=group)
        factories.adoption(component=pay, function=bins, organisation=body, source_url=f"https://a.example/{number}")
        factories.stewardship(component=pay, organisation=body, share=0.2)
        Relation.objects.create(component=pay, relation="requires", other=factories.component())
    factories.adoption(component=pay, function=bins, stage="retired", organisation=factories.organisation())

    with django_assert_max_num_queries(8):
        page = text_of(client.get("/components/pay/"))

    assert "5 public bodies use it, 1 stopped" in page
    assert "for 20% of it" in page
    assert "5 sources" in page
    assert "5 public bodies use it" in page


def test_component_page_draws_the_kinds_where_there_are_several(client):
    pay = factories.component(slug="pay")
    for label in ("District", "District", "County"):
        group, _ = PeerGroup.objects.get_or_create(slug=label.lower(), label=label)
        factories.adoption(component=pay, organisation=factories.organisation(peer_group=group))

    page = text_of(client.get("/components/pay/"))

    assert "Used most by: District" in page
    assert "by kind: District 2 and County 1." in page
    assert 'id="users-wide-title"' in page


def test_component_page_says_the_lead_once(client):
    factories.component(slug="pay", summary="Takes payments.", description="Takes payments.\n\nAnd refunds.")

    page = text_of(client.get("/components/pay/"))

    assert page.count(">Takes payments.</p>") == 1
    assert "And refunds." in page


def test_component_page_counts_expired_uses_apart(client):
    pay = factories.component(slug="pay")
    factories.adoption(component=pay)
    factories.adoption(component=pay, confirmed=LONG_AGO)
    factories.adoption(component=pay, confirmed=None)

    page = text_of(client.get("/components/pay/"))

    assert "1 public body uses it" in page
    assert "2 more have not confirmed it for three years" in page


def test_component_page_says_how_many_have_not_said(client):
    bins = factories.function()
    pay = factories.component(slug="pay", functions=[bins])
    factories.adoption(component=pay, function=bins)
    factories.duplicate(function=bins)
    factories.organisation()
    factories.organisation(end=LONG_AGO)

    page = text_of(client.get("/components/pay/"))

    assert "1 public body that could use it" in page


def test_component_page_keeps_to_the_kinds_it_is_made_for(client):
    district, county = factories.peer_group(label="District"), factories.peer_group(label="County")
    bins = factories.function()
    pay = factories.component(slug="pay", functions=[bins], available_to=[district])
    factories.adoption(component=pay, function=bins, organisation=factories.organisation(peer_group=district))
    factories.organisation(peer_group=county)

    page = text_of(client.get("/components/pay/"))

    assert "County" not in page
    assert "have not said" not in page


def test_component_page_puts_ended_bodies_in_a_row_of_their_own(client):
    pay = factories.component(slug="pay")
    factories.adoption(component=pay, organisation=factories.organisation(end=date(2023, 4, 1)))

    page = text_of(client.get("/components/pay/"))

    assert "No public body has declared that it uses it" in page  # nobody that exists
    assert "Bodies that have ended" in page


def test_component_page_tells_a_relation_from_both_sides(client):
    site, pay = factories.component(slug="site", name="Site"), factories.component(slug="pay", name="Pay")
    Relation.objects.create(component=site, relation="requires", other=pay)
    Relation.objects.create(component=site, relation="replaces", other=pay)

    assert "Needs" in text_of(client.get("/components/site/"))
    there = text_of(client.get("/components/pay/"))
    assert "Needed by" in there
    assert "Replaced by" in there


def test_component_page_hides_drafts_that_it_is_related_to(client):
    pay = factories.component(slug="pay")
    Relation.objects.create(
        component=pay, relation="requires", other=factories.component(name="Secret plan", lifecycle="draft")
    )

    assert "Secret plan" not in text_of(client.get("/components/pay/"))


def test_component_page_names_the_successor_of_a_deprecated_one(client):
    new = factories.component(slug="new", name="New pay")
    factories.component(slug="old", lifecycle="deprecated", successor=new)
    factories.component(slug="gone", lifecycle="retired")

    assert "New pay" in text_of(client.get("/components/old/"))
    assert "No successor has been named" in text_of(client.get("/components/gone/"))


def test_component_page_says_that_the_successor_ends_too(client):
    ending = factories.component(slug="ending", name="Ending", lifecycle="deprecated")
    factories.component(slug="old", lifecycle="retired", successor=ending)

    assert "Ending</a>, which is deprecated too." in text_of(client.get("/components/old/"))


def test_component_page_does_not_name_a_successor_that_is_a_draft(client):
    draft = factories.component(name="Secret plan", lifecycle="draft")
    factories.component(slug="old", lifecycle="deprecated", successor=draft)

    assert "Secret plan" not in text_of(client.get("/components/old/"))


@pytest.mark.parametrize(
    "address", ["/components/plan/", "/components/plan/adopters/", "/components/plan/adopters/?format=csv"]
)
def test_component_pages_of_a_draft_are_not_found(client, address):
    factories.component(slug="plan", lifecycle="draft")

    assert client.get(address).status_code == 404


def test_component_page_of_no_component_is_not_found(client):
    assert client.get("/components/nothing/").status_code == 404


def test_component_page_shows_money_in_the_currency_of_the_commons(client):
    Commons.objects.create(currency="EUR")
    factories.component(slug="pay", price_per_transaction="0.05", fixed_fee=0)

    page = text_of(client.get("/components/pay/"))

    assert "€0.05" in page
    assert "€0" in page


def test_component_page_makes_hostile_text_harmless(client):
    hostile = '"><script>alert(1)</script>'
    factories.component(
        slug="bad", name=hostile, summary=hostile, description=f"{hostile} [x](javascript:alert(1))",
        url="javascript:alert(1)", repository=hostile, documentation="https://ok.example/", licence=hostile,
        source=hostile,
    )  # fmt: skip

    page = text_of(client.get("/components/bad/"))

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert '<a class="govuk-link" href="https://ok.example/" rel="noopener nofollow">' in page


def test_component_page_tells_what_was_recorded_and_replaced(client):
    pay = factories.component(slug="pay")
    first, second = factories.event(source="First pack"), factories.event(source="Second pack")
    body = factories.organisation(name="Ambridge Council")
    bins = factories.function()
    factories.adoption(component=pay, organisation=body, function=bins, recorded_in=first, superseded_in=second)
    factories.adoption(component=pay, organisation=body, function=bins, recorded_in=second, stage="retired")

    page = text_of(client.get("/components/pay/"))

    assert "First pack" in page
    assert "Second pack" in page
    assert "Statement of Ambridge Council replaced by a newer one" in page


@pytest.mark.parametrize(
    ("summary", "lead", "rest"),
    [
        ("One line.", "One line.", ""),
        ("", "", ""),
        ("First.\n\nSecond.", "First.", "Second."),
        ("Take payments. Then you can:\n- pay", "Take payments.", "Then you can:\n- pay"),
        ("You can:\n- pay", "You can:", "You can:\n- pay"),
    ],
)
def test_leading_takes_the_first_sentences(summary, lead, rest):
    assert leading(summary) == (lead, rest)


def test_leading_cuts_a_sentence_without_end_at_a_word():
    lead, rest = leading("word " * 100)
    assert lead.endswith("word…")
    assert len(lead) < 290
    assert rest == ("word " * 100).strip()


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("//a.example", ""),
        ("https://[broken", ""),
        ("MIT", ""),
    ],
)
def test_external_follows_web_addresses_only(address, href):
    assert external(address)["href"] == href


# How to use it, and how it fits


def test_component_page_says_how_to_use_it(client):
    pay = factories.component(slug="pay", price_per_transaction="0.006", fixed_fee=400)
    factories.profile(
        component=pay, hosting=["hosted", "self_run"], start="1. Ask.\n2. Begin.", start_url="https://pay.example/start",
        contact_name="Pay team", contact_email="team@pay.example", support="By **mail**.", languages=["en", "cy"],
        security_url="https://pay.example/security", leaving="One month's notice.", version="2.1",
        released_on=date(2026, 1, 31), limits="No instalments.",
    )  # fmt: skip

    page = text_of(client.get("/components/pay/"))

    assert "<li>Begin.</li>" in page
    assert 'href="https://pay.example/start"' in page
    assert 'href="mailto:team@pay.example"' in page
    assert "Hosted by who looks after it; each body runs its own" in page
    assert "£406 to £1,000 a year for 1,000 to 100,000 transactions" in page
    assert "£0.006" in page
    assert "<strong>mail</strong>" in page
    assert "2.1, of 31 January 2026" in page
    assert "No instalments." in page
    assert "English, Welsh" in page


@pytest.mark.parametrize(
    ("code", "name"),
    [("cy", "Welsh"), ("cy-GB", "Welsh (cy-GB)"), ("PL", "Polish"), ("zz", "zz"), ("", ""), ("?", "?")],
)
def test_language_is_named_where_its_name_is_known(code, name):
    assert language(code) == name


def test_component_page_has_four_linkable_sections_without_script(client):
    factories.component(slug="pay")

    page = text_of(client.get("/components/pay/"))

    for section in ("use", "evidence", "fit", "history"):
        assert f'href="#{section}"' in page
        assert f'id="{section}"' in page


def test_component_page_makes_a_hostile_profile_harmless(client):
    bad = factories.component(slug="bad")
    hostile = '"><script>alert(1)</script>'
    factories.profile(
        component=bad, start=f"{hostile} [x](javascript:alert(1))", start_url="javascript:alert(1)", support=hostile,
        contact_name=hostile, contact_email='"onmouseover=alert(1)@x', contact_url="data:text/html,x", limits=hostile,
        leaving=hostile, version=hostile, security_url="javascript:alert(2)", api_description_url="javascript:alert(3)",
    )  # fmt: skip
    Operation.objects.create(component=bad, method="GET", path=f"/{hostile}", summary=hostile)
    bad.standards.add(factories.standard(name=hostile, address="javascript:alert(4)"))

    page = text_of(client.get("/components/bad/"))

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert 'href="data:' not in page
    assert '"onmouseover' not in page


def test_component_page_shows_its_interface_and_how_much_more_there_is(client):
    pay, list_ = factories.component(slug="pay"), factories.component(slug="list", kind="dataset")
    for number in range(43):
        Operation.objects.create(component=pay, method="GET", path=f"/pay/{number:02}")
    Column.objects.create(component=list_, number=1, name="uprn", type="integer")
    pay.standards.add(factories.standard(name="ISO 20022", address="https://iso.example/"))

    page = text_of(client.get("/components/pay/"))

    assert "GET /pay/39" in page
    assert "GET /pay/40" not in page
    assert "And 3 more." in page
    assert '<a class="govuk-link" href="https://iso.example/" rel="noopener nofollow">ISO 20022</a>' in page
    assert ">uprn</code>" in text_of(client.get("/components/list/"))


def test_component_page_tells_who_does_not_use_it_and_why(client):
    bins = factories.function()
    district, county = factories.peer_group(), factories.peer_group()
    pay = factories.component(slug="pay", functions=[bins], available_to=[district])
    for name in ("Ash", "Birch", "Cedar", "Dale"):
        body = factories.organisation(name=name, peer_group=district)
        factories.duplicate(function=bins, organisation=body, reason="Too dear.")
    factories.duplicate(function=bins, organisation=factories.organisation(peer_group=county), reason="Not for us.")
    factories.duplicate(function=bins, reason="Too old.", confirmed=LONG_AGO)
    elm = factories.organisation(name="Elm")
    factories.adoption(component=pay, organisation=elm, stage="retired", reason="It lost letters.")

    page = text_of(client.get("/components/pay/"))

    assert 'Too dear. <span class="app-muted">(Ash, Birch, Cedar and 1 more)</span>' in page
    assert 'It lost letters. <span class="app-muted">(Elm)</span>' in page
    assert "Not for us." not in page
    assert "Too old." not in page


def test_component_page_tells_what_became_of_it(client):
    pay = factories.component(slug="pay", name="Secret name", lifecycle="draft", price_per_transaction="0.1")
    profile = factories.profile(component=pay, version="1.0", released_on=date(2025, 1, 1))
    for change in ({"name": "Pay"}, {"lifecycle": "beta"}, {"lifecycle": "live", "price_per_transaction": "0.05"}):
        for field, value in change.items():
            setattr(pay, field, value)
        pay.save()
    profile.version, profile.released_on = "2.0", date(2026, 1, 1)
    profile.save()
    first, second = factories.event(), factories.event()
    factories.stewardship(
        component=pay, organisation=factories.organisation(name="Ash"), recorded_in=first, superseded_in=second
    )

    page = text_of(client.get("/components/pay/"))

    assert "Stage: live, before beta" in page
    assert "Stage: beta, before draft" in page
    assert "Price of a transaction: £0.05, before £0.10" in page
    assert "Version 1.0" in page
    assert "Version 2.0" in page
    assert "Ash looks after 100% of it" in page
    assert "Ash no longer looks after it" in page
    assert "Secret name" not in page


def test_component_page_of_four_hundred_adopters_is_small_and_asks_little(client, django_assert_max_num_queries):
    bins, event = factories.function(), factories.event()
    pay = factories.component(slug="pay", functions=[bins])
    groups = [factories.peer_group() for _ in range(12)]
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"b{n}", name=f"Council {n}", type="council", peer_group=groups[n % 12]) for n in range(400)
    )
    Declaration.objects.bulk_create(
        Declaration(
            kind="adoption", organisation=body, function=bins, component=pay, stage=("live", "pilot")[place % 2],
            evidence=f"E{place % 4}", since=date(2024, 1, 1), confirmed=date(2026, 6, 1), annual_cost=place,
            source_url=f"https://a.example/{place}", recorded_in=event,
        )
        for place, body in enumerate(bodies)
    )  # fmt: skip

    with django_assert_max_num_queries(8):
        response = client.get("/components/pay/")

    assert len(response.content) <= 100_000
    assert "400 public bodies use it" in text_of(response)
    assert "£0 to £399 a year (400 statements)" in text_of(response)


@pytest.mark.parametrize(
    ("price", "fee", "said"),
    [
        (None, None, ""),
        (0, 0, "free of charge"),
        (None, 0, "nothing, as far as is stated"),
        (0, 500, "£500 a year"),
        (None, 500, "£500 a year; no price of a transaction is stated"),
        ("0.5", 10, "£510 to £50,010 a year for 1,000 to 100,000 transactions"),
        ("0.5", None, "£500 to £50,000 a year for 1,000 to 100,000 transactions; no fixed fee is stated"),
    ],
)
def test_cost_band_says_what_is_stated(price, fee, said):
    def decimal(value):
        return None if value is None else Decimal(value)

    assert band(decimal(price), decimal(fee), "GBP") == said
