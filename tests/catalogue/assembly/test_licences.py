import pytest

from catalogue.assembly import ADVICE, NOTE
from catalogue.assembly.licences import alternatives, rules
from catalogue.readers.publiccode.licences import is_licence
from tests.catalogue.assembly.parts import assembled, brick, of_kind, said


def apart(one: str, other: str) -> bool:
    found = said(assembled(brick("one", licence=one), brick("other", licence=other)), "licence")
    return any("cannot become one program" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("GPL-2.0-only", "Apache-2.0", True),
        ("GPL-2.0-or-later", "Apache-2.0", False),
        ("GPL-3.0-only", "Apache-2.0", False),
        ("GPL-2.0-only", "AGPL-3.0-or-later", True),
        ("GPL-2.0-only", "GPL-3.0-only", True),
        ("GPL-2.0", "GPL-3.0", True),
        ("gpl-2.0-only", "apache-2.0", True),
        ("gpl-2.0-or-later", "Apache-2.0", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-3.0-only", True),
        ("GPL-2.0-only OR MIT", "GPL-3.0-only", False),
        ("GPL-2.0-only AND MIT", "GPL-3.0-only", True),
        ("MPL-2.0", "GPL-2.0-only", False),
        ("EPL-2.0", "AGPL-3.0-only", True),
        ("EUPL-1.2", "GPL-3.0-only", False),
        ("MIT", "Apache-2.0", False),
    ],
)
def test_licences_that_cannot_be_joined(one, other, expected):
    assert apart(one, other) is expected
    assert apart(other, one) is expected


def test_licences_apart_are_never_more_than_a_note_and_say_why():
    found = of_kind(assembled(brick("one", licence="GPL-2.0-only"), brick("two", licence="Apache-2.0")), "licence")

    assert {finding.weight for finding in found} == {NOTE}
    assert "over a network" in found[0].sentence
    assert found[0].source.startswith("https://")


def test_network_licences_are_named_once_together():
    both = [brick("form", licence="AGPL-3.0-or-later"), brick("plan", licence="EUPL-1.2")]

    (found,) = said(assembled(*both, brick("till")), "licence")

    assert "Form (AGPL-3.0-or-later), Plan (EUPL-1.2)" in found


@pytest.mark.parametrize(
    ("licence", "weight", "words"),
    [
        ("", ADVICE, "no stated licence"),
        ("LicenseRef-Proprietary", NOTE, "terms of its own"),
        ("Free for councils", NOTE, "words of its own"),
        ("(MIT OR BSD-3-Clause) AND " * 8 + "MIT OR " + " OR ".join(["ISC", "Zlib", "0BSD", "Apache-2.0", "MPL-2.0",
          "EUPL-1.2", "GPL-2.0-only", "GPL-3.0-only"]), NOTE, "very many licences"),
    ],
)  # fmt: skip
def test_licence_that_cannot_be_judged_says_so(licence, weight, words):
    (found,) = of_kind(assembled(brick("one", licence=licence)), "licence")

    assert found.weight == weight
    assert words in found.sentence


def test_licences_of_data_are_not_joined_to_programs():
    data = brick("list", kind="dataset", licence="GPL-3.0-only")

    assert said(assembled(data, brick("one", licence="GPL-2.0-only")), "licence") == []


def test_or_later_is_a_way_for_each_version():
    assert alternatives("GPL-2.0-or-later AND MIT") == [
        frozenset({"GPL-2.0-only", "MIT"}),
        frozenset({"GPL-3.0-only", "MIT"}),
    ]


def test_table_names_licences_of_the_spdx_list_and_public_sources():
    table = rules()
    named = {*table["network"], *table["also_under"]}.union(*table["also_under"].values())
    named = named.union(*(rule["one"] + rule["other"] for rule in table["apart"]))

    assert [licence for licence in named if not is_licence(licence)] == []
    assert {rule["source"] for rule in table["apart"]} <= set(table["sources"])
