"""Roles from the machine: the first moderator, and what can be put right where nobody can sign in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.models import Letter, Membership, Person
from tests import factories

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_first_moderator_is_granted_and_ended():
    assert said("grant_role", "mo@registry.example", "moderator", "--name=Mo") == (
        "mo@registry.example is now moderator of the registry."
    )
    person = Person.objects.get()
    assert (person.name, person.has_usable_password()) == ("Mo", False)
    assert Letter.objects.get().to == "mo@registry.example"
    assert said("end_role", "MO@registry.example", "moderator") == (
        "MO@registry.example is no longer moderator of the registry."
    )
    assert not Membership.objects.standing().exists()


def test_owner_of_a_body_is_granted_whatever_their_domain_and_ended_though_the_last():
    factories.organisation(slug="birch", name="Birch")
    assert said("grant_role", "bo@x.example", "owner", "--organisation=birch") == "bo@x.example is now owner of Birch."
    assert (
        said("end_role", "bo@x.example", "owner", "--organisation=birch") == "bo@x.example is no longer owner of Birch."
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grant_role", "bo@x.example", "owner"], "name it with --organisation"),
        (["grant_role", "bo@x.example", "moderator", "--organisation=birch"], "leave --organisation out"),
        (["grant_role", "bo@x.example", "owner", "--organisation=nobody"], "no body “nobody”"),
        (["grant_role", "bo", "moderator"], "no email address"),
        (["grant_role", "has@x.example", "editor", "--organisation=birch"], "has this role already"),
        (["grant_role", "bo@x.example", "king"], "invalid choice"),
        (["end_role", "bo@x.example", "moderator"], "is not moderator of the registry"),
        (["end_role", "has@x.example", "owner", "--organisation=birch"], "is not owner of Birch"),
    ],
)
def test_command_says_what_is_wrong(words, sentence):
    birch = factories.organisation(slug="birch", name="Birch")
    factories.membership(organisation=birch, role="editor", person=factories.person(email="has@x.example"))
    with pytest.raises(CommandError, match=sentence):
        said(*words)
    assert Membership.objects.count() == 1
