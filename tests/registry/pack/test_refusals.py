# ruff: noqa: E501 - whole sentences
"""Every kind of row that is refused, with the place, the value, the problem and the remedy."""

import csv

import pytest

from registry.models import Declaration, Identifier, Organisation

pytestmark = pytest.mark.django_db

NUMBER = "Write a plain decimal such as 1234.5: no thousands separator, currency sign, percent sign or exponent."

ADDED = [
    ("relations.csv", "bin-days,needs,bin-days-2", 'line 3, relation "needs": This is none of the known values. '
     "Use one of: requires, works_with, alternative_to, based_on, replaces, conflicts_with."),
    ("relations.csv", "bin-days,requires,bin-dayz", 'line 3, other "bin-dayz": There is no component "bin-dayz" in '
     'components.csv or the registry. Did you mean "bin-days"? Add it there, or mend the key.'),
    ("relations.csv", "bin-days,requires,", 'line 3, other "": The value is missing. '
     "Give one: a row cannot be taken without it."),
    ("relations.csv", "bin-days,requires,bin-days", 'line 3, other "bin-days": A component cannot stand in a relation '
     "to itself. Name another component, or remove the row."),
    ("relations.csv", "bin-days,alternative_to,bin-days-2", 'line 3, component, relation, other '
     '"bin-days, alternative_to, bin-days-2": Line 2 has the same key. Keep one of them.'),
    ("functions.csv", "Bins,,Bins,service,,", 'line 4, function "Bins": This cannot be a key. Use lower-case letters '
     "a to z, digits, hyphens and underscores, beginning with a letter or a digit."),
    ("functions.csv", "x,,X,service,,code", 'line 4, codes "code": "code" is not a code in a scheme. '
     "Write scheme:code, such as gss:E07000223."),
    ("functions.csv", "x,,=1+1,service,,", 'line 4, name "=1+1": The text starts with "=", which a spreadsheet would '
     "run as a formula. Begin it with a letter, a digit or a quotation mark."),
    ("functions.csv", "x,wast,X,service,,", 'line 4, parent "wast": There is no function "wast" in functions.csv or the '
     "registry. Add it there, or mend the key."),
    ("functions.csv", "x,x,X,service,,", 'line 4, parent "x": This makes a circle: x → x. Break it somewhere.'),
    ("organisations.csv", "oak,Oak,distrct,,,,,,,", 'line 4, peer_group "distrct": There is no peer group "distrct" in '
     'pack.toml or the registry. Did you mean "district"? Add it there, or mend the key.'),
    ("organisations.csv", "oak,Oak,,,2024-04-02,2024-04-01,,,,", 'line 4, end "2024-04-01": The body ends before it '
     "starts. Mend one of the two dates."),
    ("organisations.csv", "oak,Oak,,,1 April,,,,,", 'line 4, start "1 April": This is not a date. '
     "Write it as YYYY-MM-DD, such as 2026-03-31."),
    ("organisations.csv", "oak,Oak,,,,,,gss:2,,", 'line 4, identifiers "gss:2": "gss:2" is the identifier of "birch". '
     "Remove it here, or first remove it there."),
    ("organisations.csv", "oak,Oak,,,,,,,,-1", 'line 4, driver "-1": The number is not 0 or more. '
     "Give a number 0 or more, or leave it blank."),
    ("components.csv", "compare,X,service,,,,,,,", 'line 5, component "compare": This key is the address of another '
     "page. Choose another one, such as compare-2."),
    ("components.csv", "x,X,service,,,,ash,,,", 'line 5, stewards "ash": "ash" has no share. '
     "Write organisation=share, such as ash=1."),
    ("components.csv", "x,X,service,,,,ash=0.6;birch=0.5,,,", 'line 5, stewards "ash=0.6;birch=0.5": The shares are '
     "more than 1 together. Let them add up to 1 at most."),
    ("components.csv", "x,X,service,,,,ash=0.6;ash=0.1,,,", 'line 5, stewards "ash=0.6;ash=0.1": "ash" is named twice. '
     "Name each once, with its whole share."),
    ("components.csv", "x,X,service,,,,ash=0,,,", 'line 5, stewards "ash=0": The number is not greater than 0. '
     "Give a number greater than 0."),
    ("components.csv", "x,X,service,,,,,,yes,", 'line 5, open_licence "yes": This is neither yes nor no. '
     "Write 1 for yes, 0 for no, or leave it blank where it is not stated."),
    ("components.csv", "x,X,service,,,,,,,£5", f'line 5, fixed_fee "£5": This is not a plain number. {NUMBER}'),
    ("benchmarks.csv", "district,waste,1,1,2.5,", 'line 3, observations "2.5": This is not a whole number. '
     "Write digits only, such as 12."),
    ("volumes.csv", "ash,waste,-1,", 'line 3, transactions "-1": The number is not 0 or more. '
     "Give a number 0 or more, or leave it blank."),
    ("volumes.csv", "ash,waste,1,a.example", 'line 3, source_url "a.example": This is not a web address. '
     "Write it in full, beginning with https:// or http://."),
    ("accounts.csv", "ash,2025-27,1,1,", 'line 3, financial_year "2025-27": This is not a financial year. '
     "Write it as 2025-26, for the one that begins in 2025."),
    ("adoptions.csv", "ash,waste,bin-days,live,1.5,,,,,,,,", 'line 4, coverage "1.5": The number is not from 0 to 1. '
     "Give a number from 0 to 1, or leave it blank."),
    ("adoptions.csv", 'ash,waste,bin-days,live,,,"1,000",,,,,,', f'line 4, annual_cost "1,000": This is not a plain '
     f"number. {NUMBER}"),
    ("adoptions.csv", "ash,waste,bin-days,,,,,,,,,,", 'line 4, stage "": The value is missing. '
     "Give one: a row cannot be taken without it."),
    ("adoptions.csv", "ash,waste,bin-days,live,,,,,,,E4,,", 'line 4, evidence "E4": This is none of the known values. '
     'Use one of: E0, E1, E2, E3.'),
    ("duplicates.csv", "ash,bins,,,,,,,", 'line 3, system "": The value is missing. '
     "Give one: a row cannot be taken without it."),
    ("duplicates.csv", "ash,bins,Tool,,,,40000,,", 'line 3, contract_slips "40000": The number is not from 0 to 32767. '
     "Give a number from 0 to 32767, or leave it blank."),
    ("answers.csv", "ash,bins,no,,", 'line 3, answer "no": This is none of the known values. '
     "Use one of: not_responsible, not_sure."),
    ("payments.csv", "ash,P1,,,,8,,", 'line 4, organisation, reference, line "ash, P1, ": Line 3 has the same key. '
     "Keep one of them."),
    ("spend.csv", "ash,../pack.toml,,", 'line 3, file "../pack.toml": The path leaves the pack\'s spend folder. '
     "Write a path below it, such as 2026/april.csv, to a file that is no link."),
    ("spend.csv", "ash,/etc/passwd,,", 'line 3, file "/etc/passwd": The path leaves the pack\'s spend folder. '
     "Write a path below it, such as 2026/april.csv, to a file that is no link."),
    ("spend.csv", "ash,2026/may.csv,,", 'line 3, file "2026/may.csv": There is no file spend/2026/may.csv in the pack. '
     "Put it there, or mend the path."),
]  # fmt: skip


@pytest.mark.parametrize(("file", "row", "sentence"), ADDED, ids=[f"{file}: {row}" for file, row, _ in ADDED])
def test_row_is_refused_with_place_and_remedy(pack, file, row, sentence):
    assert pack.refused(file, row) == [f"{file}, {sentence}"]


def of_bodies(pack):
    return next(file for file in pack.load().files if file.file == "organisations.csv")


def test_rest_of_the_file_loads(pack):
    pack.add("organisations.csv", "oak,Oak,,,,,,,,-1").add("organisations.csv", "elm,Elm,,,,,,,,")
    assert of_bodies(pack).counts == {"read": 4, "new": 3, "changed": 0, "unchanged": 0, "refused": 1}
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["ash", "birch", "elm"]


def test_row_with_two_bad_values_is_refused_once_with_both(pack):
    pack.add("organisations.csv", "oak,,,,x,,,,,")
    bodies = of_bodies(pack)
    assert bodies.counts["refused"] == 1
    assert [refusal.column for refusal in bodies.refusals.first] == ["name", "start"]


def test_reference_to_a_refused_row_says_so(pack):
    pack.add("organisations.csv", "oak,Oak,,,,,,,,-1").add("volumes.csv", "oak,bins,1,")
    assert pack.refusals()[1] == (
        'volumes.csv, line 3, organisation "oak": The organisation "oak" was refused (organisations.csv, line 4). '
        "Mend that row first."
    )


def test_refusal_runs_on_to_rows_of_the_same_file(pack):
    pack.add("organisations.csv", "elm,Elm,,oak,,,,,,").add("organisations.csv", "oak,Oak,,,,,,,,-1")
    pack.add("organisations.csv", "fir,Fir,,,,,elm,,,")
    assert pack.refusals() == [
        'organisations.csv, line 4, parent "oak": The organisation "oak" was refused (organisations.csv, line 5). '
        "Mend that row first.",
        'organisations.csv, line 5, driver "-1": The number is not 0 or more. '
        "Give a number 0 or more, or leave it blank.",
        'organisations.csv, line 6, successors "elm": The organisation "elm" was refused (organisations.csv, line 4). '
        "Mend that row first.",
    ]


def test_circle_within_a_file_is_named(pack):
    pack.swap("functions.csv", "waste,,Waste", "waste,bins,Waste")
    assert pack.refusals()[:2] == [
        'functions.csv, line 2, parent "waste": This makes a circle: bins → waste → bins. Break it somewhere.',
        'functions.csv, line 3, parent "bins": This makes a circle: waste → bins → waste. Break it somewhere.',
    ]


def test_circle_with_recorded_rows_is_refused(pack):
    pack.load()
    pack.write("functions.csv", "function,parent,name,kind\nwaste,bins,Waste,service\n")
    assert pack.refusals() == [
        'functions.csv, line 2, parent "bins": This makes a circle: waste → bins → waste. Break it somewhere.'
    ]


def test_circle_of_successors_is_refused(pack):
    pack.swap("organisations.csv", "birch,Birch Council,district,,2024-04-01,,,", "birch,Birch,,,,,ash,")
    assert [refusal.split(": ", 1)[0] for refusal in pack.refusals()[:2]] == [
        'organisations.csv, line 2, successors "birch"',
        'organisations.csv, line 3, successors "ash"',
    ]


def test_end_is_compared_with_the_recorded_start(pack):
    pack.load()
    pack.only("organisations.csv").write("organisations.csv", "organisation,name,end\nash,Ash Council,2001-01-01\n")
    assert pack.refusals() == [
        'organisations.csv, line 2, end "2001-01-01": The body ends before it starts. Mend one of the two dates.'
    ]


def test_identifiers_may_change_hands_within_a_file(pack):
    pack.load()
    pack.swap("organisations.csv", "gss:1;la:ash", "gss:2").swap(
        "organisations.csv", ",gss:2,,2000.5", ",gss:1,,2000.5"
    )
    assert pack.refusals() == []
    owners = dict(Identifier.objects.values_list("code", "organisation__slug"))
    assert owners == {"1": "birch", "2": "ash"}


def test_identifier_of_a_body_outside_the_file_is_refused(pack):
    pack.load()
    pack.write("organisations.csv", "organisation,name,identifiers\noak,Oak,gss:1\n")
    assert '"gss:1" is the identifier of "ash".' in pack.refusals()[0]


def test_spend_file_that_is_a_link_is_refused(pack):
    (pack.folder / "spend" / "link.csv").symlink_to("/etc/hostname")
    assert pack.refused("spend.csv", "ash,link.csv,,")[0].startswith(
        'spend.csv, line 3, file "link.csv": The path leaves the pack\'s spend folder.'
    )


def test_spend_file_over_the_limit_is_refused(pack, monkeypatch):
    monkeypatch.setattr("registry.pack.sheets.spend.LARGEST", 1_000_000)
    pack.write("spend/large.csv", b"x" * 1_000_001)
    assert pack.refused("spend.csv", "ash,large.csv,,") == [
        'spend.csv, line 3, file "large.csv": The file is larger than 1 MB. Split it into several files.'
    ]


def test_spend_path_of_another_body_is_refused(pack):
    pack.load()
    pack.write("spend/2026/january.csv", "another").write("spend.csv", "organisation,file\nbirch,2026/january.csv\n")
    assert pack.refusals() == [
        'spend.csv, line 2, file "2026/january.csv": "ash" has another file of this path. '
        "Give the file another name, such as one that begins with the body's key."
    ]


def test_refusals_in_memory_are_bounded_and_the_report_has_all(pack, tmp_path):
    rows = "".join(f"oak-{number},bins,1,\n" for number in range(50))
    pack.write("volumes.csv", "organisation,function,transactions,source_url\n" + rows)
    report = tmp_path / "report.csv"
    refusals = next(file for file in pack.load(report=report).files if file.file == "volumes.csv").refusals
    assert (refusals.rows, refusals.total, len(refusals.first)) == (50, 50, 20)
    with report.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    assert rows[0] | {"remedy": ""} == {
        "file": "volumes.csv", "line": "2", "column": "organisation", "value": "oak-0", "remedy": "",
        "problem": 'There is no organisation "oak-0" in organisations.csv or the registry.',
    }  # fmt: skip


def test_repeated_key_of_a_refused_row_is_still_repeated(pack):
    pack.add("volumes.csv", "birch,bins,-1,").add("volumes.csv", "birch,bins,1,")
    assert [refusal.split(": ", 1)[0] for refusal in pack.refusals()] == [
        'volumes.csv, line 3, transactions "-1"',
        'volumes.csv, line 4, organisation, function "birch, bins"',
    ]


def test_refused_row_does_not_count_as_vanished(pack):
    pack.load()
    pack.swap("adoptions.csv", "planned", "plan")
    adoptions = next(file for file in pack.load().files if file.file == "adoptions.csv")
    assert (adoptions.counts["refused"], adoptions.vanished) == (1, [])
    assert Declaration.objects.current().adoptions().count() == 2
