"""Exemptions: asked by a body, decided by two of three people of others, and public from the beginning."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.declarations import declare
from registry.actions.exemptions import (
    ask_for_exemption,
    eligible,
    leave_seat,
    take_back_exemption,
    take_seat,
    vote,
)
from registry.actions.exemptions.asking import Asking, last_day
from registry.models import (
    Act,
    Declaration,
    DeclarationKind,
    Event,
    Exemption,
    ExemptReason,
    Organisation,
    PanelSeat,
    Role,
)
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.said import Said
from tests import factories
from tests.constraints import refused_by
from tests.registry.moderation.conftest import acting, moderator

pytestmark = pytest.mark.django_db
LAW = "https://law.example/1"


class World:
    """A body with a system of its own, a steward of a component for the function, and bodies of the same kind."""

    def __init__(self) -> None:
        self.kind = factories.peer_group(slug="district")
        self.body = self.of_kind("asking")
        self.function = factories.function(slug="bookings", name="Bookings")
        self.system = factories.duplicate(organisation=self.body, function=self.function, system="Ledger")
        self.steward = factories.organisation(slug="steward", name="Steward")
        shared = factories.component(functions=[self.function])
        factories.stewardship(component=shared, organisation=self.steward)
        self.owner = factories.membership(organisation=self.body)
        self.by = acting(self.owner)

    def of_kind(self, slug: str, **fields) -> Organisation:
        return factories.organisation(slug=slug, name=slug.title(), peer_group=self.kind, **fields)

    def ask(self, **changed) -> Exemption:
        until = timezone.localdate() + timedelta(days=300)
        usual = {"system": "Ledger", "reason": ExemptReason.LAW, "text": "The law", "evidence_url": LAW, "until": until}
        by = changed.pop("by", self.by)
        asking = Asking(**usual | changed)
        return ask_for_exemption(organisation=self.body, function=self.function, asking=asking, by=by)

    def somebody(self, body: Organisation, role: Role = Role.EDITOR):
        return acting(factories.membership(organisation=body, role=role))

    def panel(self, exemption: Exemption) -> list:
        """The steward's officer and two of the same kind, seated."""
        bodies = [(self.steward, True, Role.STEWARDS_OFFICER)]
        bodies += [(self.of_kind(f"peer-{exemption.pk}-{n}"), False, Role.EDITOR) for n in (1, 2)]
        seated = []
        for body, as_steward, role in bodies:
            by = self.somebody(body, role)
            take_seat(exemption=exemption, organisation=body, as_steward=as_steward, by=by)
            seated.append(by)
        return seated


@pytest.fixture
def world(db):
    return World()


def standing(world: World) -> Declaration:
    return Declaration.objects.current().get(organisation=world.body, function=world.function)


# To ask


def test_owner_asks_and_nothing_changes_yet(world):
    made = world.ask()
    assert (made.outcome, made.renews, made.system) == ("", None, "Ledger")
    event = Event.objects.get(act=Act.ASK_FOR_EXEMPTION)
    assert (event.by, event.source, event.detail["function"]) == (world.owner.person, LAW, "bookings")
    assert standing(world).exempt_until is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"system": "Other"}, "does not say that it runs"),
        ({"text": " "}, "Say what speaks for it"),
        ({"evidence_url": "javascript:alert(1)"}, "web address of the evidence"),
        ({"until": date(2026, 1, 1)}, "a day after today"),
        ({"until": date(2099, 1, 1)}, "at most 24 months"),
        ({"by": ANYBODY}, "Only an owner"),
        ({"by": COMMAND_LINE}, "Only an owner"),
    ],
)
def test_what_cannot_be_asked(world, changed, why):
    with pytest.raises(Refused, match=why):
        world.ask(**changed)
    assert not Exemption.objects.exists()


def test_editor_does_not_ask(world):
    with pytest.raises(Refused, match="Only an owner"):
        world.ask(by=world.somebody(world.body))


def test_it_is_asked_once_at_a_time_and_can_be_taken_back(world):
    made = world.ask()
    with pytest.raises(Refused, match="asked for already"):
        world.ask()
    with pytest.raises(Refused, match="Only an owner"):
        take_back_exemption(exemption=made, by=world.somebody(world.steward, Role.OWNER))
    assert take_back_exemption(exemption=made, by=world.by).outcome == "withdrawn"
    world.ask()


def test_last_day_is_24_months_away():
    assert last_day(date(2026, 9, 30)) == date(2028, 9, 30)
    assert last_day(date(2028, 2, 29)) == date(2030, 2, 28)


def test_system_that_is_not_named_cannot_be_exempt(world):
    factories.duplicate(organisation=world.body, function=world.function, system="A system that is not named")
    with pytest.raises(Refused, match="show its name first"):
        world.ask(system="A system that is not named")


# The panel


def test_two_of_three_grant_it_and_the_statement_says_so(world):
    made = world.ask()
    officer, first, second = world.panel(made)
    before = standing(world)
    vote(exemption=made, grants=True, reason="The law is clear", by=officer)
    made.refresh_from_db()
    assert (made.outcome, standing(world)) == ("", before)
    vote(exemption=made, grants=True, reason="So it is", by=first)
    made.refresh_from_db()
    after = standing(world)
    assert made.outcome == "granted"
    assert (after.exempt_until, after.exempt_reason) == (made.until, "law")
    assert (after.recorded_in, after.confirmed, after.evidence) == (made.decided_in, before.confirmed, before.evidence)
    assert after.pk != before.pk
    with pytest.raises(Refused, match="decided already"):
        vote(exemption=made, grants=False, reason="No", by=second)


def test_it_stays_when_the_body_declares_again(world):
    made = world.ask()
    for by in world.panel(made)[:2]:
        vote(exemption=made, grants=True, reason="Yes", by=by)
    said = [Said(kind=DeclarationKind.DUPLICATE, system="Ledger", contact="Us", supplier="New supplier")]
    declare(organisation=world.body, function=world.function, statements=said, by=world.by)
    assert (standing(world).supplier, standing(world).exempt_until) == ("New supplier", made.until)


def test_two_of_three_refuse_it_and_nothing_is_said(world):
    made = world.ask()
    _officer, first, second = world.panel(made)
    before = standing(world)
    for by in (first, second):
        vote(exemption=made, grants=False, reason="No law says so", by=by)
    made.refresh_from_db()
    assert (made.outcome, standing(world)) == ("refused", before)
    world.ask()  # with better reasons


def test_vote_needs_a_seat_a_reason_and_is_cast_once(world):
    made = world.ask()
    officer, *_rest = world.panel(made)
    with pytest.raises(Refused, match="Say why"):
        vote(exemption=made, grants=True, reason=" ", by=officer)
    vote(exemption=made, grants=True, reason="Yes", by=officer)
    with pytest.raises(Refused, match="voted already"):
        vote(exemption=made, grants=False, reason="No", by=officer)
    for by in (ANYBODY, COMMAND_LINE, world.by, acting(moderator("Mo"))):
        with pytest.raises(Refused, match="You have no seat"):
            vote(exemption=made, grants=True, reason="Yes", by=by)


def test_role_that_has_ended_has_no_vote(world):
    made = world.ask()
    officer, *_rest = world.panel(made)
    with pytest.raises(Refused, match="no role of it any more"):
        vote(exemption=made, grants=True, reason="Yes", by=acting_without(officer))


def acting_without(by):
    from dataclasses import replace

    return replace(by, grants={})


def test_who_may_sit(world):
    made = world.ask()
    peer, other_kind = world.of_kind("peer"), factories.organisation()
    cases = [
        (world.steward, Role.STEWARDS_OFFICER, True, True),
        (world.steward, Role.OWNER, True, True),
        (world.steward, Role.EDITOR, True, False),
        (world.steward, Role.OWNER, False, False),
        (peer, Role.EDITOR, False, True),
        (peer, Role.READER, False, False),
        (peer, Role.OWNER, True, False),
        (other_kind, Role.OWNER, False, False),
        (world.body, Role.EDITOR, False, False),
    ]
    for body, role, as_steward, may in cases:
        found = eligible(made, world.somebody(body, role), as_steward=as_steward)
        assert (found == [body]) == may, (body, role, as_steward)
    for by in (ANYBODY, COMMAND_LINE, acting(moderator("Mo")), acting(moderator("Op", Role.OPERATOR))):
        with pytest.raises(Refused, match="You cannot sit on this panel"):
            take_seat(exemption=made, organisation=peer, as_steward=False, by=by)


def test_steward_of_the_same_kind_takes_the_stewards_seat_alone(world):
    both = world.of_kind("both")
    factories.stewardship(component=factories.component(functions=[world.function]), organisation=both)
    made = world.ask()
    by = world.somebody(both, Role.OWNER)
    assert eligible(made, by, as_steward=False) == []
    assert eligible(made, by, as_steward=True) == [both]


def test_nobody_of_the_asking_bodys_group_sits_nor_two_of_one_group(world):
    Organisation.objects.filter(pk=world.body.pk).update(affiliation_group="county")
    ally = world.of_kind("ally", affiliation_group="county")
    one, two = (world.of_kind(slug, affiliation_group="shire") for slug in ("one", "two"))
    made = world.ask()
    assert eligible(made, world.somebody(ally), as_steward=False) == []
    take_seat(exemption=made, organisation=one, as_steward=False, by=world.somebody(one))
    assert eligible(made, world.somebody(two), as_steward=False) == []
    with refused_by("panel_seat_one_a_group"), transaction.atomic():
        PanelSeat.objects.create(
            exemption=made,
            number=2,
            person=factories.person(),
            organisation=two,
            group="shire",
            as_steward=False,
            taken_in=factories.event(),
        )


def test_somebody_who_also_acts_for_the_asking_body_does_not_sit(world):
    made, peer, person = world.ask(), world.of_kind("peer"), factories.person()
    roles = [factories.membership(person=person, organisation=body, role=Role.EDITOR) for body in (peer, world.body)]
    assert eligible(made, acting(*roles), as_steward=False) == []


def test_stewards_seat_is_kept_for_stewards_and_is_a_peers_where_there_is_none(world):
    made = world.ask()
    peers = [world.of_kind(f"p-{n}") for n in range(3)]
    for body in peers[:2]:
        take_seat(exemption=made, organisation=body, as_steward=False, by=world.somebody(body))
    with pytest.raises(Refused, match="All three seats"):
        take_seat(exemption=made, organisation=peers[2], as_steward=False, by=world.somebody(peers[2]))
    world.steward.stewardships.update(superseded_in=factories.event())
    seat = take_seat(exemption=made, organisation=peers[2], as_steward=False, by=world.somebody(peers[2]))
    assert seat.number == 1


def test_seat_is_given_back_until_one_has_voted(world, mo):
    made = world.ask()
    officer, first, second = world.panel(made)
    seat = made.seats.get(person=first.person)
    with pytest.raises(Refused, match="Only whoever has the seat"):
        leave_seat(seat=seat, by=second)
    leave_seat(seat=seat, by=first)
    leave_seat(seat=made.seats.get(person=second.person), by=mo)
    assert [event.detail["own"] for event in Event.objects.filter(act=Act.LEAVE_SEAT).order_by("pk")] == [True, False]
    vote(exemption=made, grants=True, reason="Yes", by=officer)
    with pytest.raises(Refused, match="stays on the panel"):
        leave_seat(seat=made.seats.get(), by=officer)


def test_renewal_needs_new_evidence(world):
    made = world.ask()
    for by in world.panel(made)[:2]:
        vote(exemption=made, grants=True, reason="Yes", by=by)
    with pytest.raises(Refused, match="A renewal needs new evidence"):
        world.ask()
    again = world.ask(evidence_url="https://law.example/2")
    assert again.renews == made
    for by in world.panel(again)[:2] if not again.seats.exists() else []:
        vote(exemption=again, grants=True, reason="Yes", by=by)
    assert standing(world).exempt_until == again.until


def test_granting_for_a_system_that_has_ended_says_nothing(world):
    made = world.ask()
    panel = world.panel(made)
    Declaration.objects.filter(pk=world.system.pk).update(superseded_in=factories.event())
    for by in panel[:2]:
        vote(exemption=made, grants=True, reason="Yes", by=by)
    made.refresh_from_db()
    assert made.outcome == "granted"
    assert not Declaration.objects.current().duplicates().exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_seat_at_once_one_gets_it():
    world = World()
    made = world.ask()
    first, second, third = (world.of_kind(f"p-{n}") for n in range(3))
    take_seat(exemption=made, organisation=first, as_steward=False, by=world.somebody(first))
    wanting = [(body, world.somebody(body)) for body in (second, third)]
    together = Barrier(2)

    def sit(asked) -> str:
        together.wait()
        try:
            take_seat(exemption=made, organisation=asked[0], as_steward=False, by=asked[1])
            return "seated"
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(sit, wanting))
    assert said == ["All three seats are taken.", "seated"]
    assert sorted(made.seats.values_list("number", flat=True)) == [2, 3]


def test_constraint_keeps_a_seat_for_one(world):
    made = world.ask()
    world.panel(made)
    seat = made.seats.first()
    with refused_by("panel_seat_taken_once"), transaction.atomic():
        made.seats.filter(pk=made.seats.last().pk).update(number=seat.number)
    with refused_by("panel_seat_votes_with_a_reason"), transaction.atomic():
        made.seats.update(grants=True)
    with refused_by("exemption_decided_in_an_act"), transaction.atomic():
        Exemption.objects.update(outcome="granted")


# Pages and API


def test_asking_and_voting_on_pages(world, come, client, django_assert_max_num_queries):
    owner = come(world.owner.person)
    cell = owner.get("/workspace/asking/functions/bookings/").content.decode()
    address = f"/workspace/asking/declarations/{world.system.pk}/exemption/"
    assert f'href="{address}"' in cell
    assert "Say what speaks for it" in owner.post(address, {"reason": "law"}).content.decode()
    until = timezone.localdate() + timedelta(days=90)
    said = {"reason": "law", "text": "<b>The law</b>", "evidence_url": LAW}
    dated = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    owner.post(address, said | dated)
    made = Exemption.objects.get()
    peers = [factories.membership(organisation=world.of_kind(f"p-{n}"), role=Role.EDITOR) for n in range(2)]
    for peer in peers:
        member = come(peer.person)
        with django_assert_max_num_queries(8):
            panels = member.get("/moderation/exemptions/").content.decode()
        assert "You can sit on it" in panels
        page = member.get(made.get_absolute_url()).content.decode()
        assert f"Take a seat for {peer.organisation.name}" in page
        member.post(f"{made.get_absolute_url()}sit/", {"body": peer.organisation.slug, "as": "peer"})
        assert "You sit on it" in member.get("/moderation/exemptions/").content.decode()
        assert member.post(f"{made.get_absolute_url()}vote/", {"choice": "no"}).status_code == 400
        member.post(f"{made.get_absolute_url()}vote/", {"choice": "no", "reason": f"No, says {peer.organisation}"})
    client.logout()
    with django_assert_max_num_queries(8):
        public = client.get(made.get_absolute_url()).content.decode()
    assert "No, says P-0" in public
    assert "&lt;b&gt;The law" in public
    assert "Refused" in public
    assert peers[0].person.email not in public
    assert world.owner.person.email not in public


def test_list_and_api_tell_everybody(world, client, django_assert_max_num_queries):
    made = world.ask()
    officer, *_rest = world.panel(made)
    vote(exemption=made, grants=True, reason="Yes", by=officer)
    with django_assert_max_num_queries(8):
        page = client.get("/exemptions/").content.decode()
    assert "1 exemption" in page
    assert "Asking: Ledger" in page
    (row,) = client.get("/api/v1/exemptions").json()["items"]
    assert (row["system"], row["state"], row["seats"], row["granting"], row["refusing"]) == (
        "Ledger",
        "waiting",
        3,
        1,
        0,
    )
    one = client.get(f"/api/v1/exemptions/{made.pk}").json()
    assert [seat["grants"] for seat in one["panel"]] == [True, None, None]
    assert one["panel"][0]["organisation"] == {"slug": "steward", "name": "Steward"}
    assert client.get("/api/v1/exemptions/0").status_code == 404
    assert client.get("/api/v1/exemptions?state=granted").json()["items"] == []


def test_empty_lists_say_so(client, come):
    assert "No body has asked for one" in client.get("/exemptions/").content.decode()
    assert (
        "No exemption waits for a panel" in come(moderator("Mo").person).get("/moderation/exemptions/").content.decode()
    )


def test_moderator_looks_on_and_frees_a_seat(world, come):
    made = world.ask()
    world.panel(made)
    client = come(moderator("Mo").person)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Take a seat" not in page
    assert "Free this seat" in page
    client.post(f"{made.get_absolute_url()}seats/2/leave/")
    assert made.seats.count() == 2
