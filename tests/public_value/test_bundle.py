"""The open data of an edition: enough for a stranger to check every number, and nothing that the gate hides."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from catalogue.models import Column, Operation, Profile, Standard
from public_value.actions import METHOD, compute_edition
from public_value.bundle.drafts import hide_drafts
from public_value.bundle.writing import bundle
from public_value.bundle.zipping import unzipped, zipped
from public_value.gate import face
from public_value.models import Edition, EditionSnapshot, Score
from public_value.pack import EVERY_SHEET
from public_value.ranks import show_ranks
from public_value.recompute.main import check_bundle
from registry.models import Organisation
from registry.pack.loading import load_pack
from tests import factories
from tests.public_value.kinds import kind, scored, several
from tests.public_value.test_evidence import SNAPSHOT, adopt, adopter, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.worlds import LABEL, random_world, write_pack

pytestmark = [pytest.mark.django_db, pytest.mark.long]

WORLDS = int(os.environ.get("WORLDS", 30))


def files(edition: Edition, held=()) -> dict[str, bytes]:
    return dict(unzipped(bundle(edition, held)))


def unpacked(edition: Edition, folder: Path, held=()) -> Path:
    for name, content in files(edition, held).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def recomputed(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-I", "-S", "recompute.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_stranger_recomputes_the_demo_from_its_bundle_alone(demo, tmp_path: Path) -> None:
    done = recomputed(unpacked(demo, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "published values are what comes out." in done.stdout
    for figure in ("pvi", "mc", "rank_interval", "grade", "missing", "excluded", "face", "functions"):
        assert f"\n{figure} " in done.stdout
    for figure in ("robustness", "sensitivity"):
        assert f"\n{figure} " in done.stdout
        assert json.loads((tmp_path / "results.json").read_text())[figure] == getattr(demo, figure)


def test_bundle_is_made_of_what_was_hashed_though_the_registry_moved_on(demo, tmp_path: Path) -> None:
    Organisation.objects.update(driver=1, start=None, end=date(2020, 1, 1))
    Edition.objects.update(sensitivity={})  # it is checked above, and takes most of the time
    edition = Edition.objects.get()
    assert recomputed(unpacked(edition, tmp_path)).returncode == 0
    assert json.loads((tmp_path / "edition.json").read_text())["snapshot_hash"] == demo.snapshot_hash


def test_results_hide_what_the_gate_hides(demo) -> None:
    entries = json.loads(files(demo)["results.json"])["organisations"]
    scores = {score.organisation.slug: score for score in Score.objects.listed().select_related("organisation")}
    assert entries.keys() == scores.keys()
    numbers = {"pvi", "pvi_peer_imputed", "pvi_max", "arithmetic", "balance_penalty", "mc", "contributions"}
    numbers |= {"indicators", "function_contributions", "rank_interval"}
    for slug, entry in entries.items():
        shown = face(scores[slug])
        points = {"score": shown.score, "low": shown.low, "high": shown.high}
        assert entry["grade"] == shown.grade
        assert (numbers <= entry.keys()) == shown.is_score
        if shown.is_score:
            assert (entry["face"], entry["pvi"]) == (points, scores[slug].pvi)
        elif shown.is_band:
            assert entry.keys() == {*GIVEN, "excluded", "completeness", "face"}
            assert entry["face"] == {"low": shown.low, "high": shown.high}
        else:
            assert entry.keys() <= {*GIVEN, "excluded", "completeness"}


GIVEN = ("peer_group", "missing", "grade", "published")


def test_table_hides_what_the_gate_hides(demo) -> None:
    header, *rows = files(demo)["results.csv"].decode().splitlines()
    assert header.startswith("organisation,peer_group,published,grade,score,low,high,rank_low,rank_high,rank_members,")
    for row in rows:
        cells = dict(zip(header.split(","), row.split(","), strict=True))
        assert (cells["pvi"] != "") == (cells["score"] != "") == (cells["published"] == "score")
        assert (cells["low"] != "") == (cells["published"] in ("score", "band"))


def test_body_that_is_held_shows_no_number_and_still_agrees(demo, tmp_path: Path) -> None:
    slug = Score.objects.filter(published_as="score").values_list("organisation__slug", flat=True)[0]
    show_ranks(demo, {Organisation.objects.get(slug=slug).pk})
    demo.sensitivity = {}  # it is checked above, and takes most of the time
    folder = unpacked(demo, tmp_path, [slug])
    entry = json.loads((folder / "results.json").read_text())["organisations"][slug]
    assert entry.keys() == {*GIVEN, "excluded", "completeness"}
    assert entry["published"] == "held"
    done = recomputed(folder)
    assert done.returncode == 0, done.stdout


def test_results_give_the_place_that_is_shown(demo) -> None:
    entries = json.loads(files(demo)["results.json"])["organisations"]
    for score in Score.objects.listed().filter(published_as="score").select_related("organisation", "rank_group"):
        place = entries[score.organisation.slug]["rank_interval"]
        if score.rank_group is None:
            assert place is None
        else:
            low, high = score.shown_rank_low, score.shown_rank_high
            assert place == {"low": low, "high": high, "members": score.rank_members, "group": score.rank_group.slug}
    rows = csv.DictReader(files(demo)["results.csv"].decode().splitlines())
    places = {row["organisation"]: row["rank_low"] for row in rows}
    assert {slug for slug, place in places.items() if place} == {
        slug for slug, entry in entries.items() if entry.get("rank_interval")
    }
    assert any(places.values())


def test_stranger_agrees_on_places_in_a_parent_group(world, tmp_path: Path) -> None:  # noqa: F811
    parent = kind(world)
    small, large = kind(world, parent=parent), kind(world, parent=parent)
    bodies = several(world, small, 4, coverage=0.9)
    several(world, large, 10, coverage=0.85)
    scored(world, large, end=SNAPSHOT)
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=60)
    folder = unpacked(edition, tmp_path)
    place = json.loads((folder / "results.json").read_text())["organisations"][bodies[0].slug]["rank_interval"]
    assert (place["group"], place["members"]) == (parent.slug, 14)
    done = recomputed(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    changed = (folder / "results.json").read_text().replace(f'"members": {place["members"]}', '"members": 15')
    (folder / "results.json").write_text(changed)
    assert "rank_interval, members: 15 is published, 14 comes out." in recomputed(folder).stdout


def test_bundle_has_the_same_bytes_each_time(world) -> None:  # noqa: F811
    adopt(world, coverage=0.5)
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert bundle(edition, []) == bundle(edition, [])
    assert list(files(edition))[:3] == ["README.txt", "SHA256SUMS", "edition.json"]
    assert files(edition)["parameters.json"] == METHOD.read_bytes()


def test_bundle_of_a_world_without_scores_agrees(world, tmp_path: Path) -> None:  # noqa: F811
    factories.organisation(peer_group=None)
    factories.organisation(peer_group=world.group, driver=None)
    world.shared.delete()
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    done = recomputed(unpacked(edition, tmp_path))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("seed", range(WORLDS))
def test_stranger_agrees_on_a_random_world(seed: int, tmp_path: Path) -> None:
    load_pack(write_pack(random_world(seed), tmp_path), sheets=EVERY_SHEET)
    edition = compute_edition(label=LABEL, snapshot_date=date(2026, 3, 31), draws=20)
    tally = check_bundle(unpacked(edition, tmp_path / "bundle"))
    assert tally.wrong == []


def test_stranger_agrees_on_what_holds_of_all_bodies_of_a_random_world(tmp_path: Path) -> None:
    load_pack(write_pack(random_world(26, organisations=24, functions=3), tmp_path), sheets=EVERY_SHEET)
    edition = compute_edition(label=LABEL, snapshot_date=date(2026, 3, 31), draws=40)
    assert edition.sensitivity["factors"]
    assert edition.robustness["groups"]
    tally = check_bundle(unpacked(edition, tmp_path / "bundle"))
    assert tally.wrong == []
    assert tally.figures["sensitivity"].checked == 2 + 2 * 15
    assert tally.figures["robustness"].checked > 30


def test_changed_figure_of_what_moves_the_scores_is_found(tmp_path: Path) -> None:
    load_pack(write_pack(random_world(21, organisations=16, functions=3), tmp_path), sheets=EVERY_SHEET)
    edition = compute_edition(label=LABEL, snapshot_date=date(2026, 3, 31), draws=40)
    edition.sensitivity["factors"]["rho"]["total"] += 1e-6
    (wrong,) = check_bundle(unpacked(edition, tmp_path / "bundle")).wrong
    assert wrong.startswith("sensitivity, factors, rho, total: ")


# Drafts


@pytest.fixture
def draft(world):  # noqa: F811
    """A component that is not public yet, and which the body says that it uses."""
    made = factories.component(
        slug="secret-plan", name="Secret Plan", summary="Secret.", lifecycle="draft", functions=[world.function]
    )
    adopt(world, component=made, coverage=0.4, source_url="https://secret.example/")
    duplicate(world, coverage=0.3, annual_cost=10)
    Profile.objects.create(component=made, limits="Secret limits.")
    Operation.objects.create(component=made, method="GET", path="/secret")
    Column.objects.create(component=made, number=1, name="secret")
    made.standards.add(Standard.objects.create(slug="plain", name="Plain"))
    return made


def test_bundle_never_names_a_draft(world, draft, tmp_path: Path) -> None:  # noqa: F811
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    for content in files(edition).values():
        assert b"ecret" not in content
    assert b"not-public-1" in files(edition)["snapshot/adoptions.csv"]
    assert b"not-public-1" in files(edition)["results.json"]
    assert "snapshot/profiles.csv" not in files(edition)
    done = recomputed(unpacked(edition, tmp_path))
    assert done.returncode == 0, done.stdout


def test_pack_without_drafts_is_left_as_it_is(tmp_path: Path) -> None:
    text = 'component,name,summary,lifecycle\na,A,"",live\n'
    (tmp_path / "components.csv").write_text(text)
    assert hide_drafts(tmp_path) == {}
    assert (tmp_path / "components.csv").read_text() == text


# Keeping


def test_snapshot_is_kept_with_its_edition_and_replaced_with_it(world) -> None:  # noqa: F811
    first = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    duplicate(world)
    second = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert EditionSnapshot.objects.count() == 1
    assert first.snapshot_hash != second.snapshot_hash
    assert "duplicates.csv" in unzipped(bytes(second.snapshot.content))


def test_trial_keeps_no_snapshot_and_has_the_same_hash(world) -> None:  # noqa: F811
    kept = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    trial = compute_edition(label="trial", snapshot_date=SNAPSHOT, draws=5, keep_snapshot=False)
    assert kept.snapshot_hash == trial.snapshot_hash
    assert not EditionSnapshot.objects.filter(edition=trial).exists()


def test_zip_depends_on_its_files_alone() -> None:
    given = [("b", b"2"), ("a/c", b"1")]
    assert zipped(given) == zipped(given)
    assert list(unzipped(zipped(given)).items()) == given
