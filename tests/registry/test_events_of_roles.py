"""Writes of panels, stewards and people who publish: each makes exactly one event too."""

from io import BytesIO

import pytest

from registry.actions.imports import receive_import, work_due
from registry.models import Act, Declaration, Event, Exemption, QuarterlyReader, Role
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.public_value.test_publishing import ann, edition, op, world  # noqa: F401  (fixtures)
from tests.registry.moderation.conftest import come  # noqa: F401
from tests.registry.moderation.test_exemptions import World as Panels
from tests.registry.written import one_event, watched

pytestmark = pytest.mark.django_db


def test_sitting_on_a_panel(come):  # noqa: F811
    panels = Panels()
    made = panels.ask()
    peer, page = panels.of_kind("peer"), made.get_absolute_url()
    client = come(factories.membership(organisation=peer, role=Role.EDITOR).person)
    sit = {"body": peer.slug, "as": "peer"}

    assert one_event(client, f"{page}sit/", sit) == Act.TAKE_SEAT
    number = made.seats.get().number
    assert one_event(client, f"{page}seats/{number}/leave/") == Act.LEAVE_SEAT
    one_event(client, f"{page}sit/", sit)
    assert one_event(client, f"{page}vote/", {"choice": "yes", "reason": "The law says so"}) == Act.VOTE_ON_EXEMPTION
    assert Exemption.objects.get().outcome == ""


def test_asking_to_publish_and_agreeing(edition, op, ann, come):  # noqa: F811
    page = f"/moderation/editions/{edition.pk}/"
    assert one_event(come(op.person), page, {"act": "ask"}) == Act.ASK_TO_PUBLISH
    assert one_event(come(ann.person), page, {"act": "agree"}) == Act.PUBLISH_EDITION


def test_applying_an_import(come):  # noqa: F811
    """Whoever asks for it is named by the worker's event, which is of the same transaction as the statements."""
    owner = factories.membership()
    factories.function(slug="bookings")
    sent = receive_import(
        organisation=owner.organisation, file=BytesIO(b"function,system\nbookings,Emberfold\n"), name="a.csv",
        by=COMMAND_LINE,
    ).imported  # fmt: skip
    work_due()
    address = f"/workspace/{owner.organisation.slug}/import/{sent.pk}/apply/"
    with watched() as wished:
        assert come(owner.person).post(address).status_code == 302
    with watched() as applied:
        work_due()

    assert wished.events == 0
    assert applied.events == 1
    event = Event.objects.latest("id")
    assert (event.act, event.by) == (Act.IMPORT_PORTFOLIO, owner.person)
    assert Declaration.objects.get().recorded_in == event  # written by COPY, which nobody watches
    assert set(applied.at["registry_event"]) <= set(applied.at["registry_import"])


def test_stopping_the_letter_of_the_quarter_and_resuming(client):
    reader = QuarterlyReader.objects.create(person=factories.person())
    assert one_event(client, f"/quarterly/{reader.pk}/stop/") == Act.STOP_QUARTERLY
    assert one_event(client, f"/quarterly/{reader.pk}/resume/") == Act.RESUME_QUARTERLY
