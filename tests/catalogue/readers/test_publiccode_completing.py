"""A file of any description: valid, and open about what nobody stated."""

from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalogue.readers import ComponentDescription, Contact
from catalogue.readers.publiccode import read, write_complete
from tests.catalogue.readers.test_publiccode_writing import TEXTS, WHOLE

PAGE = "https://commons.example/components/bins/"
BARE = ComponentDescription(format="registry", identifier="bins", name="Bin days")


def complete(description: ComponentDescription, **known) -> dict:
    written = write_complete(description, address=PAGE, **known)
    assert read(written).errors == []
    return yaml.safe_load(written)


def test_bare_description_gets_what_claims_least():
    written = complete(BARE)

    assert (written["name"], written["url"]) == ("Bin days", PAGE)
    assert written["platforms"] == ["not stated"]
    assert (written["developmentStatus"], written["softwareType"]) == ("concept", "standalone/other")
    assert written["legal"] == {"license": "LicenseRef-not-stated"}
    assert written["maintenance"] == {"type": "none"}
    assert written["localisation"] == {"localisationReady": False, "availableLanguages": ["und"]}
    assert written["description"]["und"]["shortDescription"] == "Bin days"
    assert written["description"]["und"]["features"] == ["not stated"]
    assert PAGE in written["description"]["und"]["longDescription"]


def test_file_names_every_key_that_nobody_stated():
    first_lines = write_complete(BARE, address=PAGE, made_by="Commons of Tamberwick").split("publiccodeYmlVersion")[0]

    assert first_lines.startswith("# Made by “Commons of Tamberwick” from what it holds")
    named = {line.split(":")[0] for line in first_lines.split("as it can:\n")[1].splitlines()}
    assert named == {
        f"#   {key}"
        for key in (
            "url", "platforms", "developmentStatus", "softwareType", "legal.license", "maintenance.type",
            "description.und.shortDescription", "description.und.longDescription", "description.und.features",
            "localisation.localisationReady", "localisation.availableLanguages",
        )
    }  # fmt: skip


def test_what_is_stated_is_written_and_not_named_as_filled():
    text = write_complete(WHOLE, address=PAGE, features=["Finds the day"])
    written = yaml.safe_load(text)

    assert read(text).errors == []
    assert written["url"] == WHOLE.repository
    assert written["description"]["und"]["features"] == ["Finds the day"]
    assert written["description"]["und"]["longDescription"] == WHOLE.description.strip()
    assert written["maintenance"]["type"] == "internal"
    assert written["localisation"] == {"availableLanguages": ["cy", "en"], "localisationReady": True}
    notes = [line.split(":")[0].strip("# ") for line in text.splitlines() if line.startswith("#   ")]
    assert notes == ["platforms", "softwareType"]


def test_texts_of_a_component_of_one_language_are_in_it():
    assert list(complete(ComponentDescription(format="x", name="a", languages=["cy"]))["description"]) == ["cy"]


def test_long_texts_are_cut_as_readers_count_them():
    families, accents = "👩\u200d👩\u200d👧 " * 400, "e\u0301" * 30_000
    written = complete(ComponentDescription(format="x", name="a", summary=families, description=accents))
    told = written["description"]["und"]

    assert told["shortDescription"].endswith("…")
    assert told["longDescription"].startswith("e\u0301" * 9_999)


def test_licence_in_words_gets_an_id_of_its_own():
    words = ComponentDescription(format="x", name="a", licence="Open Government Licence (v3)")
    of_spdx = ComponentDescription(format="x", name="a", licence="https://spdx.org/licenses/MIT.html")

    assert complete(words)["legal"]["license"] == "LicenseRef-Open-Government-Licence-v3"
    assert "legal.license: in words only: “Open Government Licence (v3)”." in write_complete(words, address=PAGE)
    assert complete(of_spdx)["legal"]["license"] == "MIT"


def test_body_stands_in_for_a_person_whom_nobody_named():
    owned = ComponentDescription(format="x", name="a", owner="Tamberwick", owner_identifier="urn:uk:tamberwick")

    assert complete(owned)["maintenance"] == {"type": "internal", "contacts": [{"name": "Tamberwick"}]}
    assert "maintenance.contacts: no person is named" in write_complete(owned, address=PAGE)


def test_more_users_than_a_file_can_hold_are_counted():
    many = ComponentDescription(format="x", name="a", used_by=[f"Body {number}" for number in range(1_200)])

    assert len(complete(many)["usedBy"]) == 1_000
    assert "usedBy: the first 1,000 of 1,200." in write_complete(many, address=PAGE)


ADDRESSES = TEXTS | st.sampled_from(["https://a.example/b c", "git@a.example:b", "https://a.example/b.git", "urn:a:b"])
LICENCES = TEXTS | st.sampled_from(["MIT", "MIT AND", "GPL-2.0+", "See the file", "https://spdx.org/licenses/Nope"])
LANGUAGES = TEXTS | st.sampled_from(["en", "en_GB", "und", "cym", "de-CH", "x-y"])
ANY = st.builds(
    ComponentDescription,
    format=st.just("registry"),
    kind=st.sampled_from(["", "service", "dataset", "process"]),
    identifier=TEXTS,
    name=TEXTS,
    summary=TEXTS | st.text(max_size=400),
    description=TEXTS | st.text(max_size=400),
    url=ADDRESSES,
    repository=ADDRESSES,
    documentation=ADDRESSES,
    api_description=ADDRESSES,
    licence=LICENCES,
    lifecycle=st.sampled_from(["", "draft", "alpha", "beta", "live", "deprecated", "retired"]),
    version=TEXTS,
    released_on=st.none() | st.dates(max_value=date(9999, 12, 31)),
    owner=TEXTS,
    owner_identifier=ADDRESSES,
    contacts=st.lists(st.builds(Contact, name=TEXTS, email=TEXTS | st.just("a@b.example"), phone=TEXTS), max_size=2),
    languages=st.lists(LANGUAGES, max_size=3),
    keywords=st.lists(TEXTS | st.just("crm"), max_size=3),
    standards=st.lists(ADDRESSES, max_size=3),
    based_on=st.lists(ADDRESSES, max_size=3),
    used_by=st.lists(TEXTS, max_size=3),
)


@given(ANY, st.lists(TEXTS, max_size=3), TEXTS)
def test_any_description_makes_a_valid_file(description, features, made_by):
    written = write_complete(description, address=PAGE, features=features, made_by=made_by)

    assert read(written).errors == []
