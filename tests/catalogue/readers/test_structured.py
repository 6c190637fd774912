"""JSON and YAML with places: what is read, where it stands, and that hostile text is cheap."""

import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.readers.structured import Unreadable, json_document, json_or_yaml, yaml_document, yaml_documents
from catalogue.readers.structured.bounds import MAX_BYTES
from catalogue.readers.structured.showing import shown

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text('ab"\\{ü\n', max_size=4), below, max_size=4),
    max_leaves=20,
)
BOMBS = {
    "deep JSON": "[" * 1_000_000,
    "deep mappings": '{"a":' * 200_000,
    "wide JSON": "[" + "1," * 900_000 + "1]",
    "unclosed text with many quotes": '"' + '\\"' * 900_000,
    "many unclosed texts": '{"' * 900_000,
    "deep YAML": "a: " + "[" * 1_000_000,
    "wide YAML": "- 1\n" * 400_000,
    "billion laughs": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    "a long text many times": f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 10_000)}]\n",
    "long lines": "x" * 990_000,
    "many documents": "---\n" * 400_000,
    "too large": "x" * (MAX_BYTES + 1),
    "large in bytes": "ü" * (MAX_BYTES - 1),
    "indentation": "".join(" " * n + "a:\n" for n in range(1_500)),
}


@given(JSON)
def test_json_is_read_as_the_library_reads_it(value):
    expected = json.loads(json.dumps(value).replace("\\u0000", "\\ufffd"))
    assert json_document(json.dumps(value)).value == expected
    assert json_document(json.dumps(value, indent=2, ensure_ascii=False)).value == expected


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text):
    for read in (json_document, json_or_yaml, lambda text: list(yaml_documents(text))):
        refused = refusal(read, text)
        assert refused is None or (str(refused).endswith(".") and min(refused.place) >= 1)


def refusal(read, text: str) -> Unreadable | None:
    try:
        read(text)
    except Unreadable as refused:
        return refused
    return None


@pytest.mark.parametrize("text", ['{\n  "a": [1, {"b": 2}],\n  "c": 3\n}', "a:\n- 1\n- b: 2\nc: 3\n"])
def test_every_value_knows_its_place(text):
    document = json_or_yaml(text)
    assert document.value == {"a": [1, {"b": 2}], "c": 3}
    lines = text.splitlines()
    for path, word in ((("c",), "c"), (("a", 1, "b"), "b")):
        line, column = document.place(path)
        assert lines[line - 1][column - 1 :].lstrip('"').startswith(word)
    assert document.place(("a", 7, "z")) == document.place(("a",))


def test_yaml_has_the_types_of_version_1_2():
    text = "a: yes\nb: 2026-03-31\nc: 1.10\nd: 2.0\ne: 0x10\nf: true\ng: ~\nh: '1'\ni: 12\nj: 1e999"
    assert json_or_yaml(text).value == {
        "a": "yes",
        "b": "2026-03-31",
        "c": "1.10",
        "d": 2.0,
        "e": "0x10",
        "f": True,
        "g": None,
        "h": "1",
        "i": 12,
        "j": "1e999",
    }


def test_alias_stands_for_what_it_names():
    assert json_or_yaml("a: &x [1]\nb: *x").value == {"a": [1], "b": [1]}


def test_key_that_is_there_twice_is_told():
    document = json_or_yaml("a: 1\nb: 2\na: 3")
    [twice] = document.mistakes
    assert document.value == {"a": 1, "b": 2}
    assert (twice.key, twice.place) == ("a", (3, 1))
    assert str(twice) == "This key is there twice; it first stands in line 1. Leave one."


def test_text_that_begins_like_json_may_be_yaml():
    assert json_or_yaml("{a: 1}").value == {"a": 1}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1,\n "b" 2}', (2, 6), "colon"),
        ("[1, 2", (1, 6), "comma is missing"),
        ("a:\n\t- b", (2, 1), "spaces"),
        ("a: *b", (1, 4), "stands for nothing"),
        ("a: &b [*b]", (1, 8), "itself"),
        ("a: !run x", (1, 4), "tag"),
        ("? [a]\n: b", (1, 3), "cannot be a key"),
        ("", (1, 1), "empty"),
        ("a: \ud800", (1, 4), "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_where_it_stands(text, place, words):
    with pytest.raises(Unreadable, match=words) as refused:
        json_or_yaml(text)
    assert refused.value.place == place


def read_all(text: str) -> None:
    """As the readers do: the first document, and where it is YAML all of them."""
    json_or_yaml(text)
    list(yaml_documents(text))


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_refused_soon_and_takes_little_memory(bomb):
    begun = time.process_time()
    harmless = refusal(read_all, BOMBS[bomb]) is None
    assert time.process_time() - begun < 1.5
    assert harmless == (bomb == "long lines")
    tracemalloc.start()
    refusal(read_all, BOMBS[bomb])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 64_000_000


def test_number_that_json_does_not_know_is_refused():
    with pytest.raises(Unreadable, match="NaN"):
        json_document("[NaN]")


def test_half_characters_and_huge_numbers_do_no_harm():
    assert json_document('["\\ud800", 1e999, "\\u0000"]').value == ["\ufffd", "1e999", "\ufffd"]
    assert json_document(f"[{'9' * 5_000}]").value == ["9" * 5_000]


def test_path_is_shown_cut_and_without_control_characters():
    assert shown(("paths", "/bins\n", 0, "x" * 100)) == "paths./bins\ufffd[0]." + "x" * 59 + "…"


def test_line_ends_of_yaml_1_1_are_letters():
    text = 'a: "b\u2028c\x85d"\ne: f\u2029g\n'
    assert json_or_yaml(text).value == {"a": "b\u2028c\x85d", "e": "f\u2029g"}


def test_second_document_is_a_mistake_where_one_is_read():
    document = yaml_document("a: 1\n---\n@")
    [several] = document.mistakes
    assert (document.value, several.place) == ({"a": 1}, (2, 1))
    assert len(list(yaml_documents("a: 1\n---\nb: 2\n"))) == 2
