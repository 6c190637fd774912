import pytest

from registry.models import Role
from tests import factories


@pytest.fixture
def body(db):
    return factories.organisation(slug="birch", name="Birch Council")


@pytest.fixture
def function(db):
    return factories.function(slug="bookings", name="Bookings")


@pytest.fixture
def shared(function):
    return factories.component(slug="sorrelpost", name="Sorrelpost", functions=[function])


@pytest.fixture
def come(client, body):
    """Sign in with a role of the body; owners have used their second factor."""

    def come(role=Role.OWNER, *, second_factor=True, organisation=None):
        membership = factories.membership(organisation=organisation or body, role=role)
        client.force_login(membership.person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa"}] if second_factor else [{"method": "code"}]
        session["account_authentication_methods_user"] = str(membership.person.pk)
        session.save()
        return client

    return come
