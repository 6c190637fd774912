"""What is understood of a file, and what is written."""

from dataclasses import replace
from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalogue.readers import ComponentDescription, Contact
from catalogue.readers.publiccode import FORMAT, lacking, read, write
from tests.catalogue.readers.publiccode_files import SOUND, changed

WHOLE = ComponentDescription(
    format="openapi",
    kind="service",
    name="Bin days: the service",
    summary="When are the bins collected?",
    description="Tells residents when.\n\n- by address\n- by map\n" + "More words. " * 20,
    url="https://bins.example.org",
    repository="https://code.example.org/bins.git",
    documentation="https://bins.example.org/docs",
    api_description="https://bins.example.org/openapi.json",
    licence="MIT",
    lifecycle="live",
    version="1.10",
    released_on=date(2026, 3, 31),
    owner="Tamberwick Council",
    owner_identifier="urn:uk:council:tamberwick",
    contacts=[Contact(name="Ada Example", email="ada@example.org")],
    languages=["cy", "en"],
    countries=["GB"],
    keywords=["waste", "online-booking"],
    standards=["alias:gdpr", "WCAG 2.2"],
    based_on=["https://code.example.org/older.git", "an older one"],
    used_by=["Quillsford Council"],
)


def test_reading_understands_what_a_component_is():
    text = changed("description.cy", {"shortDescription": "Pryd?", "documentation": "https://example.org/cy"})
    text += (
        "releaseDate: 2026-03-31\nsoftwareVersion: 1.10\nlandingURL: https://bins.example.org\nusedBy: [Quillsford]\n"
        "isBasedOn: https://code.example.org/older.git\ncategories: [online-booking]\nsupports: [{id: alias:gdpr}]\n"
        "organisation: {uri: 'urn:uk:a', name: Tamberwick}\nintendedAudience: {countries: [gb]}\n"
        "dependsOn: {open: [{name: PostgreSQL}], hardware: [{name: Bin}]}\n"
    )
    [found] = read(text).descriptions
    assert (found.format, found.format_version, found.kind) == (FORMAT, "0.7.0", "")
    assert found.identifier == found.repository == SOUND["url"]
    assert (found.name, found.summary) == ("Bin days", "When are the bins collected?")
    assert found.documentation == "https://example.org/cy"
    assert (found.licence, found.lifecycle, found.version) == ("EUPL-1.2", "live", "1.10")
    assert found.released_on == date(2026, 3, 31)
    assert (found.owner, found.owner_identifier) == ("Tamberwick", "urn:uk:a")
    assert [contact.name for contact in found.contacts] == ["Ada Example"]
    assert (found.languages, found.countries, found.keywords) == (["en"], ["GB"], ["online-booking"])
    assert found.based_on == ["https://code.example.org/older.git"]
    assert (found.standards, found.depends_on, found.used_by) == (["alias:gdpr"], ["PostgreSQL", "Bin"], ["Quillsford"])


def test_understanding_takes_whatever_is_there():
    [found] = read(
        "name: [a]\nurl: 1\nlegal: x\ndescription: [1]\nmaintenance: {contacts: [x, {name: 1}]}\n"
    ).descriptions
    assert (found.name, found.url, found.licence) == ("", "", "")
    assert found.contacts == [Contact(name="1")]


def test_writing_says_only_what_the_description_says():
    written = yaml.safe_load(write(WHOLE))
    assert written["publiccodeYmlVersion"] == "0.7.0"
    assert written["softwareVersion"] == "1.10"
    assert written["releaseDate"] == "2026-03-31"
    assert written["developmentStatus"] == "stable"
    assert written["categories"] == ["online-booking"]
    assert written["supports"] == [{"id": "alias:gdpr"}]
    assert written["isBasedOn"] == ["https://code.example.org/older.git"]
    assert written["organisation"] == {"uri": "urn:uk:council:tamberwick", "name": "Tamberwick Council"}
    assert written["description"]["cy"]["longDescription"] == WHOLE.description
    assert "platforms" not in written


def test_what_the_format_demands_beyond_the_description_is_reported():
    assert {problem.key for problem in lacking(WHOLE)} == {
        "platforms",
        "softwareType",
        "description.cy.features",
        "maintenance.type",
        "localisation.localisationReady",
    }


def test_an_empty_description_is_written_and_lacks_every_section():
    missed = {problem.key for problem in lacking(ComponentDescription(format="dcat"))}
    assert {"name", "url", "description", "legal", "maintenance", "localisation"} <= missed


def test_text_of_no_stated_language_is_marked_as_such():
    written = yaml.safe_load(write(replace(WHOLE, languages=[])))
    assert list(written["description"]) == ["und"]


def test_a_file_that_was_read_is_written_back_whole():
    text = changed() + "x-ours: {a: [1, 2.5, true, null, '1.10', 0x1F]}\nit: {riuso: {codiceIPA: c_h501}}\n"
    [found] = read(text).descriptions
    again = read(write(found))
    assert again.descriptions == [found]
    assert list(again.descriptions[0].document) == list(found.document)
    assert again.is_valid


def test_written_texts_are_texts_to_readers_of_yaml_1_1_too():
    odd = ["yes", "No", "on", "0.4", "2026-03-31", "null", "~", "1e3", "0o7", "12:30:00", "=", "<<", "1_000", "010"]
    [found] = read(changed("usedBy", odd)).descriptions
    assert yaml.safe_load(write(found))["usedBy"] == odd


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.text("ab \n:-#'\"|>&*!%@`{}[],?\t", max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_any_document_comes_back_as_it_was(document):
    written = write(ComponentDescription(format=FORMAT, document=document))
    assert read(written).descriptions[0].document == document
