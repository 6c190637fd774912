"""New components: listed at once, looked at afterwards, returned in public until they change."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from catalogue.describing import write
from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.looks import return_component, see_component, see_components
from registry.actions.search import refresh_search
from registry.models import Act, Event, Letter, Look, Pair, Role, SeenThrough
from registry.models.moderation.look import new_components
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.constraints import refused_by
from tests.registry.moderation.conftest import acting, moderator
from tests.registry.moderation.new import described, harvested

pytestmark = pytest.mark.django_db


@pytest.fixture
def birch():
    return factories.organisation(slug="birch", name="Birch", contact_email="birch@b.example")


def waiting() -> set[Component]:
    return set(new_components())


def test_what_bodies_add_waits_and_what_packs_and_operators_add_does_not(birch):
    by_token, by_source = described(birch), harvested(birch)
    factories.stewardship(organisation=birch)
    operator = factories.person(is_superuser=True, is_staff=True)
    factories.stewardship(recorded_in=factories.event(act=Act.DESCRIBE_COMPONENT, by=operator))
    factories.stewardship(recorded_in=factories.event(act=Act.DESCRIBE_COMPONENT))
    described(birch, lifecycle="draft")
    assert waiting() == {by_token, by_source}
    by_person = factories.stewardship(recorded_in=factories.event(act=Act.CREATE_SOFTWARE, by=factories.person()))
    assert by_person.component in waiting()


def test_what_is_in_order_waits_no_more_also_when_it_changes(birch, mo):
    component = described(birch)
    look = see_component(component=component, by=mo)
    assert (look.outcome, look.reason, look.said["name"]) == ("seen", "", component.name)
    assert Event.objects.get(act=Act.SEE_COMPONENT).detail == {"component": component.slug}
    write(component, {"summary": "Something else"})
    assert waiting() == set()
    assert not Letter.objects.exists()


def test_returned_one_says_so_until_it_changes(birch, mo, client):
    component = described(birch, slug="fresh", name="Fresh")
    officer = factories.membership(organisation=birch, person=factories.person(email="owner@b.example"))
    refresh_search()
    with pytest.raises(Refused, match="Say what is wrong"):
        return_component(component=component, reason=" ", by=mo)
    return_component(component=component, reason="No licence <b>", by=mo)
    assert waiting() == set()
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["birch@b.example", officer.person.email]
    assert "No licence" in Letter.objects.first().text
    page = client.get("/components/fresh/").content.decode()
    assert "Returned by the moderators on" in page
    assert "No licence &lt;b&gt;" in page
    write(component, {"licence": "MIT"})
    assert waiting() == {component}
    assert "Returned by the moderators" not in client.get("/components/fresh/").content.decode()


def test_change_of_what_stands_beside_it_counts_too(birch, mo):
    component = described(birch)
    return_component(component=component, reason="Nobody to ask", by=mo)
    write(component, {"contact_name": "Ann"})
    assert waiting() == {component}


def test_moderator_sees_what_changed_since(birch, mo, come):
    component = described(birch, slug="fresh", name="Fresh", licence="")
    return_component(component=component, reason="No licence", by=mo)
    write(component, {"licence": "MIT", "summary": "What it is for now"})
    refresh_search()
    page = come(mo.person).get("/moderation/components/fresh/").content.decode()
    assert "What changed since" in page
    assert "What it is for now" in page
    assert "returned it on" in page
    assert "Source code" not in page.split("What changed since")[1].split("Where it comes from")[0]
    come(mo.person).post("/moderation/components/fresh/", {"choice": "yes"})
    assert [one.outcome for one in Look.objects.order_by("pk")] == ["returned", "seen"]
    assert Look.objects.current().count() == 1


def test_page_shows_all_that_is_new_where_it_comes_from_and_what_is_like_it(
    birch, mo, come, django_assert_max_num_queries
):
    twin = factories.component(slug="twin", name="Bin days", summary="Tells people the days of their bins")
    described(birch, slug="fresh", name="Bin days", summary="Tells people the days of their bins")
    refresh_search()
    client = come(mo.person)
    with django_assert_max_num_queries(25):
        page = client.get("/moderation/components/fresh/").content.decode()
    assert "What it says" in page
    assert "Described a component" in page
    assert "https://git.example/x" in page
    assert 'href="/components/twin/"' in page
    to = client.post("/moderation/components/fresh/pair/twin/", follow=True)
    assert "A moderator says so" in to.content.decode()
    assert Pair.objects.get().second in (twin, Component.objects.get(slug="fresh"))
    assert client.get("/moderation/components/twin/").status_code == 302  # nothing to look at


def test_one_row_sees_all_that_a_body_added(birch, mo, come):
    for _ in range(3):
        described(birch)
        harvested(birch)
    other = described(factories.organisation())
    client = come(mo.person)
    client.post("/moderation/organisations/birch/seen/")
    assert waiting() == {other}
    assert (SeenThrough.objects.count(), Look.objects.count()) == (1, 0)
    after = described(birch)
    assert waiting() == {other, after}
    see_components(organisation=birch, by=mo)
    assert waiting() == {other}
    assert SeenThrough.objects.count() == 1


def test_only_moderators_look(birch):
    component = described(birch)
    owner = acting(factories.membership(organisation=birch, role=Role.OWNER))
    for by in (ANYBODY, owner):
        with pytest.raises(Refused, match="Only a moderator"):
            see_component(component=component, by=by)
        with pytest.raises(Refused, match="Only a moderator"):
            see_components(organisation=birch, by=by)
    Component.objects.update(lifecycle="draft")
    with pytest.raises(Refused, match="a draft"):
        see_component(component=component, by=COMMAND_LINE)


def test_stewards_have_it_to_do(birch, mo, come):
    component = described(birch)
    owner = factories.membership(organisation=birch, role=Role.OWNER)
    return_component(component=component, reason="No licence", by=mo)
    client = come(owner.person)
    assert "1 component of ours was returned by the moderators" in client.get("/workspace/birch/").content.decode()


def test_current_look_stands_once(birch, mo):
    component = described(birch)
    look = see_component(component=component, by=mo)
    with refused_by("look_current_once"), transaction.atomic():
        Look.objects.create(component=component, outcome="seen", looked_in=look.looked_in)
    with refused_by("look_returned_with_a_reason"), transaction.atomic():
        Look.objects.update(outcome="returned")


def test_somebody_else_who_looks_is_named(birch, mo, come):
    described(birch, slug="fresh")
    refresh_search()
    come(moderator("Nell").person).get("/moderation/components/fresh/")
    refused = come(mo.person).post("/moderation/components/fresh/", {"choice": "yes"})
    assert "Nell is looking at this" in refused.content.decode()
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=31), tick=True):
        come(mo.person).post("/moderation/components/fresh/", {"choice": "yes"})
    assert waiting() == set()
