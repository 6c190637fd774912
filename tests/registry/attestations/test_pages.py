"""The pages of attestations: what is asked, answered, of what one says oneself, and of what systems cost."""

from decimal import Decimal

import pytest

from registry.actions.attestations import attest, lapse_overdue
from registry.models import Attestation, Declaration, DeclarationKind, Role
from registry.said import Said
from tests import factories
from tests.registry.attestations.conftest import LINK, later

pytestmark = pytest.mark.django_db
PAGE = "/workspace/sorrel/attestations/"


@pytest.fixture
def come(client, world):
    """Sign in with a role of a body, as a person of the world or another one."""

    def come(body, role, person=None):
        member = factories.membership(organisation=body, role=role, person=person)
        client.force_login(member.person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa"}]
        session["account_authentication_methods_user"] = str(member.person.pk)
        session.save()
        return client

    return come


@pytest.fixture
def officer(world, come):
    return come(world.steward, Role.STEWARDS_OFFICER)


def test_what_is_asked_is_to_do_and_listed(world, officer, uses, django_assert_max_num_queries):
    world.say(world.said)
    uses("cedar")
    uses("alder")

    home = officer.get("/workspace/sorrel/").text
    assert 'href="/workspace/sorrel/attestations/">3 attestations asked of us' in home

    with django_assert_max_num_queries(7):  # session, person and roles among them
        page = officer.get(PAGE).text
    for name in ("Birch", "cedar", "alder"):
        assert f"{name}<span" in page
    assert "Attest the ticked ones" in page
    assert "Evidence published" in page


def test_ticked_ones_are_attested(world, officer, uses):
    world.say(world.said)
    keys = [Attestation.objects.get().pk, uses("cedar")]
    other = uses("alder")

    answer = officer.post(f"{PAGE}answer/", {"chosen": keys, "act": "attest"}, follow=True)

    assert "2 statements are attested" in answer.text
    assert list(Attestation.objects.asked().values_list("pk", flat=True)) == [other]


def test_ticked_ones_are_declined_with_a_reason_that_is_kept_when_it_is_missing(world, officer):
    world.say(world.said)
    key = Attestation.objects.get().pk

    refused = officer.post(f"{PAGE}answer/", {"chosen": key, "act": "decline", "reason": " "})
    assert refused.status_code == 409
    assert "Say why you do not attest this" in refused.text
    assert f'value="{key}" checked' in refused.text

    officer.post(f"{PAGE}answer/", {"chosen": key, "act": "decline", "reason": "They <b>left</b>"})
    given = officer.get(f"{PAGE}?show=given").text
    assert "They &lt;b&gt;left&lt;/b&gt;" in given
    assert "Declined by the steward" in given


def test_somebody_who_may_only_read_sees_no_buttons(world, come):
    world.say(world.said)
    page = come(world.steward, Role.READER).get(PAGE).text
    assert "Birch" in page
    assert "Attest the ticked ones" not in page


def test_list_is_narrowed(world, officer, uses):
    world.say(world.said)
    uses("cedar")
    page = officer.get(f"{PAGE}?q=ced").text
    assert "cedar" in page
    assert "Birch" not in page
    assert "Nothing fits." in officer.get(f"{PAGE}?q=nowhere").text


def test_empty_states(world, officer):
    assert "Nothing is asked of you." in officer.get(PAGE).text
    assert "You have not answered anything yet." in officer.get(f"{PAGE}?show=given").text
    assert "You do not say that you use a shared component." in officer.get(f"{PAGE}?show=ours").text
    assert "No system waits for it." in officer.get(f"{PAGE}?show=costs").text


def test_what_was_given_is_taken_back_after_a_question(world, officer):
    world.say(world.said)
    key = Attestation.objects.get().pk
    officer.post(f"{PAGE}answer/", {"chosen": key, "act": "attest"})

    asks = officer.get(f"{PAGE}{key}/withdraw/")
    assert "Everybody can read it." in asks.text
    assert officer.post(f"{PAGE}{key}/withdraw/", {"reason": ""}).status_code == 409
    done = officer.post(f"{PAGE}{key}/withdraw/", {"reason": "They left"}, follow=True)

    assert "It is taken back" in done.text
    assert world.grade == "E1"


def test_what_others_gave_is_not_found(world, officer, uses):
    other = factories.organisation()
    key = factories.attestation(of=factories.adoption(), steward=other).pk
    assert officer.get(f"{PAGE}{key}/withdraw/").status_code == 404


def test_body_sees_who_attests_what_it_says_and_asks_again(world, come):
    world.say(world.said)
    client = come(world.body, Role.EDITOR)
    ours = "/workspace/birch/attestations/?show=ours"
    assert "to be answered until" in client.get(ours).text
    Attestation.objects.all().delete()

    assert "Ask the steward" in client.get(ours).text
    client.post("/workspace/birch/attestations/ask/", {"chosen": world.now().pk})

    assert Attestation.objects.get().state == "asked"
    again = client.post("/workspace/birch/attestations/ask/", {"chosen": world.now().pk})
    assert (again.status_code, "was asked already" in again.text) == (409, True)


def test_lapsed_one_says_that_the_steward_did_not_answer(world, come):
    world.say(world.said)
    client = come(world.body, Role.EDITOR)
    with later(days=61):
        lapse_overdue()
    assert "Not answered by the steward" in client.get("/workspace/birch/attestations/?show=ours").text


def test_public_reads_who_attests_a_use(world, client, officer):
    page = "/organisations/birch/statements/"
    world.say(world.said)
    assert "The steward is asked to attest it" in client.get(page).text
    officer.post(f"{PAGE}answer/", {"chosen": Attestation.objects.get().pk, "act": "attest"})
    assert "Attested by Sorrel on" in client.get(page).text
    Attestation.objects.all().delete()
    assert "Attested by" not in client.get(page).text


def test_public_reads_that_the_steward_did_not_answer(world, client):
    world.say(world.said)
    with later(days=61):
        lapse_overdue()
        assert "Not answered by the steward" in client.get("/organisations/birch/statements/").text


def test_finance_attestor_attests_costs(world, come):
    own = Said(
        kind=DeclarationKind.DUPLICATE, system="Emberfold", annual_cost=Decimal("12000.50"), price_fy="2026-27",
        source_url=LINK,
    )  # fmt: skip
    world.say(own)
    page = "/workspace/birch/attestations/?show=costs"
    assert "disabled" in come(world.body, Role.READER).get(page).text

    client = come(world.body, Role.FINANCE_ATTESTOR)
    assert "Emberfold" in client.get(page).text
    done = client.post("/workspace/birch/attestations/costs/", {"chosen": world.now().pk}, follow=True)

    assert "1 cost is attested" in done.text
    assert world.grade == "E2"


def test_exchange_is_told_where_the_grade_is_shown(world, client, officer):
    world.say(world.said)
    attest(steward=world.steward, attestations=[Attestation.objects.get().pk], by=world.officer)
    kept = factories.component(functions=[world.function])
    factories.stewardship(component=kept, organisation=world.body)
    used = factories.adoption(organisation=world.steward, function=world.function, component=kept, evidence="E2")
    factories.attestation(of=used, steward=world.body, answered_on=Attestation.objects.first().answered_on)

    words = "Counts as E1: the two attested each other"
    assert Declaration.objects.get(pk=used.pk).evidence == "E2"
    for page in (
        *("/organisations/birch/", "/organisations/birch/statements/", "/components/sorrelpost/adopters/"),
        *(f"{PAGE}?show=given", f"{PAGE}?show=ours"),
    ):
        assert words in officer.get(page).text, page
