"""The open data of an edition, as they are handed out."""

import pytest

from public_value.actions import compute_edition
from tests.public_value.published import published
from tests.public_value.test_evidence import SNAPSHOT, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def test_published_bundle_is_served_with_its_hash_and_length(world, client) -> None:  # noqa: F811
    edition = published()
    answer = client.get("/public-value/2026Q3/revisions/1/bundle.zip")
    assert answer.status_code == 200
    assert answer.content == bytes(edition.bundle.content)
    assert answer.headers["ETag"] == f'"{edition.bundle.sha256}"'
    assert answer.headers["Content-Length"] == str(edition.bundle.size)
    assert answer.headers["Content-Type"] == "application/zip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(answer.request["PATH_INFO"], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_address_without_a_revision_gives_the_newest_and_asks_each_time(world, client) -> None:  # noqa: F811
    edition = published()
    answer = client.get("/public-value/2026Q3/bundle.zip")
    assert (answer.content, answer.headers["Cache-Control"]) == (bytes(edition.bundle.content), "no-cache")


def test_head_of_a_bundle_reads_no_bundle(world, client) -> None:  # noqa: F811
    edition = published()
    answer = client.head("/public-value/2026Q3/bundle.zip")
    assert (answer.content, answer.headers["Content-Length"]) == (b"", str(edition.bundle.size))


def test_edition_that_is_not_published_has_no_bundle(world, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert client.get("/public-value/2026Q3/bundle.zip").status_code == 404
    assert client.get("/public-value/2026Q3/revisions/1/bundle.zip").status_code == 404


def test_bundle_is_linked_from_the_edition_and_from_the_data_and_named_in_the_api(world, client) -> None:  # noqa: F811
    edition = published()
    address = "/public-value/2026Q3/revisions/1/bundle.zip"
    assert address in client.get("/public-value/2026Q3/").content.decode()
    assert address in client.get("/data/").content.decode()
    found = client.get("/api/v1/editions/2026Q3").json()
    assert (found["bundle_sha256"], found["bundle"]) == (edition.bundle.sha256, address)
