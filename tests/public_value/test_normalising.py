"""Attested statements that count as E1, and stewards whose reuse earns nothing (AG-2): in facts and in files."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection

from public_value.actions import compute_edition
from public_value.bundle.snapshot import frozen
from public_value.evidence import gather
from public_value.models import EditionComponent, EditionSnapshot, Score
from public_value.preview import rebuilding
from public_value.recompute import PARAMETERS as METHOD
from public_value.recompute.edition import compute_with_draws
from registry.models import Attestation
from tests import factories
from tests.public_value.following import current, everything, rebuilt, settle
from tests.public_value.published import published
from tests.public_value.test_evidence import PARAMETERS, SNAPSHOT, adopt, fact, standing, world  # noqa: F401
from tests.registry.reorganisations.plans import carried_out, made_by, merge, operators

pytestmark = pytest.mark.django_db
GIVEN = date(2026, 6, 30)


@pytest.fixture
def other(world):  # noqa: F811
    """Who looks after what the body uses; the body looks after what they use."""
    other = factories.organisation(slug="sorrel", peer_group=world.group, driver=1000)
    factories.stewardship(component=world.shared, organisation=other)
    world.kept = factories.component(functions=[world.function], external_independent_adopters=2)
    factories.stewardship(component=world.kept, organisation=world.body)
    return other


@pytest.fixture
def use(world, other):  # noqa: F811
    """The body's use, which the other attested."""
    said = adopt(world, evidence="E2", coverage=0.5)
    factories.attestation(of=said, steward=other, answered_on=GIVEN)
    return said


def back(world, other, *, days: int = 0, **fields):  # noqa: F811
    """The body attests a use of the other."""
    said = adopt(world, organisation=other, component=world.kept, evidence="E2", coverage=0.5)
    return factories.attestation(of=said, steward=world.body, answered_on=GIVEN + timedelta(days=days), **fields)


def reuse(body) -> float:
    gathered = gather(PARAMETERS, SNAPSHOT)
    return float(gathered.bodies.reuse[np.searchsorted(gathered.bodies.id, body.pk)])


def test_attested_use_counts_as_it_says(world, use):  # noqa: F811
    assert fact(use)["evidence"] == 2


def test_two_that_attested_each_other_count_as_e1_both(world, other, use):  # noqa: F811
    given = back(world, other)
    assert fact(use)["evidence"] == 1
    assert fact(other.declarations.get())["evidence"] == 1
    assert given.state == "attested"


@pytest.mark.parametrize(("days", "evidence"), [(365, 1), (-365, 1), (366, 2), (-366, 2)])
def test_exchange_is_within_twelve_months(world, other, use, days, evidence):  # noqa: F811
    back(world, other, days=days)
    assert fact(use)["evidence"] == evidence


def test_exchange_ends_when_one_is_taken_back(world, other, use):  # noqa: F811
    given = back(world, other)
    ended = {"state": "withdrawn", "ended_in": factories.event(), "ended_on": GIVEN}
    Attestation.objects.filter(pk=given.pk).update(**ended)
    assert fact(use)["evidence"] == 2


def test_what_is_measured_is_not_capped(world, other, use):  # noqa: F811
    back(world, other)
    use.evidence = "E3"
    use.save()
    assert fact(use)["evidence"] == 3


def test_what_a_pack_states_is_not_capped(world, other, use):  # noqa: F811
    back(world, other)
    stated = adopt(world, organisation=factories.organisation(peer_group=world.group, driver=9), evidence="E2")
    assert fact(stated)["evidence"] == 2


def test_group_counts_as_one_in_an_exchange(world, other, use):  # noqa: F811
    sister = factories.organisation(affiliation_group="sorrel", peer_group=world.group, driver=10)
    said = adopt(world, organisation=sister, component=world.kept, evidence="E2")
    factories.attestation(of=said, steward=world.body)
    assert fact(use)["evidence"] == 1
    assert fact(said)["evidence"] == 1


def test_capped_use_is_no_independent_adopter(world, other, use):  # noqa: F811
    assert standing(world.shared)["independent_adopters"] == 3
    back(world, other)
    assert standing(world.shared)["independent_adopters"] == 2


@pytest.mark.parametrize(
    ("decided", "weighs"),
    [
        (SNAPSHOT, True),
        (SNAPSHOT + timedelta(days=1), False),
        (date(2025, 10, 1), True),
        (date(2025, 9, 30), False),
    ],
)
def test_failed_audit_weighs_for_twelve_months(world, other, use, decided, weighs):  # noqa: F811
    elsewhere = adopt(world, organisation=factories.organisation(), evidence="E2")
    failed = factories.attestation(of=elsewhere, steward=other)
    factories.audit(attestation=failed, decided_on=decided)

    assert fact(use)["evidence"] == (1 if weighs else 2)
    assert (reuse(other) == 0) is weighs


def test_passed_audit_weighs_nothing(world, other, use):  # noqa: F811
    factories.audit(attestation=Attestation.objects.get(), result="passed")
    assert fact(use)["evidence"] == 2
    assert reuse(other) == 3


def test_preview_begins_in_a_connection_that_gathered_nothing_yet(world, other, use):  # noqa: F811
    back(world, other)
    edition = published()
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")
    rebuilding.begin(edition.pk)
    settle()
    kept = EditionComponent.objects.get(edition=current(), component=world.shared)
    assert kept.independent_adopters == 2


def test_preview_follows_what_rows_are_normalised_by(world, other, use):  # noqa: F811
    """An exchange, a change of group, an audit: whoever they concern is calculated anew."""
    settle()
    given = back(world, other)
    settle()
    assert everything() == rebuilt()
    type(other).objects.filter(pk=other.pk).update(affiliation_group="woods")
    settle()
    assert everything() == rebuilt()
    ended = {"state": "withdrawn", "ended_in": factories.event(), "ended_on": GIVEN}
    Attestation.objects.filter(pk=given.pk).update(**ended)
    settle()
    assert everything() == rebuilt()
    factories.audit(attestation=Attestation.objects.get(steward=other))
    settle()
    assert everything() == rebuilt()


@pytest.mark.parametrize("concerned", ["exchange", "audit"])
def test_inherited_use_counts_as_that_of_its_predecessor(world, other, use, concerned):  # noqa: F811
    """In facts, among adopters, in the files and in the live preview, which follows by its marks."""
    people = operators()
    elm = factories.organisation(slug="elm", peer_group=world.group, driver=10)
    size, day = {"peer_group": world.group, "driver": 1010}, date(2026, 9, 1)
    (first,) = made_by(carried_out(merge([world.body, elm], day=day, **size), people))
    later = merge([first, factories.organisation()], name="Later Council", day=day + timedelta(days=1), **size)
    (heir,) = made_by(carried_out(later, people))
    said = heir.declarations.current().get()
    assert fact(said)["evidence"] == 2
    assert standing(world.shared)["independent_adopters"] == 3
    settle()
    before = everything()

    if concerned == "audit":
        factories.audit(attestation=Attestation.objects.get(steward=other))
    else:
        back(world, other)
    settle()

    assert fact(said)["evidence"] == 1
    assert standing(world.shared)["independent_adopters"] == 2
    assert everything() == rebuilt() != before
    files = zipfile.ZipFile(io.BytesIO(frozen(SNAPSHOT).content))
    rows = {row["organisation"]: row for row in csv.DictReader(io.StringIO(files.read("adoptions.csv").decode()))}
    assert rows[heir.slug]["evidence"] == "E1"


def test_files_state_what_counts(world, other, use):  # noqa: F811
    back(world, other)
    factories.audit(attestation=Attestation.objects.filter(steward=other).get())

    files = zipfile.ZipFile(io.BytesIO(frozen(SNAPSHOT).content))

    rows = list(csv.DictReader(io.StringIO(files.read("adoptions.csv").decode())))
    assert [row["evidence"] for row in rows] == ["E1", "E1"]
    assert files.read("suspended.csv").decode() == "organisation\nsorrel\n"


def test_files_without_such_rows_are_left_alone(world, other, use):  # noqa: F811
    names = zipfile.ZipFile(io.BytesIO(frozen(SNAPSHOT).content)).namelist()
    assert "suspended.csv" not in names


def test_edition_is_recomputed_from_its_files(world, other, use, tmp_path):  # noqa: F811
    back(world, other)
    factories.audit(attestation=Attestation.objects.filter(steward=other).get())
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)

    zipfile.ZipFile(io.BytesIO(EditionSnapshot.objects.get().content)).extractall(tmp_path)
    params = json.loads(METHOD.read_text())
    computed, _ = compute_with_draws(tmp_path, "2026Q3", SNAPSHOT, params, 20)

    mine = {one.organisation.slug: one for one in Score.objects.filter(edition=edition).select_related("organisation")}
    for slug, one in computed["organisations"].items():
        assert one["pvi"] == pytest.approx(mine[slug].pvi, abs=1e-9)
    assert mine["sorrel"].reuse == 0
