"""What operators do on their own pages is an act like any other: one event each, with its rows."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.urls import reverse

from registry.audited_admin import AuditedAdmin
from registry.models import Act, Commons, Event, Organisation, Person
from tests import factories
from tests.registry.test_admin import form_of, operator  # noqa: F401  (fixture)
from tests.registry.written import watched

pytestmark = pytest.mark.django_db
MADE = {"peergroup": factories.peer_group, "commons": lambda: Commons.objects.get_or_create(pk=1)[0]}


def maker(model) -> Callable | None:
    """What makes a row of it, where the tests have such."""
    return MADE.get(model._meta.model_name) or getattr(factories, model._meta.model_name, None)


AUDITED = [model for model, one in admin.site._registry.items() if isinstance(one, AuditedAdmin) and maker(model)]


def address_of(model, what: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


@pytest.mark.parametrize("model", AUDITED)
def test_changing_a_row_is_one_event(client, operator, model):  # noqa: F811
    address = address_of(model, "change", maker(model)().pk)
    sent = form_of(client.get(address))
    with watched() as written:
        response = client.post(address, sent)
    assert response.status_code == 302, response.context["errors"]
    assert (written.events, written.apart) == (1, [])
    event = Event.objects.latest("id")
    assert (event.act, event.by, event.detail["done"]) == (Act.EDIT, operator, "changed")


def test_adding_and_deleting_a_row_is_one_event_each(client, operator):  # noqa: F811
    address = address_of(Organisation, "add")
    sent = form_of(client.get(address)) | {"name": "Fern", "slug": "fern"}
    with watched() as added:
        assert client.post(address, sent).status_code == 302
    body = Organisation.objects.get(slug="fern")
    with watched() as deleted:
        assert client.post(address_of(Organisation, "delete", body.pk), {"post": "yes"}).status_code == 302
    assert [(one.events, one.apart) for one in (added, deleted)] == [(1, []), (1, [])]
    assert list(Event.objects.order_by("id").values_list("detail__done", flat=True)) == ["added", "deleted"]


def test_flags_of_a_person_are_not_changed_without_a_trace(client, operator):  # noqa: F811
    person = factories.person()
    address = address_of(Person, "change", person.pk)
    with watched() as written:
        client.post(address, form_of(client.get(address)) | {"is_superuser": "on", "is_staff": "on"})
    assert (written.events, written.apart) == (1, [])
    assert "Superuser status" in str(Event.objects.latest("id").detail["message"])


def test_deleting_several_is_one_event_each_all_or_none(client, operator, monkeypatch):  # noqa: F811
    bodies = [factories.organisation() for _ in range(3)]
    chosen = {"action": "delete_selected", "_selected_action": [body.pk for body in bodies], "post": "yes"}
    with watched() as written:
        assert client.post(address_of(Organisation, "changelist"), chosen).status_code == 302
    assert written.events == 3
    assert len({*written.domain["registry_event"], *written.domain["registry_organisation"]}) == 1

    body = factories.organisation()
    monkeypatch.setattr(AuditedAdmin, "delete_queryset", lambda *asked: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(address_of(Organisation, "changelist"), chosen | {"_selected_action": [body.pk]})
    assert Event.objects.filter(detail__done="deleted").count() == 3
