"""What the catalogue holds of a component, and its publiccode.yml."""

from datetime import date

import pytest
import yaml
from django.utils import timezone

from catalogue.descriptions import Owner, described
from catalogue.models import Column, Component, Description, Operation, Relation
from catalogue.models.description import PUBLICCODE
from catalogue.presenters.publiccode import publiccode_texts
from catalogue.readers import Contact, publiccode
from tests import factories
from tests.catalogue.readers.publiccode_files import changed

pytestmark = pytest.mark.django_db


def keep_file(component: Component, text: str, **fields) -> Description:
    return Description.objects.create(
        **{"component": component, "format": PUBLICCODE, "text": text, "read_at": timezone.now(), **fields}
    )


def loaded(component: Component) -> Component:
    return Component.objects.for_description().get(pk=component.pk)


def test_format_of_kept_files_is_the_reader_s():
    assert PUBLICCODE == publiccode.FORMAT


def test_description_has_all_that_the_catalogue_holds():
    pay = factories.component(
        name="Pay", kind="service", repository="https://a.example/pay.git", licence="MIT", summary="Takes payments."
    )
    factories.profile(
        component=pay, contact_name="Ada", contact_email="ada@a.example", version="1.10", released_on=date(2026, 3, 31),
        languages=["cy"], keywords=["payments"], api_description_url="https://a.example/openapi.json",
    )  # fmt: skip
    pay.standards.add(factories.standard(address="https://standards.example/1"), factories.standard(name="Own words"))
    older = factories.component(name="Older", repository="https://a.example/older.git")
    Relation.objects.create(component=pay, relation="based_on", other=older)
    Relation.objects.create(component=pay, relation="requires", other=factories.component(name="Names"))
    Operation.objects.create(component=pay, method="GET", path="/payments", summary="All of them")
    Column.objects.create(component=pay, number=1, name="amount", type="decimal")

    said = described(loaded(pay), Owner("Tamberwick", "urn:uk:tamberwick"), used_by=["Quillsford"])

    assert (said.identifier, said.name, said.kind, said.lifecycle) == (pay.slug, "Pay", "service", "live")
    assert (said.version, said.released_on, said.languages) == ("1.10", date(2026, 3, 31), ["cy"])
    assert said.contacts == [Contact(name="Ada", email="ada@a.example")]
    assert sorted(said.standards) == ["Own words", "https://standards.example/1"]
    assert (said.based_on, said.depends_on) == (["https://a.example/older.git"], ["Names"])
    assert (said.owner, said.used_by) == ("Tamberwick", ["Quillsford"])
    assert [(one.method, one.path) for one in said.operations] == [("GET", "/payments")]
    assert [(one.name, one.type) for one in said.columns] == [("amount", "decimal")]


def test_description_names_no_draft():
    pay = factories.component()
    Relation.objects.create(component=pay, relation="requires", other=factories.component(lifecycle="draft"))

    assert described(loaded(pay)).depends_on == []


def test_file_of_the_largest_steward_is_his(client):
    pay = factories.component(functions=[factories.function(name="Take payments")])
    factories.stewardship(component=pay, organisation=factories.organisation(name="Small"), share=0.3)
    large = factories.stewardship(component=pay, organisation=factories.organisation(name="Large"), share=0.6)

    written = yaml.safe_load(publiccode_texts([loaded(pay)], "https://r.example/")[pay.pk])

    page = f"https://r.example/organisations/{large.organisation.slug}/#organisation"
    assert written["organisation"] == {"uri": page, "name": "Large"}
    assert written["url"] == f"https://r.example/components/{pay.slug}/"
    assert written["description"]["und"]["features"] == ["Take payments"]


def test_files_of_many_components_cost_the_same_questions(django_assert_num_queries):
    for number in range(3):
        one = factories.component(functions=[factories.function()])
        factories.profile(component=one, languages=["en"])
        factories.stewardship(component=one)
        Relation.objects.create(component=one, relation="based_on", other=factories.component())
        if number:
            keep_file(one, changed("name", f"Own {number}"))

    with django_assert_num_queries(8 + 2):
        texts = publiccode_texts(list(Component.objects.for_description()), "https://r.example/")

    assert len(texts) == 6
    assert all(publiccode.read(text).is_valid for text in texts.values())


def test_own_file_is_given_as_it_was_read(client):
    pay = factories.component(slug="pay")
    text = "# Ours\r\n" + changed() + "x-own: 1 # kept\n"
    keep_file(pay, text)

    response = client.get("/components/pay/publiccode.yml")

    assert response.content.decode() == text
    assert response["Content-Type"] == "text/yaml; charset=utf-8"
    assert client.get("/components/pay/publiccode.yml", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_own_file_that_breaks_a_rule_is_not_given(client):
    pay = factories.component(slug="pay", name="Pay")
    keep_file(pay, changed("legal.license", "No such licence"))
    keep_file(pay, changed("name", "Openly"), format="openapi")

    response = client.get("/components/pay/publiccode.yml")

    assert response.content.decode().startswith("# Made by “Digital commons registry”")
    assert publiccode.read(response.content.decode()).is_valid


def test_draft_has_no_file(client):
    factories.component(slug="idea", lifecycle="draft")

    assert client.get("/components/idea/publiccode.yml").status_code == 404


def test_component_page_leads_to_its_file(client):
    factories.component(slug="pay")

    assert 'href="/components/pay/publiccode.yml"' in client.get("/components/pay/").content.decode()
