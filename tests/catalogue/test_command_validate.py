"""`manage.py validate`: three formats, three endings."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import manage
from tests.catalogue.readers.publiccode_files import changed
from tests.sites import leading
from tests.sites import said as answer


@pytest.fixture
def files(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "publiccode.yml").write_text(changed())
    (tmp_path / "wrong.yml").write_text(changed("legal.license", "Nonsense"))
    (tmp_path / "unwise.yml").write_text(changed("legal.repoOwner", "Council"))
    return tmp_path


def validate(*arguments: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("validate", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code)
    return out.getvalue(), 0


def test_valid_files_end_with_0_also_with_warnings(files):
    assert validate("publiccode.yml", "unwise.yml") == (
        "unwise.yml:19:3: warning: legal.repoOwner: This key is deprecated: use organisation.name.\n"
        "2 files: 0 errors, 1 warning.\n",
        0,
    )


def test_errors_end_with_1_and_stand_at_their_place(files):
    said, code = validate("publiccode.yml", "wrong.yml")
    assert code == 1
    assert said.startswith("wrong.yml:18:12: error: legal.license: “Nonsense” is no licence of the SPDX list.")
    assert said.endswith("2 files: 1 error, 0 warnings.\n")


def test_address_is_read_like_a_file(files, site):
    site.answers["/raw/publiccode.yml"] = answer(changed("legal.license", "Nonsense").encode())
    site.answers["/moved.yml"] = leading("/raw/publiccode.yml")
    for address in (site.at("/raw/publiccode.yml"), site.at("/moved.yml")):
        said, code = validate(address)
        assert code == 1
        assert said.startswith(f"{address}:18:12: error: legal.license: ")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("none.yml", "there is no such file"),
        (".", "this is a folder"),
        ("http://nowhere.invalid/publiccode.yml", "There is no nowhere.invalid on the network"),
        ("http://127.0.0.1/publiccode.yml", "127.0.0.1 is no public address"),
        ("ftp://example.org/publiccode.yml", "is no web address"),
        ("a\x00b", "the file cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2_and_the_others_are_checked(files, file, reason):
    said, code = validate(file, "wrong.yml")
    assert code == 2
    assert reason in said
    assert "wrong.yml:18:12: error" in said


def test_json_says_of_each_file_whether_it_is_valid(files):
    said, code = validate("publiccode.yml", "wrong.yml", "unwise.yml", "none.yml", "--format", "json")
    right, wrong, unwise, none = json.loads(said)
    assert code == 2
    assert right == {"file": "publiccode.yml", "format": "publiccode.yml", "valid": True, "errors": [], "warnings": []}
    assert wrong["valid"] is False
    [error] = wrong["errors"]
    assert (error["key"], error["line"], error["column"]) == ("legal.license", 18, 12)
    assert "Nonsense" in error["message"]
    assert (unwise["valid"], [warning["key"] for warning in unwise["warnings"]]) == (True, ["legal.repoOwner"])
    assert none["valid"] is False
    assert none["errors"][0]["message"] == "there is no such file"


def test_github_gets_one_annotation_a_problem(files):
    said, code = validate("wrong.yml", "unwise.yml", "--format", "github")
    assert code == 1
    error, warning = said.splitlines()
    assert error.startswith("::error file=wrong.yml,line=18,col=12::legal.license: “Nonsense”")
    assert warning.startswith("::warning file=unwise.yml,line=19,col=3::legal.repoOwner: ")


def test_github_gets_nothing_where_nothing_is_wrong(files):
    assert validate("publiccode.yml", "--format", "github") == ("", 0)


def test_hostile_names_and_keys_begin_no_command_and_no_line(files):
    name = "a,b:c%\n::error::x.yml"
    (files / name).write_text('publiccodeYmlVersion: "0.7"\n"x\\n::set-env name=A::\\e[2J": "%0A"\nname: a,b\n')
    said, _ = validate(name, "--format", "github")
    assert all(
        line.startswith(("::error file=a%2Cb%3Ac%25%0A%3A%3Aerror", "::warning file=a%2Cb"))
        for line in said.splitlines()
    )
    said, _ = validate(name)
    assert all(line.startswith(("a,b:c%\ufffd::error::x.yml:", "1 file: ")) for line in said.splitlines())
    assert "\x1b" not in said


def test_a_file_is_recognised_by_its_name_or_by_what_is_in_it(files):
    (files / "publiccode.yaml").write_text("name: a\n")
    (files / "any.txt").write_text(changed("name", ""))
    (files / "notes.txt").write_text("Buy milk\n")
    said, code = validate("publiccode.yaml", "any.txt", "notes.txt", "--format", "json")
    by_name, by_text, neither = json.loads(said)
    assert code == 1
    assert (by_name["format"], by_text["format"], neither["format"]) == ("publiccode.yml", "publiccode.yml", None)
    assert "not one that is read here (publiccode.yml, " in neither["errors"][0]["message"]


def test_file_is_read_as_what_is_asked_whatever_its_name(files):
    (files / "notes.txt").write_text("name: Bins\n")
    said, code = validate("notes.txt", "publiccode.yml", "--as", "openapi", "--format", "json")
    assert code == 1
    assert [one["format"] for one in json.loads(said)] == ["openapi", "openapi"]
    with pytest.raises(CommandError):
        call_command("validate", "notes.txt", "--as", "nothing")


@pytest.mark.parametrize("content", [b"\x00", b"\xff\xfe", b"", b"a" * 1_000_001, b"[" * 5_000])
def test_any_content_is_answered_with_a_sentence(files, content):
    (files / "publiccode.yml").write_bytes(content)
    said, code = validate("publiccode.yml")
    assert code == 1
    assert said.startswith("publiccode.yml:1:")


def test_it_wants_a_file_and_a_known_format():
    with pytest.raises(CommandError):
        call_command("validate")
    with pytest.raises(CommandError):
        call_command("validate", "a.yml", "--format", "xml")


def test_it_runs_without_the_servers():
    assert manage.is_offline(["validate", "publiccode.yml"])
