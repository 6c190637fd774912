"""The ranks that are shown: who is among whom, from ten on, between which places, and from which draws."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction

from public_value.forgetting import forget
from public_value.methodology import intervals, rank_intervals, ranks, shown_among, told_apart, within
from public_value.methodology.peers import ShownAmong
from public_value.models import HeldChange, Score, ScoreDraws
from registry.models import Declaration, Organisation
from tests.constraints import refused_by
from tests.public_value.kinds import banded, compute, kind, score_of, scored, several, shown_rank, silent
from tests.public_value.published import publish, published
from tests.public_value.test_evidence import SNAPSHOT, duplicate, world  # noqa: F401  (a fixture)

DAY = timedelta(days=1)


def drawn(score: Score) -> np.ndarray:
    return np.frombuffer(bytes(score.drawn.points), "<f4")


# Among whom

PARENTS = {"town": "local", "village": "local", "local": "public", "public": None, "bank": None}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"town": 10}, {"town": ("town", {"town"})}),
        ({"town": 9}, {}),
        ({"town": 9, "village": 1}, dict.fromkeys(("town", "village"), ("local", {"town", "village", "local"}))),
        (
            {"town": 10, "village": 9},
            {"town": ("town", {"town"}), "village": ("local", {"town", "village", "local"})},
        ),
        ({"town": 4, "public": 6}, {"town": ("public", {"town", "village", "local", "public"})}),
        ({"town": 9, "bank": 9}, {}),
        ({"unheard-of": 10}, {"unheard-of": ("unheard-of", {"unheard-of"})}),
    ],
)
def test_place_is_shown_in_the_nearest_group_of_ten(counts: dict, expected: dict) -> None:
    made = {own: ShownAmong(group, frozenset(kinds)) for own, (group, kinds) in expected.items()}
    assert shown_among(counts, PARENTS) == made


def test_group_holds_itself_and_all_below_it() -> None:
    assert within("local", PARENTS) == {"local", "town", "village"}
    assert within("town", PARENTS) == {"town"}


@pytest.mark.django_db
def test_ten_with_a_score_show_their_places_and_nine_do_not(world) -> None:  # noqa: F811
    ten, nine = kind(world), kind(world)
    bodies, few = several(world, ten, 10), several(world, nine, 9)
    compute()
    assert {shown_rank(body)[:2] for body in bodies} == {(ten.slug, 10)}
    assert [shown_rank(body)[2:] for body in bodies] == [(place, place) for place in range(10, 0, -1)]
    assert {shown_rank(body) for body in few} == {None}
    assert [score_of(body).rank_low for body in few] == list(range(9, 0, -1))


@pytest.mark.django_db
def test_bodies_without_a_score_or_outside_their_time_do_not_count(world) -> None:  # noqa: F811
    group = kind(world)
    bodies = several(world, group, 9)
    others = [banded(world, group), silent(group), scored(world, group, end=SNAPSHOT)]
    others += [scored(world, group, start=SNAPSHOT + DAY)]
    compute()
    assert [score_of(body).published_as for body in others] == ["band", "not_published", "score", "score"]
    assert {shown_rank(body) for body in (*bodies, *others)} == {None}
    scored(world, group, frontline=44, end=SNAPSHOT + DAY, start=SNAPSHOT)
    compute()
    assert shown_rank(bodies[0])[1] == 10
    assert {shown_rank(body) for body in others} == {None}


@pytest.mark.django_db
def test_small_kind_is_shown_among_its_parent_s_ten(world) -> None:  # noqa: F811
    parent, stranger = kind(world), kind(world)
    small, large = kind(world, parent=parent), kind(world, parent=parent)
    bodies = [scored(world, small, frontline=80), scored(world, parent, frontline=40)]
    several(world, stranger, 9)
    several(world, large, 7)
    compute()
    assert {shown_rank(body) for body in bodies} == {None}
    several(world, large, 1, coverage=0.95)
    compute()
    assert shown_rank(bodies[0]) == (parent.slug, 10, 1, 1)
    assert shown_rank(bodies[1]) is None
    extra = several(world, large, 2)
    compute()
    assert shown_rank(bodies[0])[:2] == (parent.slug, 12)
    assert shown_rank(extra[0])[:2] == (large.slug, 10)


@pytest.mark.django_db
def test_edition_keeps_which_kinds_were_below_which(world) -> None:  # noqa: F811
    parent = kind(world)
    small = kind(world, parent=parent)
    body = scored(world, small)
    several(world, kind(world, parent=parent), 9)
    edition = compute()
    assert shown_rank(body)[0] == parent.slug
    small.parent = None
    small.save()
    score = Score.objects.select_related("edition", "rank_group").get(organisation=body)
    assert edition.kinds_within(parent.slug) >= {parent.slug, small.slug}
    assert Score.objects.beside(score).count() == 10


# Between which places


@pytest.mark.django_db
def test_shown_places_are_those_of_the_kept_draws(world, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("public_value.ranks.AT_ONCE", 100)  # the draws are read in several slices
    group = kind(world)
    bodies = several(world, group, 12, coverage=0.9)
    scored(world, group, frontline=50, coverage=0.9, end=SNAPSHOT)
    compute(draws=41)
    points = np.stack([drawn(score_of(body)) for body in bodies]).astype(float)
    places = 1 + (points[None] > points[:, None]).sum(axis=1)
    low, high = np.quantile(places, (0.05, 0.95), axis=1)
    expected = [(int(np.floor(a)), int(np.ceil(b))) for a, b in zip(low, high, strict=True)]
    assert [shown_rank(body)[2:] for body in bodies] == expected
    assert any(a < b for a, b in expected)


def test_intervals_are_the_same_whatever_holds_the_ranks() -> None:
    matrix = np.random.default_rng(3).normal(size=(60, 81))
    for kind_of_number in (np.uint8, np.uint16, np.int32):
        assert np.array_equal(intervals(ranks(matrix).astype(kind_of_number)), rank_intervals(matrix))


@pytest.mark.parametrize(
    ("above", "level", "expected"),
    [(90, 0, 1), (89, 0, 0), (89, 11, 0), (90, 10, 1), (0, 100, 0), (10, 0, -1), (11, 0, 0), (0, 10, -1), (5, 6, 0)],
)
def test_bodies_are_told_apart_from_ninety_draws_in_a_hundred(above: int, level: int, expected: int) -> None:
    own = np.full(100, 50, dtype=np.float32)
    other = np.array([51] * above + [50] * level + [49] * (100 - above - level), dtype=np.float32)
    assert told_apart(other[None], own).tolist() == [expected]
    assert told_apart(own[None], other).tolist() == [-expected]


# From which draws


@pytest.mark.django_db
def test_draws_of_every_score_are_kept_and_of_nothing_else(world) -> None:  # noqa: F811
    group = kind(world)
    bodies = [scored(world, group, coverage=0.9), scored(world, group, end=SNAPSHOT)]
    banded(world, group)
    silent(group)
    compute(draws=60)
    assert {kept.score.organisation for kept in ScoreDraws.objects.all()} == set(bodies)
    score = score_of(bodies[0])
    assert np.quantile(drawn(score), (0.05, 0.5, 0.95)) == pytest.approx([score.p5, score.p50, score.p95], abs=1e-4)
    compute(draws=30)
    assert [len(kept.points) for kept in ScoreDraws.objects.all()] == [4 * 30] * 2


@pytest.mark.django_db
def test_draws_go_with_the_edition_and_stand_once_it_is_published(world) -> None:  # noqa: F811
    body = scored(world, kind(world))
    forget(compute())
    assert not ScoreDraws.objects.exists()
    published()
    for act in (
        lambda: ScoreDraws.objects.update(points=b""),
        lambda: ScoreDraws.objects.all().delete(),
        lambda: ScoreDraws.objects.create(score=score_of(world.body), points=b""),
    ):
        with refused_by("score_draws_stands"), transaction.atomic():
            act()
    assert len(score_of(body).drawn.points) == 4 * 5_000


@pytest.mark.django_db
def test_shown_place_is_whole(world) -> None:  # noqa: F811
    group = kind(world)
    several(world, group, 10)
    compute()
    for wrong in ({"rank_group": None}, {"shown_rank_low": 11}, {"shown_rank_high": 11}, {"rank_members": 9}):
        with refused_by("score_shown_rank_is_whole"), transaction.atomic():
            Score.objects.filter(rank_group=group).update(**wrong)


# Held for review


@pytest.fixture
def held(world):  # noqa: F811
    """Eleven bodies of a kind, and ten of another, of which one each falls by more than 15 points."""
    world.ten, world.eleven = kind(world), kind(world)
    world.of_ten, world.of_eleven = several(world, world.ten, 10), several(world, world.eleven, 11)
    published("2026Q2", date(2026, 7, 31))
    for body in (world.of_ten[9], world.of_eleven[9]):
        Declaration.objects.filter(organisation=body).update(coverage=None)
        duplicate(world, organisation=body, coverage=1, annual_cost=10_000, evidence="E2")
    world.edition = compute(draws=5_000)
    world.before = {body: shown_rank(body) for body in (*world.of_ten, *world.of_eleven)}
    publish(world.edition)
    return world


@pytest.mark.django_db
def test_what_is_held_has_no_place_and_no_place_tells_of_it(held) -> None:
    assert {rank[1] for rank in held.before.values()} == {10, 11}
    assert {change.organisation for change in HeldChange.objects.all()} == {held.of_ten[9], held.of_eleven[9]}
    assert {shown_rank(body) for body in held.of_ten} == {None}
    assert shown_rank(held.of_eleven[9]) is None
    rest = [body for body in held.of_eleven if body != held.of_eleven[9]]
    assert [shown_rank(body)[1:] for body in rest] == [(10, place, place) for place in range(10, 0, -1)]


# Which bodies an edition lists


@pytest.mark.django_db
def test_published_edition_lists_the_same_bodies_for_ever(world, client) -> None:  # noqa: F811
    group = kind(world)
    bodies = several(world, group, 10)
    gone = scored(world, group, end=SNAPSHOT)
    edition = published()
    faces = (
        f"/public-value/2026Q3/?peer_group={group.slug}",
        f"/public-value/2026Q3/{bodies[3].slug}/",
        "/api/v1/editions/2026Q3/scores",
    )

    def answers() -> list:
        scores = list(Score.objects.of(edition).listed().order_by("pk").values())
        return [scores, *(client.get(face).status_code for face in faces), client.get(faces[2]).json()["items"]]

    before = answers()
    assert gone.pk not in {row["organisation_id"] for row in before[0]}
    Organisation.objects.filter(pk__in=[body.pk for body in bodies]).update(end=date(2020, 1, 1))
    Organisation.objects.filter(pk=gone.pk).update(end=None)
    assert answers() == before
