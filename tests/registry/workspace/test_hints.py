"""What we think that a body uses."""

from datetime import date
from decimal import Decimal

import pytest

from commons.exceptions import Refused
from registry.actions.hints import accept_hint, prepare_hint, reject_hint
from registry.hints import hints
from registry.models import Declaration, Draft, Event, Payment, RejectedHint, Role, SourceObject, StatedUse, Withheld
from registry.permissions import COMMAND_LINE
from tests import factories

pytestmark = pytest.mark.django_db
HOME = "/workspace/birch/hints/"


def paid(body, amount=100, on=date(2026, 5, 1), **fields):
    count = Payment.objects.count()
    return Payment.objects.create(organisation=body, reference=f"P{count}", amount=amount, paid_on=on, **fields)


def found(body):
    return [
        (one.key, one.function.slug, one.said.annual_cost, one.said.price_fy) for one in hints(body, date(2026, 11, 29))
    ]


def test_payments_tell_of_components_and_systems(body, function, shared):
    paid(body, 100, component=shared, supplier="Sorrel Ltd", source_url="https://birch.example/old")
    paid(body, 50, date(2026, 6, 1), component=shared, supplier="Sorrel Ltd", source_url="https://birch.example/new")
    paid(body, 70, date(2025, 6, 1), component=shared)
    paid(body, 30, system="Emberfold", function=factories.function(slug="parking"), supplier="Quill Ltd")

    assert found(body) == [
        ("component:sorrelpost", "bookings", Decimal("150.00"), "2026-27"),
        ("system:Emberfold", "parking", Decimal("30.00"), "2026-27"),
    ]
    first = hints(body, date(2026, 11, 29))[0]
    assert first.said.source_url == "https://birch.example/new"
    assert "payments of 2026 to 2027 to Sorrel Ltd" in first.reason


def test_what_says_nothing_today_is_left_out(body, function, shared):
    paid(body, -5, component=shared)
    paid(body, 5, date(2019, 5, 1), system="Old", function=function)
    paid(body, 5, system="Nowhere")
    paid(body, 5, supplier="Somebody", function=function)
    paid(factories.organisation(), 5, component=shared)

    assert found(body) == []


@pytest.mark.parametrize("lifecycle", ["draft", "deprecated", "retired"])
def test_components_that_end_are_not_proposed(body, shared, lifecycle):
    paid(body, component=shared)
    type(shared).objects.filter(pk=shared.pk).update(lifecycle=lifecycle)

    assert found(body) == []


def test_what_is_declared_is_not_proposed(body, function, shared):
    paid(body, component=shared)
    paid(body, system="Emberfold", function=function)
    paid(body, system="Hushed", function=function)
    factories.adoption(organisation=body, component=shared, stage="retired")
    factories.duplicate(organisation=body, system="EMBERFOLD")
    held = factories.duplicate(organisation=body, system="A system that is not named")
    Withheld.objects.create(declaration=held, field="system", shown_to="own", text="Hushed")

    assert found(body) == []


def test_files_name_their_users(body, function, shared):
    source = factories.source()
    thing = SourceObject.objects.create(source=source, identifier="x", component=shared, state="good")
    StatedUse.objects.create(thing=thing, name="Birch", organisation=body)

    assert found(body) == [("component:sorrelpost", "bookings", None, "")]
    assert "names you among its users" in hints(body, date(2026, 11, 29))[0].reason


def test_accepted_hint_stands_beside_what_was_said(body, function, shared):
    factories.duplicate(organisation=body, function=function, system="Emberfold")
    paid(body, component=shared, source_url="https://birch.example/spend")

    accept_hint(organisation=body, key="component:sorrelpost", by=COMMAND_LINE)

    made = Declaration.objects.current().get(component=shared)
    assert (made.stage, made.annual_cost, made.price_fy, made.evidence) == ("live", 100, "2026-27", "E0")
    assert "payments" in made.recorded_in.source
    assert Declaration.objects.current().count() == 2
    assert found(body) == []
    with pytest.raises(Refused, match="answered already"):
        accept_hint(organisation=body, key="component:sorrelpost", by=COMMAND_LINE)


def test_prepared_hint_is_in_the_draft_once(body, function, shared):
    paid(body, component=shared)

    prepare_hint(organisation=body, key="component:sorrelpost", by=COMMAND_LINE)
    draft, place = prepare_hint(organisation=body, key="component:sorrelpost", by=COMMAND_LINE)

    assert (len(draft.statements), place) == (1, 0)
    assert not Declaration.objects.exists()


def test_rejected_hint_does_not_come_again(body, function, shared):
    paid(body, component=shared)
    paid(body, system="Emberfold", function=function)

    reject_hint(organisation=body, key="component:sorrelpost", by=COMMAND_LINE)
    reject_hint(organisation=body, key="system:Emberfold", by=COMMAND_LINE)

    assert found(body) == []
    assert Event.objects.filter(act="reject_hint").count() == 2
    assert RejectedHint.objects.count() == 2


def test_page_confirms_changes_and_rejects(come, body, function, shared):
    paid(body, component=shared)
    paid(body, system="Emberfold", function=function)
    paid(body, system="Third", function=function)
    client = come()
    assert "3 things that we think you use" in client.get("/workspace/birch/").content.decode()
    assert "We think you use these 3" in client.get(HOME).content.decode()

    changed = client.post(HOME, {"act": "change", "hint": "system:Third"})
    rejected = client.post(HOME, {"act": "reject", "hint": "system:Emberfold"}, follow=True)
    confirmed = client.post(HOME, {"act": "all"}, follow=True)

    assert changed.url == "/workspace/birch/functions/bookings/0/which/"
    assert "do not propose it again" in rejected.content.decode()
    assert "2 statements are published" in confirmed.content.decode()
    assert "There is nothing" in confirmed.content.decode()
    assert not Draft.objects.exists()


def test_editors_prepare_and_readers_stay_out(come, body, function, shared):
    paid(body, component=shared)
    editor = come(Role.EDITOR)
    page = editor.get(HOME).content.decode()
    assert ">Confirm<" not in page
    assert editor.post(HOME, {"act": "confirm", "hint": "component:sorrelpost"}).status_code == 409

    assert come(Role.READER).get(HOME).status_code == 403
    assert not Declaration.objects.exists()


def test_page_of_many_costs_few_queries(come, body, function, django_assert_max_num_queries):
    for number in range(30):
        paid(body, system=f"System {number}", function=function)
    client = come()

    with django_assert_max_num_queries(6):
        client.get(HOME)
