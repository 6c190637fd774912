"""Texts that are no good YAML, or are meant to hurt: a sentence with its place, quickly, and never a traceback."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.readers.publiccode import read
from catalogue.readers.structured import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Unreadable, decoded
from tests.catalogue.readers.publiccode_files import changed

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
)
DEEP_BY_ALIAS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH + 1))
UNREAD = {
    "nothing": ("", "empty", 1, 1),
    "only a comment": ("# nothing\n", "empty", 1, 1),
    "a list": ("- a\n- b\n", "no YAML mapping", 1, 1),
    "a word": ("hello", "no YAML mapping", 1, 1),
    "a tab": ("legal:\n\tlicense: MIT\n", "tab", 2, 1),
    "a colon too many": ("name: a: b\n", "colon", 1, 8),
    "a quotation mark left open": ("name: 'a\nurl: b\n", "not closed", 3, 1),
    "a bracket left open": ("platforms: [web\nname: a\n", "bracket", 2, 5),
    "wrong indentation": ("a:\n    b: 1\n  c: 2\n", "indentation", 3, 3),
    "no colon": ("a: 1\nb\nc: 2\n", "colon", 3, 1),
    "an odd beginning": ("name: @a\n", "quotation marks", 1, 7),
    "a tag": ("name: !!python/object:os.system x\n", "tag", 1, 7),
    "a character without a meaning": ('name: "\\UFFFFFFFF"\n', "no character", 1, 10),
    "an alias of nothing": ("name: *a\n", "alias", 1, 7),
    "an alias of itself": ("name: &a [*a]\n", "itself", 1, 11),
    "a list as key": ("? [a]\n: b\n", "cannot be a key", 1, 3),
    "NUL": ("name: a\x00b\n", "U+0000", 1, 8),
    "half a character": ("name: \ud800\n", "half a character", 1, 7),
    "a bomb of aliases": (LAUGHS, f"{MAX_VALUES:,} values", 5, 35),
    "deep brackets": ("[" * 100_000, f"{MAX_DEPTH} levels", 1, MAX_DEPTH + 1),
    "deep braces": ("{a: " * 100_000, f"{MAX_DEPTH} levels", 1, 4 * MAX_DEPTH + 1),
    "deep hyphens": ("- " * 100_000, f"{MAX_DEPTH} levels", 1, 2 * MAX_DEPTH + 1),
    "deep aliases": (DEEP_BY_ALIAS, f"{MAX_DEPTH} levels", MAX_DEPTH - 1, 12),
    "very many values": ("- a\n" * 200_000, f"{MAX_VALUES:,} values", MAX_VALUES, 3),
    "long texts by aliases": ("a: &a " + "x" * 500_000 + "\nb: [*a, *a]\n", "1,000,000 characters", 2, 5),
    "too large": ("#" * (MAX_BYTES + 1), "larger than 1 MB", 1, 1),
    "too large in bytes": ("é" * (MAX_BYTES // 2 + 1), "larger than 1 MB", 1, 1),
}


@pytest.mark.parametrize(("text", "words", "line", "column"), UNREAD.values(), ids=UNREAD)
def test_text_that_cannot_be_read_is_one_sentence_with_its_place(text, words, line, column):
    started = time.process_time()
    reading = read(text)
    assert time.process_time() - started < 2
    [problem] = reading.errors
    assert words in problem.message
    assert problem.message.endswith(".")
    assert (problem.line, problem.column) == (line, column)
    assert reading.descriptions == ()


@pytest.mark.parametrize(
    "text",
    [
        changed("categories", ["integrated-librari-sistem" * 2] * 9_000),
        changed() + "".join(f"intendedAudienze{number}: x\n" for number in range(4_500)),
        changed() + "".join(f"name: {number}\n" for number in range(4_500)),
        changed("description", {f"x{number}": {"shortDescription": "é" * 150} for number in range(2_500)}),
        changed("legal.license", "(" * 400_000),
        changed("url", "https://" + "a." * 400_000),
        changed("logo", "../" * 300_000),
        changed("description.en.longDescription", "e\u0301" * 300_000),
        changed("maintenance.contacts.0.email", "a" * 400_000 + "@" + "a." * 200_000),
        changed("localisation.availableLanguages", ["en-" + "abcde-" * 100_000]),
    ],
    ids=["values", "keys", "keys twice", "languages", "licence", "address", "path", "letters", "e-mail", "tag"],
)
def test_very_much_that_is_wrong_costs_little(text):
    started = time.process_time()
    reading = read(text)
    assert time.process_time() - started < 3
    assert reading.errors
    assert len(reading.problems) < 10_000


def test_more_than_500_problems_are_said_to_be_more():
    problems = read(changed() + "".join(f"key{number}: x\n" for number in range(1_001))).problems
    assert len(problems) == 501
    assert [problem.message for problem in problems if problem.severity == "error"] == [
        "There are more than these 500 problems: mend them, and check the text again."
    ]


def test_a_file_of_just_1_mb_is_read():
    text = changed()
    assert read(text + "#" * (MAX_BYTES - len(text))).problems == []


def test_key_twice_is_an_error_with_both_lines_and_the_first_counts():
    reading = read("name: First\nurl: https://example.org\nname: Second\n")
    [twice] = [problem for problem in reading.errors if "twice" in problem.message]
    assert (twice.key, twice.line) == ("name", 3)
    assert "line 1" in twice.message
    assert reading.descriptions[0].name == "First"


def test_key_twice_below_says_its_path():
    [twice] = [each for each in read("legal:\n  license: MIT\n  license: ISC\n").errors if "twice" in each.message]
    assert twice.key == "legal.license"


def test_several_documents_are_an_error_and_the_first_is_read():
    reading = read(f"---\n{changed()}---\nname: b\n")
    [problem] = reading.errors
    assert "several documents" in problem.message
    assert reading.descriptions[0].name == "Bin days"


def test_start_and_end_marks_of_one_document_and_a_byte_order_mark_are_fine():
    assert read(f"\ufeff---\n{changed()}...\n").problems == []


def test_aliases_within_bounds_are_read():
    text = changed("maintenance", {"type": "none"}) + "usedBy: &all [Body]\nx-more: *all\n"
    reading = read(text)
    assert reading.is_valid
    assert reading.descriptions[0].document["x-more"] == ["Body"]


def test_yes_and_no_are_texts_where_a_text_is_asked():
    reading = read(changed().replace("Bin days", "yes"))
    assert reading.problems == []
    assert reading.descriptions[0].name == "yes"


@pytest.mark.parametrize("number", ["1.10", "0x1F", "1e400", "9" * 5_000, ".inf", "007", "0o7", "-0", "1_000"])
def test_numbers_stay_as_they_were_written(number):
    reading = read(f"{changed()}softwareVersion: {number}\n")
    assert str(reading.descriptions[0].document["softwareVersion"]) == number


def test_bytes_that_are_no_utf_8_are_named_with_their_place():
    with pytest.raises(Unreadable, match="not UTF-8") as refused:
        decoded("name: a\nurl: é".encode("latin-1"))
    assert refused.value.place == (2, 6)


@pytest.mark.parametrize("content", ["name: a".encode("utf-16"), b"\xff\xfe", b"\x80"])
def test_other_encodings_are_refused(content):
    with pytest.raises(Unreadable, match="UTF-8"):
        decoded(content)


def test_many_bytes_are_refused():
    with pytest.raises(Unreadable, match="1 MB"):
        decoded(b"a" * (MAX_BYTES + 1))


@given(st.binary(max_size=200))
def test_random_bytes_never_raise(content):
    try:
        text = decoded(content)
    except Unreadable:
        return
    assert read(text).problems


YAMLISH = st.text(st.sampled_from("ab:- \n\t'\"[]{},&*!|>#%@?~\\0x1.\r\u2028\x85\ufeff<="), max_size=60)


@given(YAMLISH)
def test_random_yaml_never_raises(text):
    problems = read(text).problems
    assert problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(
    ["name", "url", "isBasedOn", "releaseDate", "logo", "platforms", "categories", "fundedBy", "supports",
     "organisation", "intendedAudience", "intendedAudience.countries", "description", "description.en",
     "description.en.features", "description.en.shortDescription", "legal", "legal.license", "maintenance",
     "maintenance.type",
     "maintenance.contractors", "maintenance.contacts", "maintenance.contacts.0", "localisation", "dependsOn", "IT",
     "localisation.availableLanguages", "localisation.localisationReady", "dependsOn.open", "publiccodeYmlVersion"]
)  # fmt: skip


@given(PATHS, ANYTHING)
def test_any_value_at_any_key_never_raises(path, value):
    reading = read(changed(path, value))
    for problem in reading.problems:
        assert problem.message.endswith((".", "?"))
        assert "\n" not in problem.message + problem.key
