from datetime import date
from decimal import Decimal

import pytest

from registry.models import Account, Payment, SpendFile
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/organisations/ambridge/spending/"


@pytest.fixture
def group():
    return factories.peer_group(label="District council", driver_unit="resident")


@pytest.fixture
def body(group):
    return factories.organisation(slug="ambridge", name="Ambridge Council", peer_group=group, driver=100)


def pay(body, *amounts, **fields):
    """A payment of each amount, in a year that is over and has lines in every month."""
    start = Payment.objects.count()
    return Payment.objects.bulk_create(
        Payment(
            **{
                "organisation": body,
                "reference": f"R{start + number}",
                "amount": None if amount is None else Decimal(amount),
                "paid_on": date(2025, 4 + number % 9, 3),
                "supplier": "Acme",
                **fields,
            }
        )
        for number, amount in enumerate(amounts)
    )


def read(client, query="") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_spending_page_adds_up_and_says_what_it_leaves_out(client, body, django_assert_max_num_queries):
    function = factories.function(name="Take payments")
    pay(body, 1000, -200, None)
    pay(body, 300, function=function, system="Own Till", supplier="Tills Ltd")
    pay(body, 100, function=function, component=factories.component(name="Pay"))
    factories.duplicate(organisation=body, function=function, system="Own Till", annual_cost=350)

    with django_assert_max_num_queries(8):
        page = read(client)

    assert "£1,200 in 2025 to 2026, in 5 payment lines" in page
    assert "That is £12 for each of 100 residents." in page
    assert "Credits of £200 are taken off. 1 line has no amount and is in no sum." in page
    assert "covers £1,200 of payments; £400 of it (2 lines) is linked" in page
    assert 'href="?financial_year=2025-26&amp;linked=no#lines"' in page
    row = page[page.index('id="beside"') :]
    assert row.index("£300") < row.index("£100") < row.index("£350")


def test_spending_page_marks_an_unfinished_year_provisional(client, body):
    pay(body, 10)

    page = read(client)

    assert "Lines for 1 of 12 months have been published." in page
    assert ">Provisional</strong>" in page


def test_spending_page_switches_the_year(client, body, django_assert_max_num_queries):
    pay(body, 10, paid_on=date(2024, 5, 1), supplier="Early Ltd")
    pay(body, 20, paid_on=date(2025, 5, 1), supplier="Late Ltd")

    with django_assert_max_num_queries(8):
        page = read(client, "?financial_year=2024-25")

    assert "£10 in 2024 to 2025, in 1 payment line." in page
    assert "Late Ltd" not in page
    assert 'href="?financial_year=2025-26"' in page
    assert "Late Ltd" in read(client)


def test_spending_page_filters_its_lines_and_keeps_its_sums(client, body, django_assert_max_num_queries):
    function = factories.function(slug="till", name="Take payments")
    component = factories.component(slug="pay")
    pay(body, 10, 20)
    pay(body, 40, function=function, component=component, supplier="Tills Ltd")

    with django_assert_max_num_queries(8):
        page = read(client, "?function=till&q=tills&linked=yes")

    assert "1 payment line</h2>" in page
    assert "£70 in 2025 to 2026" in page
    assert "2 payment lines</h2>" in read(client, "?linked=no")


def test_spending_page_names_twelve_suppliers_and_sums_the_others(client, body):
    for number in range(15):
        pay(body, 100 + number, supplier=f"Supplier {number:02}")

    page = read(client)
    suppliers = page[page.index('id="suppliers"') : page.index('id="beside"')]

    assert "3 other suppliers" in suppliers
    assert "£303" in suppliers
    assert "Supplier 00" not in suppliers


def test_spending_page_shows_accounts_with_their_blanks(client, body):
    pay(body, 10)
    Account.objects.create(organisation=body, financial_year="2024-25", frontline=900, administrative=100)
    Account.objects.create(organisation=body, financial_year="2025-26", frontline=900)

    page = read(client)

    assert "90%" in page
    assert page.count('numeric">not stated</td>') >= 2


def test_spending_page_without_payments_names_who_publishes(client, body, group):
    pay(factories.organisation(name="Open Council", peer_group=group), 10)
    pay(factories.organisation(name="Another Kind"), 10)
    SpendFile.objects.create(organisation=body, file="a.csv", content=b"")

    page = read(client)

    assert "We have no payments of Ambridge Council. That does not mean that it spends nothing" in page
    assert "Open Council" in page
    assert "Another Kind" not in page
    assert "1 published file has been kept" in page


def test_spending_page_of_a_year_without_payments_offers_the_others(client, body):
    pay(body, 10)

    page = read(client, "?financial_year=2019-20")

    assert "No payment of Ambridge Council in 2019 to 2020 has been loaded." in page
    assert 'href="?financial_year=2025-26"' in page


@pytest.mark.parametrize("query", ["?financial_year=soon", "?organisation=other", "?page=0", "?from=yesterday"])
def test_spending_page_refuses_what_it_does_not_know(client, body, query):
    pay(body, 10)

    assert client.get(ADDRESS + query).status_code == 400


def test_spending_page_says_its_order_and_offers_the_other_way_round(client, body):
    pay(body, 10, paid_on=date(2025, 5, 1), supplier="Early Ltd")
    pay(body, 20, paid_on=date(2025, 6, 1), supplier="Late Ltd")

    newest, oldest = read(client), read(client, "?financial_year=2025-26&sort=paid_on")

    assert '<strong aria-current="true">Newest first</strong>' in newest
    assert 'sort=paid_on"><span class="govuk-visually-hidden">Sort by </span>Oldest first</a>' in newest
    lines = newest[newest.index('id="lines"') :]
    assert lines.index("Late Ltd") < lines.index("Early Ltd")
    assert '<strong aria-current="true">Oldest first</strong>' in oldest
    assert "turned round</strong>" in read(client, "?financial_year=2025-26&sort=-supplier")


def test_spending_page_shows_lines_without_a_date(client, body):
    pay(body, 10, paid_on=None)

    assert "£10 in 1 payment line without a date" in read(client)


def test_spending_page_survives_credits_alone(client, body):
    pay(body, -10, function=factories.function())

    page = read(client)

    assert "−£10 in 2025 to 2026" in page
    assert 'id="suppliers"' not in page


def test_spending_page_escapes_hostile_text_and_hides_drafts(client, body):
    evil = "<script>alert(1)</script>"
    draft = factories.component(name="Secret Plan", lifecycle="draft")
    pay(body, 10, supplier=evil, purpose=evil, category=evil, system=evil, source_url="javascript:alert(1)")
    pay(body, 20, component=draft)

    page = read(client)

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert "Secret Plan" not in page


def test_spending_lines_page_and_answer_as_files(client, body):
    pay(body, *range(1, 31))

    second = read(client, "?page=2")
    rows = b"".join(client.get(f"{ADDRESS}?format=csv&financial_year=2025-26").streaming_content).splitlines()

    assert "(page 2 of 2)" in second
    assert len(rows) == 31
    assert client.get(f"{ADDRESS}?page=7").status_code == 302
    assert client.get("/organisations/nobody/spending/").status_code == 404
    assert len(second) < 100_000
