from datetime import date

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from catalogue.models import Component, SearchEntry
from registry.actions.post import write_letter
from registry.actions.search import refresh_search
from registry.models import Declaration, Event, Letter, Pair, Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client) -> Person:
    person = Person.objects.create_superuser("operator@example.org", "a long enough password")
    client.force_login(person)
    return person


def form_of(page) -> dict:
    """What the browser would send back from an admin form, inlines included."""
    form = page.context["adminform"].form
    fields = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    inlines = [formset.formset.management_form for formset in page.context["inline_admin_formsets"]]
    fields |= {
        management.add_prefix(name): management.initial[name] for management in inlines for name in management.initial
    }
    return {
        name: [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
        for name, value in fields.items()
        if value is not None
    }


def test_admin_lists_open(client, operator):
    factories.adoption()
    factories.duplicate()
    for model in admin.site._registry:
        answer = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert answer.status_code == 200, model


def test_admin_is_closed_to_others(client):
    assert client.get("/admin/catalogue/component/").status_code == 302


def test_admin_change_leaves_one_event_and_is_found(client, operator):
    component = factories.component(name="Missed bins")
    address = reverse("admin:catalogue_component_change", args=[component.pk])
    sent = form_of(client.get(address)) | {"name": "Missed collections"}
    assert client.post(address, sent).status_code == 302
    event = Event.objects.get(act="edit")
    assert event.by == operator
    assert event.detail["object"] == "Missed collections"
    assert "Missed collections" in SearchEntry.objects.get(component=component).card


@pytest.mark.parametrize("kind", ["function", "peergroup"])
def test_admin_move_of_a_branch_is_found_as_after_a_whole_refresh(client, operator, kind):
    make = {"function": factories.function, "peergroup": factories.peer_group}[kind]
    old, new = make(), make()
    middle = make(parent=old)
    below = make(parent=middle)
    factories.component(**({"functions": [below]} if kind == "function" else {"available_to": [old]}))
    factories.component(**({"functions": [old]} if kind == "function" else {"available_to": [new]}))
    refresh_search()
    address = reverse(f"admin:catalogue_{kind}_change", args=[middle.pk])
    assert client.post(address, form_of(client.get(address)) | {"parent": new.pk}).status_code == 302
    entries = SearchEntry.objects.order_by("pk").values_list("terms", "card", "document")
    found = list(entries)
    refresh_search()
    assert found == list(entries)


def test_admin_can_not_rewrite_a_declaration(client, operator):
    declaration = factories.adoption()
    address = reverse("admin:registry_declaration_change", args=[declaration.pk])
    assert client.post(address, {"stage": "retired"}).status_code == 403
    assert Declaration.objects.get().stage == "live"


def test_admin_can_not_hide_a_component_behind_another_page(client, operator):
    address = reverse("admin:catalogue_component_add")
    given = form_of(client.get(address)) | {"name": "Compare", "kind": "service"}
    refused = client.post(address, given | {"slug": "compare"})
    assert "This slug is the address of another page" in refused.content.decode()
    assert client.post(address, given | {"slug": "comparer"}).status_code == 302
    assert [one.slug for one in Component.objects.all()] == ["comparer"]


def test_admin_can_not_change_a_slug(client, operator):
    body = factories.organisation(slug="first")
    address = reverse("admin:registry_organisation_change", args=[body.pk])
    client.post(address, form_of(client.get(address)) | {"slug": "second"})
    body.refresh_from_db()
    assert body.slug == "first"


def test_admin_shows_roles_and_letters_and_changes_none(client, operator):
    role = factories.membership(person=factories.person(name="Ada"))
    write_letter(to="ada@birch.example", about="it", subject="A subject", text="a secret address")
    for one in (role, Letter.objects.get()):
        change = reverse(f"admin:registry_{one._meta.model_name}_change", args=[one.pk])
        page = client.get(change)
        assert page.status_code == 200
        assert "a secret address" not in page.content.decode()
        assert client.post(change, {"role": "reader", "to": "x@x.example"}).status_code == 403
        assert client.get(reverse(f"admin:registry_{one._meta.model_name}_add")).status_code == 403
        assert client.post(change.replace("change", "delete")).status_code == 403


def test_admin_keeps_the_domains_of_a_body(client, operator):
    body = factories.organisation()
    address = reverse("admin:registry_organisation_change", args=[body.pk])
    answer = client.post(address, form_of(client.get(address)) | {"email_domains": "birch.example,ash.example"})
    assert answer.status_code == 302
    body.refresh_from_db()
    assert body.email_domains == ["birch.example", "ash.example"]


def test_operator_without_a_second_factor_is_led_to_their_account(client, operator, settings):
    """Django's own flags would let them in."""
    lists = reverse("admin:registry_organisation_changelist")
    assert client.get(lists).status_code == 200
    settings.BEHIND_HTTPS = True
    assert client.get(lists)["Location"] == f"/admin/login/?next={lists}"
    answer = client.get(f"/admin/login/?next={lists}", follow=True)
    assert answer.redirect_chain == [("/account/", 302)]
    assert "Operators need a second factor" in answer.content.decode()
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(operator.pk)
    session.save()
    assert client.get(lists).status_code == 200


@pytest.mark.parametrize("key", ["999999", "x"])
def test_way_from_the_admin_to_what_is_no_more_is_not_found(client, operator, key):
    for kind in ContentType.objects.values_list("pk", flat=True):
        assert client.get(f"/admin/r/{kind}/{key}/").status_code == 404
    assert client.get(f"/admin/r/{key}/1/").status_code == 404


def test_way_from_the_admin_leads_to_the_public_page(client, operator):
    first, second = factories.component(), factories.component()
    pair = Pair.objects.create(first=first, second=second, reasons=[], found_on=date(2026, 1, 1))
    kind = ContentType.objects.get_for_model(pair)
    assert client.get(f"/admin/r/{kind.pk}/{pair.pk}/")["Location"].endswith(f"/pairs/{pair.pk}/")
