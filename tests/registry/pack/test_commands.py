from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import SearchEntry
from registry.models import Organisation

pytestmark = pytest.mark.django_db


def run(command: str, *arguments, **options) -> tuple[list[str], list[str]]:
    out, err = StringIO(), StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=err, no_color=True, **options)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


def test_load_pack_prints_a_summary_that_adds_up(pack):
    rows = [line.split() for line in run("load_pack", pack.folder)[0]]
    assert rows[0] == ["read", "new", "changed", "unchanged", "refused", "seconds"]
    sums = [sum(int(row[place]) for row in rows[1:-1]) for place in range(1, 6)]
    assert rows[-1][:6] == ["all", *map(str, sums)]


def test_load_pack_separates_thousands(pack):
    rows = "".join(f"body-{number},Body\n" for number in range(1500))
    pack.only().write("organisations.csv", "organisation,name\n" + rows)
    assert "1,500" in run("load_pack", pack.folder)[0][2]


def test_load_pack_prints_twenty_refusals_and_says_how_many_more(pack):
    rows = "".join(f"oak-{number},bins\n" for number in range(25))
    pack.write("volumes.csv", "organisation,function\n" + rows)
    refusals = run("load_pack", pack.folder)[1]
    assert len(refusals) == 21
    assert refusals[-1] == "  and 5 more: write them all into a file with --report FILE.csv."


def test_load_pack_prints_what_vanished(pack):
    run("load_pack", pack.folder)
    pack.only().write("organisations.csv", "organisation,name\n")
    pack.write("pack.toml", 'title = "Another"\n[peer_groups.forest]\nlabel = "Forest"\n')
    printed = run("load_pack", pack.folder)[0]
    assert "  in the registry but not in this file: 2 (ash; birch)" in printed
    assert "  in the registry but not in [peer_groups] of this file: 2 (district; tier)" in printed


def test_dry_run_says_that_nothing_is_kept(pack):
    assert run("load_pack", pack.folder, dry_run=True)[0][-1] == "This was a dry run: nothing is kept."
    assert Organisation.objects.count() == 0


def test_strict_load_ends_in_an_error(pack):
    pack.add("volumes.csv", "oak,bins,1,")
    with pytest.raises(CommandError, match="Nothing is kept, as --strict asks: 1 rows were refused"):
        run("load_pack", pack.folder, strict=True)
    assert Organisation.objects.count() == 0


def test_pack_that_cannot_load_ends_in_an_error(pack):
    pack.write("volumes.csv", "organisation,funktion\n")
    with pytest.raises(CommandError, match=r'There is no column "funktion"\. Did you mean "function"\?'):
        run("load_pack", pack.folder)


def test_report_that_cannot_be_written_is_a_sentence(pack, tmp_path):
    with pytest.raises(CommandError, match="The report cannot be written"):
        run("load_pack", pack.folder, report=tmp_path)


def test_load_pack_makes_components_searchable(pack):
    run("load_pack", pack.folder)
    assert SearchEntry.objects.count() == 2


def test_export_pack_prints_rows_by_file(pack, tmp_path):
    run("load_pack", pack.folder)
    printed = run("export_pack", tmp_path / "export")[0]
    assert ["organisations.csv", "2"] in [line.split() for line in printed]
    with pytest.raises(CommandError, match="is not empty"):
        run("export_pack", tmp_path / "export")
