"""Evidence by a link: earned when it answers, lost when it is silent twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from registry.actions.declarations import declare
from registry.actions.evidence import check_links, take_due
from registry.models import Declaration, DeclarationKind, Event, EvidenceLink, ShownTo
from registry.permissions import COMMAND_LINE
from registry.said import Hold, Said
from tests import factories
from tests.sites import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return factories.organisation(slug="birch")


@pytest.fixture
def claim(body, site):
    def claim(path="/contract", *, system="Emberfold", organisation=None, address="", **fields):
        statement = Said(
            kind=DeclarationKind.DUPLICATE, system=system, source_url=address or site.at(path), **fields
        )  # fmt: skip
        function = factories.function()
        return declare(
            organisation=organisation or body, function=function, statements=[statement], by=COMMAND_LINE
        ).recorded[0]

    return claim


def grades() -> list[str]:
    return sorted(Declaration.objects.current().values_list("evidence", flat=True))


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


def test_link_that_answers_earns_e1(claim, site):
    first = claim()
    assert first.evidence == "E0"
    before = Event.objects.count()

    assert check_links() == 1

    now = Declaration.objects.current().get()
    assert (now.evidence, now.confirmed, now.system) == ("E1", first.confirmed, "Emberfold")
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("pk").act == "check_evidence"
    assert check_links() == 0


def test_one_link_of_many_statements_is_asked_once(claim, site):
    claim(system="One")
    claim(system="Two")
    claim(system="Three", organisation=factories.organisation())

    check_links()

    assert [path for path, _ in site.asked if path == "/contract"] == ["/contract"]
    assert grades() == ["E1", "E1", "E1"]


def test_known_link_gives_its_grade_at_once(claim):
    claim()
    check_links()

    assert claim(system="Another").evidence == "E1"


def test_link_is_asked_again_after_90_days_and_only_the_second_silence_counts(claim, site):
    claim()
    check_links()
    site.answers["/contract"] = said(status=404)

    with later(days=89):
        assert check_links() == 0
    with later(days=91):
        assert check_links() == 1
        assert grades() == ["E1"]
        assert EvidenceLink.objects.get().failures == 1
    with later(days=99):
        assert check_links() == 1
        assert grades() == ["E0"]
        assert "404" in EvidenceLink.objects.get().failure
    del site.answers["/contract"]
    with later(days=190):
        check_links()
        assert grades() == ["E1"]


def test_single_silence_is_forgiven(claim, site):
    claim()
    check_links()
    site.answers["/contract"] = said(status=500)
    with later(days=91):
        check_links()
    del site.answers["/contract"]
    with later(days=99):
        check_links()

    link = EvidenceLink.objects.get()
    assert (link.failures, link.failure, grades()) == (0, "", ["E1"])


def test_busy_host_is_asked_when_it_says(claim, site):
    claim()
    site.answers["/contract"] = said(status=429, Retry_After="3600")

    check_links()

    link = EvidenceLink.objects.get()
    assert (link.failures, link.taken_until) == (0, None)
    assert link.next_due_at > timezone.now() + timedelta(minutes=50)


def test_grades_of_a_pack_and_better_ones_stay(claim, site):
    packed = factories.duplicate(source_url=site.at("/contract"), evidence="E0")
    better = claim()
    Declaration.objects.filter(pk=better.pk).update(evidence="E2")
    site.answers["/contract"] = said(status=404)
    check_links()
    with later(days=8):
        check_links()

    assert Declaration.objects.get(pk=packed.pk).superseded_in is None
    assert Declaration.objects.get(pk=better.pk).superseded_in is None


def test_inside_is_never_asked(claim, canary):
    for address in (canary.at("/x"), "http://169.254.169.254/latest", "http://[::1]/", "http://localhost:1/"):
        claim(system=address, address=address)

    check_links()

    assert set(grades()) == {"E0"}
    assert EvidenceLink.objects.filter(failures=1).count() == 4


def test_what_is_kept_back_stays_kept_back(claim):
    claim(supplier="Hush Ltd", held={"supplier": Hold(ShownTo.OWN)})
    check_links()

    now = Declaration.objects.current().get()
    assert (now.supplier, now.evidence) == ("", "E1")
    assert [one.text for one in now.withheld.all()] == ["Hush Ltd"]


def test_link_that_a_dead_worker_had_is_taken_again(claim):
    claim()
    assert take_due() is not None
    assert take_due() is None

    with later(minutes=6):
        assert take_due() is not None
