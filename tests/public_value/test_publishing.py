"""Publishing an edition takes two people; on the registry's machine a command does it, and says who agreed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from commons.exceptions import Refused
from public_value.actions import PUBLISHED_DRAWS, compute_edition, open_reply, publish_edition
from public_value.actions.publishing import ask_to_publish, second_publication, waiting
from public_value.models import Edition, Publishing
from registry.models import Act, Event, Role
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, world
from tests.registry.moderation.conftest import acting, come, moderator

__all__ = ["come", "world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world):
    """One that could be published tomorrow; time is there already."""
    made = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=PUBLISHED_DRAWS)
    open_reply(edition=made, until=timezone.localdate())
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        yield Edition.objects.get(pk=made.pk)


@pytest.fixture
def op():
    return acting(moderator("Op", Role.OPERATOR))


@pytest.fixture
def ann():
    return acting(moderator("Ann", Role.ANALYST))


def test_one_asks_and_another_agrees(edition, op, ann):
    asked = ask_to_publish(edition=edition, by=op)
    assert (asked.asked_in.act, asked.asked_in.by) == (Act.ASK_TO_PUBLISH, op.person)
    with pytest.raises(Refused, match="asked to publish 2026Q3 already"):
        ask_to_publish(edition=edition, by=acting(moderator("Pim", Role.OPERATOR)))
    with pytest.raises(Refused, match="You asked for this"):
        second_publication(edition=edition, by=op)
    second_publication(edition=edition, by=ann)
    edition.refresh_from_db()
    assert edition.state == "published"
    event = Event.objects.get(act=Act.PUBLISH_EDITION)
    assert (event.by, event.detail["asked_in"]) == (ann.person, asked.asked_in_id)
    with pytest.raises(Refused, match="Nobody has asked"):
        second_publication(edition=edition, by=ann)


def test_nobody_publishes_alone(edition, op, ann):
    with pytest.raises(Refused, match="another person has to agree"):
        publish_edition(edition=edition, by=op.person)
    with pytest.raises(Refused, match="Nobody has asked"):
        second_publication(edition=edition, by=ann)


def test_who_computed_it_does_not_agree(edition, op, ann):
    Event.objects.create(act=Act.COMPUTE_EDITION, by=ann.person, detail={"label": "2026Q3", "revision": 1})
    ask_to_publish(edition=edition, by=op)
    with pytest.raises(Refused, match="or computed it"):
        second_publication(edition=edition, by=ann)


def test_what_is_computed_anew_is_asked_for_anew(edition, op, ann):
    ask_to_publish(edition=edition, by=op)
    Edition.objects.filter(pk=edition.pk).update(computed_at=timezone.now())
    edition.refresh_from_db()
    assert waiting(edition) is None
    with pytest.raises(Refused, match="as it is computed now"):
        second_publication(edition=edition, by=ann)
    ask_to_publish(edition=edition, by=op)
    second_publication(edition=edition, by=ann)


def test_what_cannot_be_published_is_not_asked_for(edition, op):
    Edition.objects.filter(pk=edition.pk).update(draws=10)
    with pytest.raises(Refused, match="with 10 draws"):
        ask_to_publish(edition=edition, by=op)
    assert not Publishing.objects.exists()


def test_who_may_ask_and_agree(edition, op, ann):
    owner = acting(factories.membership(role=Role.OWNER))
    for by in (ann, owner, ANYBODY, COMMAND_LINE):
        with pytest.raises(Refused, match="Only an operator asks"):
            ask_to_publish(edition=edition, by=by)
    ask_to_publish(edition=edition, by=op)
    for by in (owner, ANYBODY, COMMAND_LINE):
        with pytest.raises(Refused, match="Only an analyst"):
            second_publication(edition=edition, by=by)
    second_publication(edition=edition, by=acting(moderator("Mo")))


def test_command_publishes_and_says_who_agreed(edition):
    call_command("publish_edition", "2026Q3", "--seconded-by", " Ann  Fen ")
    assert Event.objects.get(act=Act.PUBLISH_EDITION).detail["seconded_by"] == "Ann Fen"


def test_pages_ask_and_agree(edition, op, ann, come, django_assert_max_num_queries):
    address = f"/moderation/editions/{edition.pk}/"
    client = come(op.person)
    with django_assert_max_num_queries(8):
        assert "2026Q3" in client.get("/moderation/editions/").content.decode()
    assert "Ask to publish it" in client.get(address).content.decode()
    assert "Another person has to agree" in client.post(address, {"act": "ask"}, follow=True).content.decode()
    assert "Agree, and publish it" not in client.get(address).content.decode()
    assert "You asked for this" in client.post(address, {"act": "agree"}, follow=True).content.decode()
    client = come(ann.person)
    assert f'href="{address}"' in client.get("/moderation/editions/").content.decode()
    assert 'href="/moderation/editions/"' in client.get("/workspace/").content.decode()
    with django_assert_max_num_queries(9):
        page = client.get(address).content.decode()
    assert "Op asked on" in page
    assert "You are looking at this until" in page
    done = client.post(address, {"act": "agree"}, follow=True)
    assert done.request["PATH_INFO"] == "/public-value/2026Q3/"
    assert "It is published" in client.get(address).content.decode()
    assert "All editions that are calculated are published" in client.get("/moderation/editions/").content.decode()
