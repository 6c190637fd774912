"""Both kinds of patches against the examples of their standards, and against what is sent to do harm."""

import json

import pytest

from registry.open_catalog.patches import Malformed, Unfit, merged, patched
from tests import factories
from tests.registry.open_catalog.conftest import api_of

# RFC 7396, appendix A: original, patch, result.
MERGES = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
# RFC 6902, appendix A, by its numbers: document, operations, result or what is raised.
OPERATIONS = {
    "A.1": ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),
    "A.2": (
        {"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}], {"foo": ["bar", "qux", "baz"]},
    ),
    "A.3": ({"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    "A.4": ({"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),
    "A.5": (
        {"baz": "qux", "foo": "bar"}, [{"op": "replace", "path": "/baz", "value": "boo"}], {"baz": "boo", "foo": "bar"},
    ),
    "A.6": (
        {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    "A.7": (
        {"foo": ["all", "grass", "cows", "eat"]},
        [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
        {"foo": ["all", "cows", "eat", "grass"]},
    ),
    "A.8": (
        {"baz": "qux", "foo": ["a", 2, "c"]},
        [{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2}],
        {"baz": "qux", "foo": ["a", 2, "c"]},
    ),
    "A.9": ({"baz": "qux"}, [{"op": "test", "path": "/baz", "value": "bar"}], Unfit),
    "A.10": (
        {"foo": "bar"}, [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
        {"foo": "bar", "child": {"grandchild": {}}},
    ),
    "A.11": ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux", "xyz": 123}], {"foo": "bar", "baz": "qux"}),
    "A.12": ({"foo": "bar"}, [{"op": "add", "path": "/baz/bat", "value": "qux"}], Unfit),
    "A.13": ({"foo": "bar"}, json.loads('[{"op": "add", "path": "/baz", "value": "qux", "op": "remove"}]'), Unfit),
    "A.14": ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    "A.15": ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": "10"}], Unfit),
    "A.16": (
        {"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}], {"foo": ["bar", ["abc", "def"]]},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("original", "patch", "result"), MERGES)
def test_merge_patch_as_its_standard_has_it(original, patch, result):
    assert merged(original, patch) == result


@pytest.mark.parametrize("number", OPERATIONS)
def test_json_patch_as_its_standard_has_it(number):
    before, operations, result = OPERATIONS[number]
    kept = json.dumps(before)
    if result is Unfit:
        with pytest.raises(Unfit):
            patched(before, operations)
    else:
        assert patched(before, operations) == result
    assert json.dumps(before) == kept  # all of it or nothing: what it began from stays as it was


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [
        ({"op": "add", "path": "/a~2", "value": 1}, Malformed),
        ({"op": "add", "path": "/a~", "value": 1}, Malformed),
        ({"op": "add", "path": "a", "value": 1}, Malformed),
        ({"op": "add", "path": "/a"}, Malformed),
        ({"op": "copy", "path": "/b"}, Malformed),
        ({"op": ["add"], "path": "/b", "value": 1}, Malformed),
        ({"path": "/b"}, Malformed),
        ({"op": "replace", "path": "/b", "value": 1}, Unfit),
        ({"op": "move", "from": "/a", "path": "/a/b"}, Unfit),
        ({"op": "add", "path": "/list/01", "value": 1}, Unfit),
        ({"op": "add", "path": "/list/-1", "value": 1}, Unfit),
        ({"op": "add", "path": "/list/3", "value": 1}, Unfit),
        ({"op": "remove", "path": "/list/-"}, Unfit),
        ({"op": "remove", "path": ""}, Unfit),
    ],
)
def test_operation_that_is_none_or_does_not_fit(operation, wrong):
    with pytest.raises(wrong):
        patched({"a": {}, "list": [1, 2]}, [operation])


def test_copies_cannot_fill_the_memory():
    """Each copies the whole into itself: a hundred of them would make more than there are atoms."""
    doubling = [{"op": "copy", "from": "", "path": f"/{number}"} for number in range(100)]
    with pytest.raises(Unfit, match="larger than"):
        patched({"a": "x" * 1_000}, doubling)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["json-patch", "merge-patch"])
def test_what_is_nested_too_deeply_is_a_bad_request(kind):
    software = factories.component(repository="https://example.org/a")
    deep = "[" * 200 + "]" * 200
    analysis = f'{{"a": {{"v": 1, "b": {deep}}}}}'
    bodies = {
        "json-patch": f'[{{"op": "add", "path": "/analysis", "value": {analysis}}}]',
        "merge-patch": f'{{"analysis": {analysis}}}',
    }
    answer = api_of(None).patch(f"/software/{software.uuid}", bodies[kind], f"application/{kind}+json")
    assert answer.status_code == 400


@pytest.mark.django_db
def test_nest_that_copies_make_is_a_bad_request():
    software = factories.component(repository="https://example.org/a")
    nest = {"op": "add", "path": "/analysis", "value": json.loads('{"a":' * 90 + "1" + "}" * 90)}
    deeper = {"op": "copy", "from": "/analysis", "path": "/analysis" + "/a" * 90}
    assert api_of(None).operate(f"/software/{software.uuid}", nest, *[deeper] * 60).status_code == 400
