from collections.abc import Callable

import pytest

from registry.actions.challenges import Raised, raise_challenge
from registry.models import Challenge, Declaration, Person
from registry.permissions import ANYBODY
from registry.presenters import challenged
from tests import factories

CITIZEN = "citizen@example.org"


@pytest.fixture
def ash(db):
    return factories.organisation(slug="ash", name="Ash Council", contact_email="clerk@ash.example")


@pytest.fixture
def statement(ash) -> Declaration:
    """“Ash Council uses Pay to take payments.”"""
    return factories.adoption(
        organisation=ash,
        function=factories.function(slug="payments", name="Take payments"),
        component=factories.component(slug="pay", name="Pay"),
        annual_cost="100",
    )


@pytest.fixture
def raised(statement) -> Callable[..., Challenge]:
    """`raised(claim=…)` challenges the statement."""

    def one(**said) -> Challenge:
        return raise_of(statement, **said).challenge

    return one


def raise_of(statement: Declaration, **said) -> Raised:
    made = {"claim": "They left it in spring.", "by": ANYBODY, **said}
    return raise_challenge(subject=made.pop("subject", None) or challenged.of_declaration(statement.pk), **made)


@pytest.fixture
def operator(client, db) -> Person:
    person = Person.objects.create_superuser("operator@example.org", "a long enough password")
    client.force_login(person)
    return person
