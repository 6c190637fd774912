import pytest

from registry.models import Membership, Person, Role
from registry.permissions import Actor, of_person
from tests import factories


def acting(*memberships: Membership) -> Actor:
    return of_person(memberships[0].person, memberships, second_factor=True)


def moderator(name: str, role: Role = Role.MODERATOR) -> Membership:
    person = factories.person(name=name, email=f"{name.lower()}@registry.example")
    return factories.membership(organisation=None, role=role, person=person)


@pytest.fixture
def mo(db):
    return acting(moderator("Mo"))


@pytest.fixture
def nell(db):
    return acting(moderator("Nell"))


@pytest.fixture
def come(client):
    """Sign in as somebody who has used a second factor."""

    def come(person: Person):
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa"}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return come
