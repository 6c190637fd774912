"""Every rule of the field list at its edges."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from catalogue.readers import Severity
from catalogue.readers.publiccode import read, rules
from catalogue.readers.publiccode.keys import FILE
from catalogue.readers.publiccode.vocabularies import ALIASES, CATEGORIES, SCOPES, VERSIONS
from tests.catalogue.readers.publiccode_files import GONE, SOUND, changed

FAMILY = "👩‍👩‍👧‍👦"  # one character to its readers, seven code points
CONTRACTOR = "maintenance.contractors[0]"
PERSON, FIRM = {"name": "Ada Example"}, {"name": "Firm", "until": "2027-01-31"}


def found(path: str, value: object = GONE) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.key) for problem in read(changed(path, value)).problems]


def test_sound_file_has_no_problem():
    assert read(changed()).problems == []


MANDATORY = [
    *SOUND,
    "description.en.shortDescription",
    "description.en.longDescription",
    "description.en.features",
    "legal.license",
    "maintenance.type",
    "maintenance.contacts",
    "maintenance.contacts.0.name",
    "localisation.localisationReady",
    "localisation.availableLanguages",
]


@pytest.mark.parametrize("path", MANDATORY)
def test_mandatory_key_is_missed(path):
    assert ("error", path.replace(".0", "[0]")) in found(path)


@pytest.mark.parametrize("path", MANDATORY)
def test_mandatory_key_without_value_is_missed(path):
    assert ("error", path.replace(".0", "[0]")) in found(path, None)


LONG = "x" * 150
RIGHT = [
    ("applicationSuite", "Waste"),
    ("url", "git://code.example.org/a.git"),
    ("url", "ssh://git@code.example.org:22/a.git"),
    ("url", "http://[::1]/a"),
    ("landingURL", "http://example.org/ü?q=1#a"),
    ("isBasedOn", "https://example.org/a.git"),
    ("isBasedOn", ["https://example.org/a.git", "svn://example.org/b"]),
    ("softwareVersion", "dev"),
    ("releaseDate", "2024-02-29"),
    ("logo", "img/logo.svg"),
    ("logo", "img/logo.SVGZ"),
    ("logo", "https://example.org/logo.png?raw=1"),
    ("platforms", ["web", "windows", "mac", "linux", "ios", "android", "Amiga"]),
    ("categories", list(CATEGORIES)),
    ("categories", []),
    ("usedBy", ["Comune di Roma"]),
    ("fundedBy", [{"name": "EU", "uri": "https://europa.eu"}]),
    ("roadmap", "https://example.org"),
    *(("developmentStatus", status) for status in ("concept", "development", "beta", "stable", "obsolete")),
    *(("softwareType", f"standalone/{kind}") for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
    *(("softwareType", kind) for kind in ("addon", "library", "configurationFiles")),
    *(("supports", [{"id": f"alias:{alias}"}]) for alias in ALIASES),
    ("supports", [{"id": "urn:example:standard"}, {"id": "https://example.org/s"}, {"id": "tag:a@example.org,2024:b"}]),
    ("organisation", {"uri": "urn:x-italian-pa:c_h501"}),
    ("organisation", {"uri": "https://example.org", "name": "Body"}),
    ("intendedAudience", {"countries": ["GB", "IT"], "unsupportedCountries": ["US"], "scope": list(SCOPES)}),
    ("description.en.localisedName", "Bins"),
    ("description.en.shortDescription", "x" * 150),
    ("description.en.shortDescription", FAMILY * 150),
    ("description.en.longDescription", "x" * 150),
    ("description.en.longDescription", "é" * 10_000),
    ("description.en.documentation", "https://example.org/docs"),
    ("description.en.apiDocumentation", "https://example.org/api"),
    ("description.en.screenshots", ["a.png", "b/c.jpg", "d.JPEG", "https://example.org/e.png"]),
    ("description.en.videos", ["https://video.example.org/1"]),
    ("description.en.awards", ["First"]),
    ("description.de-CH", {"shortDescription": "Abfuhr"}),
    ("legal.license", "EUPL-1.2 OR (GPL-3.0-or-later WITH Classpath-exception-2.0 AND MIT)"),
    ("legal.license", "apache-2.0+"),
    ("legal.license", "LicenseRef-ours"),
    ("legal.mainCopyrightOwner", "Council"),
    ("maintenance", {"type": "none"}),
    ("maintenance", {"type": "none", "contractors": []}),
    ("maintenance", {"type": "contract", "contractors": [FIRM]}),
    ("maintenance", {"type": "contract", "contractors": [FIRM], "contacts": [PERSON]}),
    ("maintenance", {"type": "community", "contacts": [PERSON]}),
    ("maintenance.contacts", [PERSON | {"email": "a@example.org", "phone": "+44 20 7946 0000", "affiliation": "B"}]),
    ("maintenance", {"type": "contract", "contractors": [FIRM | {"email": "a@b.org", "website": "http://b.org"}]}),
    ("localisation.localisationReady", False),
    (
        "localisation.availableLanguages",
        ["en-GB", "zh-Hant-TW", "de-CH-1996", "es-419", "cy", "und", "i-klingon", "x-a"],
    ),
    ("dependsOn.open", [{"name": "A", "versionMin": "1", "versionMax": "2", "version": "1.1", "optional": True}]),
    ("dependsOn.proprietary", [{"name": "A"}]),
    ("dependsOn.hardware", [{"name": "A"}]),
    *(("publiccodeYmlVersion", version) for version in VERSIONS if version[:3] in ("0", "0.5", "0.7")),
]


@pytest.mark.parametrize(("path", "value"), RIGHT)
def test_right_value_has_no_problem(path, value):
    assert read(changed(path, value)).problems == []


WRONG = [
    ("publiccodeYmlVersion", "newest", ""),
    ("publiccodeYmlVersion", ["0.4"], ""),
    ("name", ["Bins"], ""),
    ("name", {"en": "Bins"}, ""),
    ("url", "code.example.org/a.git", ""),
    ("url", "git@code.example.org:council/a.git", ""),
    ("url", "https://", ""),
    ("url", "https://exa mple.org", ""),
    ("url", " https://example.org/a.git", ""),
    ("url", "https://example.org:x/", ""),
    ("url", "javascript:alert(1)", ""),
    ("landingURL", "ftp://example.org", ""),
    ("landingURL", "javascript:alert(1)", ""),
    ("isBasedOn", ["https://example.org/a", "b"], "isBasedOn[1]"),
    ("isBasedOn", {"url": "https://example.org"}, ""),
    ("isBasedOn", [], ""),
    ("softwareVersion", ["1"], ""),
    ("releaseDate", "2024-02-30", ""),
    ("releaseDate", "2024-2-3", ""),
    ("releaseDate", "31/03/2024", ""),
    ("releaseDate", "2024-03-31T10:00:00Z", ""),
    ("releaseDate", "20240331", ""),
    ("logo", "logo.gif", ""),
    ("logo", "/img/logo.svg", ""),
    ("logo", "../logo.svg", ""),
    ("logo", "file:///logo.svg", ""),
    ("logo", "javascript:alert(1)//.svg", ""),
    ("platforms", "web", ""),
    ("platforms", [], ""),
    ("platforms", [""], "platforms[0]"),
    ("categories", ["zeppelins"], "categories[0]"),
    ("categories", ["Accounting"], "categories[0]"),
    ("usedBy", "Comune di Roma", ""),
    ("usedBy", [None], "usedBy[0]"),
    ("fundedBy", [{"uri": "https://europa.eu"}], "fundedBy[0].name"),
    ("fundedBy", [{"name": "EU", "uri": "europa.eu"}], "fundedBy[0].uri"),
    ("roadmap", "soon", ""),
    ("developmentStatus", "alpha", ""),
    ("developmentStatus", "Stable", ""),
    ("softwareType", "standalone", ""),
    ("softwareType", "web", ""),
    ("supports", [{"id": "alias:iso"}], "supports[0].id"),
    ("supports", [{"id": "ALIAS:gdpr"}], "supports[0].id"),
    ("supports", [{"id": "gdpr"}], "supports[0].id"),
    ("supports", [{"id": "https://"}], "supports[0].id"),
    ("supports", [{"name": "x"}], "supports[0].id"),
    ("supports", ["alias:gdpr"], "supports[0]"),
    ("organisation", {"name": "Body"}, "organisation.uri"),
    ("organisation", {"uri": "Body"}, "organisation.uri"),
    ("organisation", {"uri": "urn:x"}, "organisation.uri"),
    ("organisation", "Body", ""),
    ("intendedAudience", {"countries": ["UK"]}, "intendedAudience.countries[0]"),
    ("intendedAudience", {"countries": ["Gb"]}, "intendedAudience.countries[0]"),
    ("intendedAudience", {"countries": ["GBR"]}, "intendedAudience.countries[0]"),
    ("intendedAudience", {"countries": "GB"}, "intendedAudience.countries"),
    ("intendedAudience", {"unsupportedCountries": ["XX"]}, "intendedAudience.unsupportedCountries[0]"),
    ("intendedAudience", {"scope": ["welfare", "zeppelins"]}, "intendedAudience.scope[1]"),
    ("description", {}, ""),
    ("description", {"en": "text"}, "description.en"),
    ("description.english", {"shortDescription": "x"}, "description.english"),
    ("description.en_GB", {"shortDescription": "x"}, "description.en_GB"),
    ("description.fr", {"localisedName": "x"}, "description.fr.shortDescription"),
    ("description.en.shortDescription", "x" * 151, ""),
    ("description.en.shortDescription", FAMILY * 151, ""),
    ("description.en.longDescription", "x" * 149, ""),
    ("description.en.longDescription", FAMILY * 149, ""),
    ("description.en.longDescription", "x" * 10_001, ""),
    ("description.en.genericName", "x" * 36, ""),
    ("description.en.documentation", "docs/", ""),
    ("description.en.apiDocumentation", "ftp://example.org", ""),
    ("description.en.features", [], ""),
    ("description.en.features", "all", ""),
    ("description.en.screenshots", ["a.gif"], "description.en.screenshots[0]"),
    ("description.en.screenshots", ["/a.png"], "description.en.screenshots[0]"),
    ("description.en.videos", ["film.mp4"], "description.en.videos[0]"),
    ("description.en.awards", "First", ""),
    ("legal.license", "Nonsense", ""),
    ("legal.license", "Apache 2.0", ""),
    ("legal.license", "MIT OR", ""),
    ("legal.license", "MIT Apache-2.0", ""),
    ("legal.license", "(MIT", ""),
    ("legal.license", "MIT)", ""),
    ("legal.license", "()", ""),
    ("legal.license", "MIT WITH MIT", ""),
    ("legal.license", "MIT WITH (Classpath-exception-2.0)", ""),
    ("legal.license", "Classpath-exception-2.0", ""),
    ("legal.license", "(" * 1_000 + "MIT", ""),
    ("maintenance", {"type": "commercial", "contacts": [PERSON]}, "maintenance.type"),
    ("maintenance", {"type": "contract"}, "maintenance.contractors"),
    ("maintenance", {"type": "contract", "contractors": []}, "maintenance.contractors"),
    ("maintenance", {"type": "none", "contractors": [FIRM]}, "maintenance.contractors"),
    ("maintenance", {"type": "internal", "contacts": [PERSON], "contractors": [FIRM]}, "maintenance.contractors"),
    ("maintenance", {"type": "community", "contacts": []}, "maintenance.contacts"),
    ("maintenance", {"type": "contract", "contractors": [{"name": "F"}]}, f"{CONTRACTOR}.until"),
    (
        "maintenance",
        {"type": "contract", "contractors": [FIRM | {"until": "2027"}]},
        "maintenance.contractors[0].until",
    ),
    (
        "maintenance",
        {"type": "contract", "contractors": [FIRM | {"website": "x"}]},
        "maintenance.contractors[0].website",
    ),
    ("maintenance", {"type": "contract", "contractors": [FIRM | {"email": "x"}]}, f"{CONTRACTOR}.email"),
    ("maintenance.contacts", [PERSON | {"email": "a@b"}], "maintenance.contacts[0].email"),
    ("maintenance.contacts", [PERSON | {"phone": ["1"]}], "maintenance.contacts[0].phone"),
    ("localisation.localisationReady", "yes", ""),
    ("localisation.localisationReady", "true", ""),
    ("localisation.localisationReady", 1, ""),
    ("localisation.availableLanguages", [], ""),
    ("localisation.availableLanguages", "en", ""),
    *(
        ("localisation.availableLanguages", [tag], "localisation.availableLanguages[0]")
        for tag in ("en_GB", "eng", "en-UK", "xx", "english", "e", "en-", "it-ITA-x", "en-GB-GB", "a" * 100)
    ),
    ("dependsOn", {"open": [{"version": "1"}]}, "dependsOn.open[0].name"),
    ("dependsOn", {"open": [{"name": "A", "optional": "no"}]}, "dependsOn.open[0].optional"),
    ("dependsOn", {"hardware": {"name": "A"}}, "dependsOn.hardware"),
    ("inputTypes", ["text"], "inputTypes[0]"),
    ("legal.authorsFile", "/AUTHORS", ""),
    ("IT", "x", ""),
]


@pytest.mark.parametrize(("path", "value", "key"), WRONG)
def test_wrong_value_is_an_error_where_it_stands(path, value, key):
    errors = read(changed(path, value)).errors
    assert [problem.key for problem in errors] == [key or path]


WARNED = [
    ("publiccodeYmlVersion", "0.6", ""),
    ("publiccodeYmlVersion", "1.0", ""),
    ("monochromeLogo", "logo.svg", ""),
    ("inputTypes", ["text/plain"], ""),
    ("outputTypes", ["text/plain"], ""),
    ("description.en.genericName", "x" * 35, ""),
    ("legal.repoOwner", "Council", ""),
    ("legal.authorsFile", "AUTHORS", ""),
    ("IT", {"countryExtensionVersion": "1.0"}, ""),
    ("it", {"piattaforme": {"spid": True}}, ""),
    ("intendedAudience", {"countries": ["gb"]}, "intendedAudience.countries[0]"),
    ("fundedBy", [{"name": "EU"}], "fundedBy[0].uri"),
    ("legal.license", "GPL-2.0", ""),
    ("softwareVersion", 1.5, ""),
    ("name", True, ""),
    ("zeppelin", "x", ""),
    ("legal.zeppelin", "x", ""),
    ("landingURL", "", ""),
    ("usedBy", None, ""),
]


@pytest.mark.parametrize(("path", "value", "key"), WARNED)
def test_unwise_value_is_a_warning(path, value, key):
    assert found(path, value) == [("warning", key or path)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("licence", "license"), ("repoowner", "repoOwner"), ("mainCopyrigthOwner", "mainCopyrightOwner")],
)
def test_unknown_key_is_answered_with_the_nearest(typed, meant):
    [problem] = read(changed(f"legal.{typed}", "x")).problems
    assert problem.severity == Severity.WARNING
    assert f"did you mean {meant}?" in problem.message


def test_keys_newer_than_the_stated_version_are_warned_of():
    text = changed("supports", [{"id": "alias:gdpr"}]).replace("0.7.0", "0.5")
    assert [(problem.severity.value, problem.key) for problem in read(text).problems] == [("warning", "supports")]


@pytest.mark.parametrize("version", [version for version in VERSIONS if version[:3] in ("0.2", "0.3", "0.4")])
def test_older_version_is_read_and_misses_its_categories(version):
    assert found("publiccodeYmlVersion", version) == [("warning", "categories")]


def test_texts_that_one_language_needs_may_be_in_any():
    text = changed("description.de", SOUND["description"]["en"]).replace("features", "awards", 1)
    assert read(text).problems == []


def test_problem_says_line_column_and_path():
    text = changed("localisation.localisationReady", "yes").replace("'yes'", "yes")
    [problem] = read(text).problems
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :] == "yes"
    assert problem.key == "localisation.localisationReady"
    assert "write true or false" in problem.message


def test_problems_come_in_the_order_of_the_file():
    places = [(each.line, each.column) for each in read("name: []\nurl: x\nlegal: {license: z, a: b}\n").problems]
    assert places == sorted(places)
    assert len(places) > 5


def test_every_top_key_of_the_standard_is_known():
    text = "\n".join(f"{key}: x" for key in [*SOUND, "IT", "dependsOn", "supports", "fundedBy", "organisation"])
    assert not any("has no key" in problem.message for problem in read(text).problems)
    assert callable(FILE)


@given(st.text("🇬🇧a\u0301\u200d\u0903\u0600👩\r\n🏳\ufe0f", max_size=12))
def test_characters_are_counted_as_the_library_counts_them(text):
    assert rules.length(text) == len(regex.findall(r"\X", text))
