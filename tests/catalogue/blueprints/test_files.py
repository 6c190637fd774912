"""The same choice as JSON, as a document and as a bill of materials."""

import json
from io import BytesIO

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from odfdo import Document

pytestmark = pytest.mark.django_db
CHOICE = ("form=formery", "card=till")


def text_of(document: bytes) -> str:
    return " ".join(Document(BytesIO(document)).body.xpath("//text()"))


def test_json_is_what_the_api_says(client, licence):
    query = licence.query(*CHOICE, also="places", body="ash")

    file = client.get(f"/blueprints/licence/assemble.json?{query}").json()
    said = client.get(f"/api/v1/blueprints/licence/assemble?{query}").json()

    assert file == said
    assert said["cases"] == {"number": "2000.0", "basis": "stated"}
    assert [slot["component"] and slot["component"]["slug"] for slot in said["slots"]] == [
        "formery", None, "till", None,
    ]  # fmt: skip
    assert said["also"] == [{"slug": "places", "name": "Places"}]
    assert said["used_together_by"]["count"] == 0
    assert not [finding for finding in said["findings"] if finding["kind"] == "requirement"]
    assert said["cost"]["complete"] is False
    assert said["cost"]["known"] == {"low": "304.0000", "high": "508.0000"}


def test_api_describes_a_blueprint(client, licence):
    said = client.get("/api/v1/blueprints/licence").json()

    counts = {slot["slug"]: slot["candidate_count"] for step in said["pattern"] for slot in step["slots"]}
    assert counts == {"licence-form": 2, "licence-hint": 0, "licence-card": 1, "licence-book": 0}
    assert said["function"]["slug"] == "licences"
    assert client.get("/api/v1/blueprints?count=true").json()["total"] == 1
    assert client.get("/api/v1/blueprints/none").status_code == 404


def test_document_tells_choice_cost_and_findings(client, licence):
    response = client.get(licence.address(*CHOICE, suffix=".odt", body="ash"))

    assert response["Content-Type"] == "application/vnd.oasis.opendocument.text"
    text = text_of(response.content)
    assert all(cell in text for cell in ("Formery", "Till", "(no shared component exists)"))
    assert "£304 to £508 a year" in text
    assert "Formery needs Places" in text
    assert "/blueprints/licence/assemble/?" in text


def test_document_bears_text_that_xml_has_no_place_for(client, licence):
    type(licence.components["till"]).objects.filter(slug="till").update(name="Till \x01 <&> \u2028")

    response = client.get(licence.address("card=till", suffix=".odt"))

    assert "Till   <&>" in text_of(response.content)


@pytest.mark.parametrize("text", ["MIT", "", "Free for councils", "GPL-2.0-only WITH Classpath-exception-2.0"])
def test_bill_of_materials_is_valid_by_its_schema(client, licence, text):
    licence.components["till"].licence = text
    licence.components["till"].url = "https://till.example/"
    licence.components["till"].save()

    response = client.get(licence.address(*CHOICE, suffix=".cdx.json", also="places"))

    assert response["Content-Type"] == "application/vnd.cyclonedx+json; version=1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(response.content.decode()) is None


def test_bill_of_materials_names_parts_and_what_they_need(client, licence):
    bills = [json.loads(client.get(licence.address(*CHOICE, suffix=".cdx.json", also="places")).content) for _ in "ab"]

    assert bills[0]["serialNumber"] == bills[1]["serialNumber"]
    assert {part["bom-ref"]: part["type"] for part in bills[0]["components"]} == {
        "formery": "application", "till": "application", "places": "data",
    }  # fmt: skip
    needs = {one["ref"]: one.get("dependsOn", []) for one in bills[0]["dependencies"]}
    assert needs["formery"] == ["places"]
    assert needs["blueprint:licence"] == ["formery", "till", "places"]
