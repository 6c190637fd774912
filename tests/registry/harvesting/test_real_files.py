"""Real files of others, through a server on loopback: what is found and refused, and that again changes nothing."""

import csv
import json
from collections import Counter
from urllib.parse import quote

import pytest

from catalogue.models import Component
from catalogue.readers import publiccode
from catalogue.readers.formats import read_bytes
from registry.actions.harvests import harvest_due
from registry.models import Event, HarvestLine, Identifier, Outcome, SourceKind, StatedUse
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.harvesting.conftest import counts, offer, read, source_at
from tests.shared import REAL_FILES
from tests.sites import said

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL_FILES.exists(), reason="The real files are not beside this clone"),
]


def second_time_changes_nothing(source, expected: dict[str, int]) -> None:
    before = list(Component.objects.order_by("pk").values()), Event.objects.count()
    assert counts(read(source)) == expected
    assert (list(Component.objects.order_by("pk").values()), Event.objects.count()) == before


def test_files_of_repositories(shop):
    files = sorted((REAL_FILES / "publiccode").iterdir())
    valid = {}
    for number, file in enumerate(files):
        path = f"/{number}/{quote(file.name)}"
        offer(shop, path, content=file.read_bytes())
        source = source_at(shop, path)
        valid[source.address] = read_bytes(file.read_bytes(), file.name).reading.is_valid
    outcomes = {}
    harvest_due(by=COMMAND_LINE, tell=lambda done: outcomes.update({done.source.address: counts(done)}))
    assert outcomes == {address: {"new": 1} if good else {"refused": 1} for address, good in valid.items()}
    assert (len(files), sum(valid.values())) == (24, 14)
    assert Component.objects.count() == 13  # two of them, the standard's own examples, name the same repository


def test_page_of_italy_s_catalogue(shop):
    page = REAL_FILES / "catalogues" / "developers_italia_page1.json"
    found = json.loads(page.read_text())
    trieste = factories.organisation(name="Comune di Trieste")
    salerno = factories.organisation(name="Città di Salerno", aliases=["Comune di Salerno"])
    Identifier.objects.create(organisation=salerno, scheme="urn:x-italian-pa", code="c_h703")
    shop.answers["/v1/software?page%5Bsize%5D=50"] = said(json.dumps(found).encode())
    second = found | {"data": [], "links": {"prev": None, "next": None}}
    (cursor,) = [found["links"]["next"].removeprefix("?")]
    shop.answers[f"/v1/software?{cursor}&page%5Bsize%5D=50"] = said(json.dumps(second).encode())
    source = source_at(shop, "/v1", SourceKind.OPEN_CATALOGUE)
    done = read(source)
    valid = Counter(publiccode.read(one["publiccodeYml"]).is_valid for one in found["data"])
    assert counts(done) == {"new": valid[True], "refused": valid[False]}
    assert valid == {True: 22, False: 3}
    meant = StatedUse.objects.filter(organisation__isnull=False)
    assert {use.organisation for use in meant} <= {trieste, salerno}
    assert not trieste.declarations.exists()
    assert {use.organisation for use in meant} >= {trieste}
    second_time_changes_nothing(source, {"unchanged": valid[True], "refused": valid[False]})


def test_catalogue_of_the_united_kingdom_s_apis(shop):
    file = REAL_FILES / "catalogues" / "catalogue.csv"
    rows = list(csv.DictReader(file.read_text().splitlines(keepends=True)))
    offer(shop, "/catalogue.csv", content=file.read_bytes(), etag='"1"')
    source = source_at(shop, "/catalogue.csv", SourceKind.API_CATALOGUE)
    found = counts(read(source))
    assert sum(found.values()) == len(rows) == 231
    assert found["new"] == Component.objects.count()
    for line in HarvestLine.objects.filter(outcome=Outcome.REFUSED):
        assert line.message
    again = {"unchanged": found["new"]} | ({"refused": found["refused"]} if "refused" in found else {})
    second_time_changes_nothing(source, again)  # it says that it has not changed
    offer(shop, "/catalogue.csv", content=file.read_bytes())
    second_time_changes_nothing(source, again)  # it is sent again


def test_records_of_the_united_kingdom_s_metadata_model(shop):
    files = sorted((REAL_FILES / "catalogues" / "uk-metadata-model" / "data").rglob("*.yaml"))
    for number, file in enumerate(files):
        offer(shop, f"/{number}/{quote(file.name)}", content=file.read_bytes())
        source_at(shop, f"/{number}/{quote(file.name)}")
    read_well = []
    harvest_due(by=COMMAND_LINE, tell=lambda done: read_well.append(not done.source.failing_since))
    assert len(read_well) == len(files)
    assert any(read_well)
    assert not all(read_well)  # some are faulty on purpose
