"""Export, load into an empty registry, export: the same bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from catalogue.models import Component
from commons.exceptions import Refused
from public_value.pack import EVERY_SHEET
from registry.models import Declaration, Organisation, Withheld
from registry.pack.exporting import export_pack
from registry.pack.loading import load_pack
from registry.pack.sheet import among
from tests import factories
from tests.public_value.worlds import worlds, write_pack

ROOT = Path(__file__).resolve().parents[3]
UK_PACK = ROOT.parent / "shared" / "data" / "uk-pack"

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def empty() -> None:
    tables = {sheet.table for sheet in EVERY_SHEET} | {link.table for sheet in EVERY_SHEET for link in sheet.links}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # events may go
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET LOCAL session_replication_role = origin")


def assert_round_trip(folder: Path, tmp_path: Path) -> dict[str, bytes]:
    first = exported_after_loading(folder, tmp_path / "first")
    empty()
    assert exported_after_loading(tmp_path / "first", tmp_path / "second") == first
    return first


def exported_after_loading(folder: Path, to: Path) -> dict[str, bytes]:
    load = load_pack(folder, sheets=EVERY_SHEET)
    assert [str(refusal) for file in load.files for refusal in file.refusals.first] == []
    export_pack(to, sheets=EVERY_SHEET)
    return {str(path.relative_to(to)): path.read_bytes() for path in to.rglob("*") if path.is_file()}


def test_small_pack_comes_back_as_it_went(pack, tmp_path):
    first = assert_round_trip(pack.folder, tmp_path)
    assert set(first) == {*among(EVERY_SHEET), "spend/2026/january.csv"}
    assert first["spend/2026/january.csv"] == b"Supplier;Amount\r\n\xa3;1\r\n"
    assert first["adoptions.csv"].decode() == (
        "organisation,function,component,stage,coverage,transactions,annual_cost,price_fy,since,confirmed,evidence,"
        "published,source_url\n"
        "ash,bins,bin-days,live,0.5,250,1000.1,2025-26,2024-01-01,2026-01-01,E1,1,https://a.example/\n"
        "birch,bins,bin-days,planned,,,,,,,,,\n"
    )
    assert first["pack.toml"] == (pack.folder / "pack.toml").read_bytes()


def test_demo_pack_comes_back_as_it_went(tmp_path):
    assert_round_trip(ROOT / "demo", tmp_path)


@pytest.mark.skipif(not UK_PACK.is_dir(), reason="the folder of real data is not here")
def test_uk_pack_comes_back_as_it_went(tmp_path):
    assert_round_trip(UK_PACK, tmp_path)


@given(worlds(most_organisations=5, most_functions=4))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_worlds_come_back_as_they_went(world):
    with TemporaryDirectory() as folder:
        write_pack(world, Path(folder) / "world")
        empty()
        assert_round_trip(Path(folder) / "world", Path(folder))


def test_export_holds_what_is_said_now(pack, exported):
    pack.load()
    pack.swap("adoptions.csv", "planned", "pilot").load()
    assert b"planned" not in exported()["adoptions.csv"]


def test_export_leaves_out_files_without_rows(exported):
    factories.organisation(slug="ash", name="Ash", type="")
    assert exported() == {
        "pack.toml": b'title = ""\ncountry = ""\ncurrency = ""\nlicence = ""\nbenchmark_edition = ""\n'
        b'base_financial_year = ""\n',
        "organisations.csv": b"organisation,name,type,peer_group,affiliation_group,parent,start,end,successors,"
        b"identifiers,aliases,nation,region,homepage,latitude,longitude,driver\nash,Ash,,,,,,,,,,,,,,,\n",
    }


def test_export_writes_numbers_plainly(exported):
    function, organisation = factories.function(slug="bins"), factories.organisation(slug="ash")
    factories.duplicate(
        function=function, organisation=organisation, system="S", annual_cost="1E+3", transactions=1e22, coverage=1e-7
    )
    assert b"ash,bins,S,,0.0000001,10000000000000000000000,1000," in exported()["duplicates.csv"]


def test_export_tidies_texts_as_a_load_would(pack, exported, tmp_path):
    pack.load()
    Component.objects.filter(slug="bin-days").update(description="  One\r\ntwo\rthree \n", summary=" ")
    first = exported("first")
    load = load_pack(tmp_path / "first", sheets=EVERY_SHEET)
    assert load.refused == 0
    assert exported("second") == first


def test_export_refuses_a_folder_that_is_not_empty(pack, exported, tmp_path):
    pack.load()
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match=r"is not empty\. Name an empty folder, or add --force"):
        exported()
    assert (tmp_path / "export" / "notes.txt").read_text() == "mine"
    assert {"notes.txt", "functions.csv"} <= set(exported(force=True))


def test_forced_export_removes_files_that_have_no_rows_now(pack, exported, tmp_path):
    pack.load()
    exported()
    with transaction.atomic():
        empty()
        Organisation.objects.create(slug="ash", name="Ash")
        assert set(exported(force=True)) >= {"pack.toml", "organisations.csv"}
        assert not (tmp_path / "export" / "functions.csv").exists()


def test_export_refuses_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        export_pack(tmp_path / "file" / "pack", sheets=EVERY_SHEET)


def test_rare_column_is_written_where_somebody_states_it(pack, exported, tmp_path):
    pack.load()
    assert b"why" not in exported("without")["duplicates.csv"].splitlines()[0]

    pack.swap("duplicates.csv", "evidence,reason", "evidence,why").swap("duplicates.csv", "E2,Law", "E2,contract")
    first = assert_round_trip(pack.folder, tmp_path)

    assert b",contract," in first["duplicates.csv"]
    assert Declaration.objects.get(system="Own tool", superseded_in=None).why == "contract"


def test_what_is_kept_back_is_in_no_pack(pack, exported):
    pack.load()
    said = Declaration.objects.get(system="Own tool")
    Declaration.objects.filter(pk=said.pk).update(contact="Ms Hush")
    Withheld.objects.create(declaration=said, field="supplier", shown_to="own", text="Hush Ltd")

    assert not any(b"Hush" in content for content in exported().values())
