import pytest

from catalogue.models import Component
from registry.models import Organisation
from registry.pack.loading import PackRefused

pytestmark = pytest.mark.django_db


def refused(pack) -> list[str]:
    with pytest.raises(PackRefused) as raised:
        pack.load()
    assert Organisation.objects.count() == 0
    return [str(refusal) for refusal in raised.value.refusals] or [str(raised.value)]


def test_folder_without_manifest_is_no_pack(pack):
    (pack.folder / "pack.toml").unlink()
    assert refused(pack) == [
        f"There is no pack.toml in {pack.folder}: a pack is a folder with pack.toml and CSV files. Name such a folder."
    ]


def test_file_must_be_utf8(pack):
    pack.write("functions.csv", "function,name,kind\nwaste,Caf\xe9,service\n".encode("latin-1"))
    assert refused(pack) == ["functions.csv, line 2: The file is not UTF-8 text. Save it again as “CSV UTF-8”."]


def test_file_must_not_end_within_a_character(pack):
    pack.write("functions.csv", b"function,name,kind\nwaste,Caf\xc3")
    assert refused(pack) == [
        "functions.csv, line 2: The file is not UTF-8 text: it ends in the middle of a character. "
        "Save it again as “CSV UTF-8”."
    ]


def test_file_must_not_hold_nul(pack):
    pack.write("functions.csv", "function,name,kind\nwaste,W\0,service\n")
    assert refused(pack) == [
        "functions.csv, line 2: The file holds a NUL byte, so it is not text. Save it again as CSV."
    ]


def test_byte_order_mark_is_tolerated(pack):
    for file in ("functions.csv", "pack.toml"):
        pack.write(file, b"\xef\xbb\xbf" + (pack.folder / file).read_bytes())
    assert pack.refusals() == []


def test_unknown_column_is_named_with_the_nearest(pack):
    pack.swap("functions.csv", "evolution", "evolutoin")
    assert refused(pack) == [
        'functions.csv, line 1, evolutoin "evolutoin": There is no column "evolutoin". Did you mean "evolution"? '
        "The columns are: function, parent, name, kind, evolution, codes."
    ]


def test_missing_column_is_named(pack):
    pack.write("relations.csv", "component,relation\n")
    assert refused(pack) == [
        'relations.csv, line 1, other "other": The column "other" is missing. Add it: a row cannot be taken without it.'
    ]


def test_repeated_column_is_named(pack):
    pack.write("relations.csv", "component,relation,other,other\n")
    assert refused(pack) == [
        'relations.csv, line 1, other "other": The column "other" is there twice. Keep one of the two.'
    ]


def test_missing_header_is_named(pack):
    pack.write("relations.csv", "")
    assert refused(pack) == ["relations.csv, line 1: The header row is missing. Begin with: component,relation,other."]


def test_all_that_is_wrong_is_said_at_once(pack):
    pack.write("relations.csv", "component\n").write("volumes.csv", "organisation,funktion\n")
    assert len(refused(pack)) == 4


def test_ragged_row_is_refused_with_its_line(pack):
    rows = pack.refused("relations.csv", "bin-days,requires")
    assert rows == [
        "relations.csv, line 3: The row has 2 values, and the header 3. "
        "Give one value for each column, and put a value that holds a comma in quotation marks."
    ]


def test_lines_are_counted_through_newlines_in_values(pack):
    pack.write("components.csv", 'component,name,kind,summary\na,A,service,"one\ntwo\r\nthree"\n\nb,B,servce,\n')
    assert [refusal.split(":")[0] for refusal in pack.only("components.csv").refusals()] == [
        'components.csv, line 6, kind "servce"'
    ]


def test_quotation_marks_must_pair(pack):
    pack.only().write("functions.csv", 'function,name,kind\na,"A"B,service\nb,B,service\n')
    assert pack.refusals() == [
        "functions.csv, line 2: The quotation marks in this row do not pair up. "
        'Put the value in quotation marks, and double those inside it: "a ""b"" c".'
    ]
    assert pack.load().files[1].counts == {"read": 2, "new": 0, "changed": 0, "unchanged": 1, "refused": 1}


def test_open_quotation_mark_does_not_swallow_the_rest_silently(pack):
    pack.only().write("functions.csv", 'function,name,kind\na,"A,service\nb,B,service\n')
    load = pack.load()
    assert [refusal.line for refusal in load.files[1].refusals.first] == [2]


def test_value_larger_than_the_limit_is_refused(pack):
    pack.only().write(
        "functions.csv", "function,name,kind\na,A,service\nb," + "B" * 1_000_001 + ",service\nc,C,service\n"
    )
    assert pack.refusals() == [
        "functions.csv, line 3: A value has more than 1,000,000 characters: a quotation mark may not be closed. "
        "Close it, or shorten the value."
    ]


def test_long_and_multiline_values_are_kept(pack):
    text = "One line.\nAnother, with “quotes” and émigrés.\n" * 5_000
    pack.only().write("components.csv", f'component,name,kind,description\na,A,service,"{text}"\n')
    assert pack.refusals() == []
    assert Component.objects.get().description == text.strip()


def test_strangers_in_the_folder_are_named(pack):
    pack.write("organizations.csv", "x\n").write("README.md", "x").write("notes.csv", "x\n")
    assert pack.load().left_out == [
        "notes.csv is not a file of a pack and is left out.",
        'organizations.csv is not a file of a pack and is left out. Did you mean "organisations.csv"?',
    ]
