"""What was done to an edition, and by whom, for everybody to read."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection

from public_value.actions import comment_on_edition, compute_edition, correct_edition, open_reply, publish_edition
from public_value.history import of_edition
from registry.models import Organisation, Role
from tests import factories
from tests.public_value.published import publish, published
from tests.public_value.test_evidence import SNAPSHOT, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
HISTORY = "/public-value/editions/2026Q3/history/"


def table(client) -> list[dict]:
    text = b"".join(client.get(HISTORY, {"format": "csv"}).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_history_leads_from_the_computation_to_the_publication(client, world, time_machine):
    made = compute_edition(
        label="2026Q3",
        snapshot_date=SNAPSHOT,
        draws=5_000,
        by=factories.membership(organisation=None, role=Role.ANALYST, person=factories.person(name="Ann Lyst")).person,
    )
    factories.event(act="compute_edition", detail={"label": "2026Q4", "revision": 1})
    publish(made)
    rows = table(client)
    assert [row["act"] for row in rows] == ["publish_edition", "open_reply", "compute_edition"]
    assert rows[-1]["who"] == "Analyst of the registry"
    assert "SHA-256 of the open data: " in rows[0]["after"]
    page = client.get(HISTORY).content.decode()
    assert "Ann Lyst" not in page
    assert "Computed an edition of the index" in page
    assert HISTORY in client.get("/public-value/2026Q3/").content.decode()


def test_comment_names_the_body_and_the_role(client, world):
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=100)
    open_reply(edition=edition, until=edition.computed_at.date() + timedelta(days=40))
    body = Organisation.objects.filter(scores__edition=edition).first()
    comment_on_edition(edition=edition, organisation=body, text="It leaves out our depot.", by=None, disputed=True)
    newest = table(client)[0]
    assert (newest["act"], newest["organisation"]) == ("comment_on_edition", body.slug)
    assert "Disputed: yes" in newest["after"]


def test_correction_is_told_once_it_is_published(client, world):
    first = published()
    correction = correct_edition(edition=first, erratum="A price was wrong.")
    assert "correct_edition" not in {row["act"] for row in table(client)}
    publish_edition(edition=correction)
    acts = {row["act"]: row for row in table(client)}
    assert "What was wrong: A price was wrong." in acts["correct_edition"]["after"]
    assert "Revision: 2" in acts["correct_edition"]["after"]
    assert "compute_edition" in acts


def test_unknown_edition_has_none_and_other_letters_lead_to_the_one_address(client, world):
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=100)
    assert client.get("/public-value/editions/2025Q1/history/").status_code == 404
    assert client.get("/public-value/editions/2026q3/history/")["Location"] == HISTORY


def test_acts_are_found_by_an_index(world):
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=100)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "event_by_edition" in of_edition(edition).events.order_by("-at", "-pk").explain()
