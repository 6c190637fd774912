"""The letter that a component is used: to who looks after it, once for each body and component."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection

from commons import notify
from registry.actions.declarations import declare
from registry.actions.post import send_letters
from registry.models import Act, DeclarationKind, Event, Letter, LetterKind, Purpose, Role, Stage, UnwantedLetter
from registry.permissions import COMMAND_LINE
from registry.said import Said
from registry.signing_in.letters import code_letter
from tests import factories

pytestmark = pytest.mark.django_db


class World:
    def __init__(self) -> None:
        self.function = factories.function()
        self.component = factories.component(slug="sorrelpost", name="Sorrelpost", functions=[self.function])
        self.steward = factories.organisation(name="Steward", contact_email="steward@s.example")
        factories.stewardship(component=self.component, organisation=self.steward)
        self.officer = self.person("officer@s.example", Role.STEWARDS_OFFICER)
        self.owner = self.person("owner@s.example", Role.OWNER)
        self.person("reader@s.example", Role.READER)
        self.body = factories.organisation(slug="ash", name="Ash")

    def person(self, email: str, role: Role):
        return factories.membership(organisation=self.steward, role=role, person=factories.person(email=email)).person

    def says(self, stage: Stage = Stage.LIVE, body=None, **said) -> None:
        statement = Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage=stage, contact="Us", **said)
        declare(organisation=body or self.body, function=self.function, statements=[statement], by=COMMAND_LINE)


@pytest.fixture
def world(db):
    return World()


def written() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def test_its_stewards_people_are_written_to(world):
    world.says()
    assert written() == ["officer@s.example", "owner@s.example", "steward@s.example"]
    letter = Letter.objects.first()
    assert (letter.subject, letter.kind) == ("Ash uses Sorrelpost", LetterKind.ADOPTED)
    for part in ("/organisations/ash/statements/", "/components/sorrelpost/adopters/", "/account/letters/"):
        assert part in letter.text


def test_once_for_each_body_and_component_also_when_the_letter_is_forgotten(world):
    world.says()
    Letter.objects.all().delete()
    world.says(Stage.PARTIAL)
    world.says(Stage.RETIRED)
    world.says()
    other = factories.function()
    world.component.functions.add(other)
    said = Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage=Stage.LIVE, contact="Us")
    declare(organisation=world.body, function=other, statements=[said], by=COMMAND_LINE)
    assert written() == []
    world.says(body=factories.organisation())
    assert len(written()) == 3


def test_plan_is_no_use_and_its_beginning_is(world):
    world.says(Stage.PLANNED)
    assert written() == []
    world.says(Stage.PILOT)
    assert len(written()) == 3


def test_own_use_is_no_news(world):
    world.says(body=world.steward)
    assert written() == []


def test_who_does_not_want_it_is_left_alone(world, client):
    client.force_login(world.owner)
    page = client.get("/account/letters/").content.decode()
    assert "checked" in page
    client.post("/account/letters/", {"attested": "on"})
    assert UnwantedLetter.objects.get().person == world.owner
    assert Event.objects.get(act=Act.CHOOSE_LETTERS).detail == {"unwanted": ["adopted"]}
    world.says()
    assert written() == ["officer@s.example", "steward@s.example"]
    client.post("/account/letters/", {"adopted": "on", "attested": "on"})
    assert not UnwantedLetter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_two_who_declare_at_once_mail_it_once():
    world = World()

    def alone(work) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(alone, [world.says, world.says]))
        list(pool.map(alone, [send_letters, send_letters]))
    to = sorted(address for letter in mail.outbox for address in letter.to)
    assert to == ["officer@s.example", "owner@s.example", "steward@s.example"]
    assert {letter.extra_headers[notify.KIND] for letter in mail.outbox} == {"adopted"}


def test_code_names_its_kind_for_templates():
    assert code_letter(Purpose.SIGN_IN, "a@b.example", "ABCDEF").extra_headers[notify.KIND] == "sign_in"


def test_every_template_of_the_documentation_is_a_kind():
    documented = Path(settings.BASE_DIR, "docs", "moderation.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\| `([a-z_]+)` \|\n", documented)) == set(LetterKind.values)
