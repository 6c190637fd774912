"""The worlds that benchmarks are run on can be made of the tables as they are now; `make bench` alone is too rare."""

import pytest

from catalogue.models import Component
from registry.models import Organisation, Payment
from tests.performance import catalogue_world, national_world, payments_world

pytestmark = pytest.mark.django_db(transaction=True)  # VACUUM is for outside a transaction


def test_catalogue_and_its_payments():
    catalogue_world.make(300)
    payments_world.make(500)
    assert (Component.objects.count(), Payment.objects.count()) == (300, 500)


def test_country(monkeypatch):
    monkeypatch.setattr(national_world, "COMPONENTS_EACH", 2)
    assert national_world.make(20, 100) == 20 * 100
    assert Organisation.objects.count() == 20
