"""What readers are told of places: a range among one kind, who cannot be told apart, and nothing across kinds."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from catalogue.models import PeerGroup
from public_value.beside import MOST_NAMED, beside
from public_value.models import Edition, HeldChange, Score, ScoreDraws
from public_value.presenters.words import ordinal, places
from registry.models import Organisation
from tests.public_value.kinds import banded, compute, kind, score_of, scored, several, silent
from tests.public_value.test_evidence import SNAPSHOT, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import file, words

pytestmark = pytest.mark.django_db

SCORES = "/api/v1/editions/2026Q3/scores"
PLACES = ("rank_low", "rank_high", "rank_members", "rank_group")


def page(client, body: Organisation) -> str:
    return words(client.get(f"/public-value/2026Q3/{body.slug}/").content.decode())


def rows_of(client, body: Organisation) -> list[list[str]]:
    return client.get(f"/public-value/2026Q3/{body.slug}/").context["peers"].rows


@pytest.fixture
def twelve(world) -> SimpleNamespace:  # noqa: F811
    """Twelve bodies of a kind: two just alike, one far below, and nine between, of which not all is known."""
    world.kind = kind(world, label="Town")
    world.alike = [scored(world, world.kind, frontline=70, name=f"Alike {n}") for n in (1, 2)]
    world.low = scored(world, world.kind, frontline=30, name="Low")
    world.between = [scored(world, world.kind, frontline=60 + n, coverage=0.9, name=f"Between {n}") for n in range(9)]
    world.range_only = banded(world, world.kind, name="Range only")
    world.silent = silent(world.kind, name="Silent")
    world.edition = compute(draws=100)
    return world


# Words


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (1003, "1,003rd")],
)
def test_places_are_ordinals(place: int, expected: str) -> None:
    assert ordinal(place) == expected


def test_places_are_a_range_and_never_one_place() -> None:
    assert places(3, 9) == "between 3rd and 9th"
    assert places(None, None) == ""
    assert not re.search(r"\d", places(3, 3))


# One score


def test_score_page_says_the_range_of_places_and_among_whom(twelve, client) -> None:
    ranged = [body for body in twelve.between if score_of(body).shown_rank_low < score_of(body).shown_rank_high]
    score = score_of(ranged[0])
    low, high = ordinal(score.shown_rank_low), ordinal(score.shown_rank_high)
    assert f"Its place is between {low} and {high} of 12 bodies with a score: Town." in page(client, ranged[0])
    assert score_of(twelve.low).shown_rank_low == score_of(twelve.low).shown_rank_high == 12
    shown = page(client, twelve.low)
    assert "Its place among 12 bodies with a score (Town) is the same in nearly all draws." in shown
    assert "12th" not in shown


def test_score_page_tells_who_cannot_be_told_apart(twelve, client) -> None:
    rows = {name: note for name, _, note in rows_of(client, twelve.alike[0])}
    assert (rows["Alike 1"], rows["Alike 2"], rows["Low"]) == ("", "cannot be told apart", "lower")
    assert {note for _, _, note in rows_of(client, twelve.low)} == {"", "higher"}
    alike = sum(note == "cannot be told apart" for note in rows.values())
    assert f"Of 11 others, {alike} cannot be told apart from it." in page(client, twelve.alike[0])
    assert list(rows) == sorted(rows)


def test_level_bodies_share_their_places(twelve) -> None:
    one, other = (score_of(body) for body in twelve.alike)
    assert (one.shown_rank_low, one.shown_rank_high) == (other.shown_rank_low, other.shown_rank_high)


def test_relation_is_the_same_from_both_sides(twelve) -> None:
    opposite = {"higher": "lower", "lower": "higher", "not_distinguishable": "not_distinguishable"}
    said = {}
    for body in (*twelve.alike, twelve.low, *twelve.between):
        score = Score.objects.select_related("edition", "rank_group").get(organisation=body)
        said |= {(body.slug, row.slug): row.relation for row in beside(score) if not row.is_own}
    assert len(said) == 12 * 11
    assert {opposite[said[b, a]] == relation for (a, b), relation in said.items()} == {True}


@pytest.mark.parametrize("which", ["range_only", "silent"])
def test_body_without_a_score_has_no_place(twelve, client, which: str) -> None:
    body = getattr(twelve, which)
    shown = page(client, body)
    assert "place is" not in shown
    assert "told apart" not in shown
    answer = client.get(f"{SCORES}/{body.slug}").json()
    assert [answer[name] for name in (*PLACES, "beside")] == [None] * 5


def test_nine_are_not_compared(world, client) -> None:  # noqa: F811
    bodies = several(world, kind(world), 9)
    banded(world, bodies[0].peer_group)
    compute()
    shown = page(client, bodies[0])
    assert "Fewer than ten bodies of its kind have a score, so no comparison is shown." in shown
    assert "place is" not in shown
    answer = client.get(f"{SCORES}/{bodies[0].slug}").json()
    assert [answer[name] for name in (*PLACES, "beside")] == [None] * 5
    assert answer["score"] is not None


def test_small_kind_is_compared_within_its_parent(world, client) -> None:  # noqa: F811
    parent = kind(world, label="Council")
    small = kind(world, parent=parent, label="Village")
    body = scored(world, small)
    several(world, kind(world, parent=parent), 9)
    compute()
    shown = page(client, body)
    assert "Fewer than ten bodies of its kind (Village) have a score, so it stands among those of a wider one:" in shown
    assert "wider one: Council. Its place" in shown
    assert "Compare it only with: Council." in shown
    assert len(rows_of(client, body)) == 10


def test_many_are_named_by_their_nearness(world, client, django_assert_max_num_queries) -> None:  # noqa: F811
    group = kind(world)
    bodies = [scored(world, group, frontline=30 + n % 60, coverage=0.9, name=f"Body {n:02}") for n in range(45)]
    edition = compute()
    with django_assert_max_num_queries(8):
        answer = client.get(f"/public-value/2026Q3/{bodies[0].slug}/")
    rows = answer.context["peers"].rows
    assert len(rows) == MOST_NAMED + 2
    assert rows[-1][0] == "Median of its kind"
    own = score_of(bodies[0]).pvi
    scores = list(Score.objects.of(edition).filter(published_as="score").select_related("organisation"))
    nearest = sorted(scores, key=lambda score: abs(score.pvi - own))[: MOST_NAMED + 1]
    assert [row[0] for row in rows[:-1]] == sorted(score.organisation.name for score in nearest)
    assert "Of the 40 nearest to it in points" in words(answer.content.decode())
    assert len(client.get(f"{SCORES}/{bodies[0].slug}").json()["beside"]) == MOST_NAMED


def test_edition_without_draws_shows_dots_alone(twelve, client) -> None:
    ScoreDraws.objects.all().delete()
    Score.objects.update(rank_group=None, rank_members=None, shown_rank_low=None, shown_rank_high=None)
    assert rows_of(client, twelve.low)[-1] == ["Low", str(round(score_of(twelve.low).pvi))]
    assert "told apart" not in page(client, twelve.low)


# Lists


def test_list_shows_ranges_of_places_from_a_to_z(twelve, client) -> None:
    where = f"/public-value/2026Q3/?peer_group={twelve.kind.slug}"
    shown = words(client.get(where).content.decode())
    assert "Places are ranges among the 12 scores of one kind: Town." in shown
    names = [row["organisation"]["name"] for row in client.get(where).context["rows"]]
    assert names == sorted(names)
    rows = {row["organisation"]["slug"]: row for row in file(client, where)}
    for body in (*twelve.alike, twelve.low, *twelve.between):
        score, row = score_of(body), rows[body.slug]
        assert [row[name] for name in PLACES[:3]] == [score.shown_rank_low, score.shown_rank_high, 12]
        assert row["rank_group"]["slug"] == twelve.kind.slug
    for body in (twelve.range_only, twelve.silent):
        assert [rows[body.slug][name] for name in PLACES] == [None] * 4


def test_list_of_a_small_kind_shows_no_places(world, client) -> None:  # noqa: F811
    group = kind(world)
    several(world, group, 9)
    compute()
    shown = words(client.get(f"/public-value/2026Q3/?peer_group={group.slug}").content.decode())
    assert "Place" not in shown.replace("An exact place. Places are ranges", "")


@pytest.mark.parametrize("asked", ["sort=rank_low", "sort=-rank_high", "rank_low=1", "rank_group=x"])
def test_scores_cannot_be_sorted_or_found_by_place(twelve, client, asked: str) -> None:
    assert client.get(f"{SCORES}?{asked}").status_code == 400


# Across kinds


def test_no_face_compares_across_kinds(world, client, tmp_path) -> None:  # noqa: F811
    parent, other = kind(world), kind(world)
    kinds = [kind(world, parent=parent), kind(world, parent=parent), parent, other, kind(world, parent=other)]
    for group, number in zip(kinds, (10, 4, 2, 11, 3), strict=True):
        several(world, group, number, coverage=0.9)
    compute()
    group_of = dict(Organisation.objects.values_list("slug", "peer_group__slug"))
    parents = dict(PeerGroup.objects.values_list("slug", "parent__slug"))

    def line(group: str | None) -> list[str]:
        return [group, *line(parents[group])] if group else []

    seen = 0
    for row in client.get(f"{SCORES}?limit=100").json()["items"]:
        slug = row["organisation"]["slug"]
        if row["rank_group"]:
            assert row["rank_group"]["slug"] in line(group_of[slug])
        answer = client.get(f"/public-value/2026Q3/{slug}/")
        named = [link for link in answer.context["peers"].links if link] if answer.context.get("peers") else []
        found = client.get(f"{SCORES}/{slug}").json()["beside"] or []
        others = {link.split("/")[-2] for link in named} | {one["organisation"]["slug"] for one in found}
        among = row["rank_group"]["slug"] if row["rank_group"] else group_of[slug]
        assert all(among in line(group_of[one]) for one in others)
        seen += len(others)
    assert seen > 10 * 10
    assert client.get(f"/public-value/2026Q3/?peer_group={kinds[0].slug}&peer_group={other.slug}").status_code == 400


# Held for review


@pytest.fixture
def held(twelve) -> SimpleNamespace:
    """The edition as it is while one body, whose place is not shown, is looked at."""
    twelve.held = twelve.between[4]
    before = Edition.objects.get(pk=twelve.edition.pk)
    before.pk, before.label, before.snapshot_date = None, "2026Q2", SNAPSHOT - timedelta(days=90)
    before.save()
    HeldChange.objects.create(edition=twelve.edition, organisation=twelve.held, previous=before, points=20)
    return twelve


def test_held_body_is_in_no_comparison(held, client) -> None:
    assert "Held for review." in page(client, held.held)
    rows = rows_of(client, held.low)
    assert held.held.name not in {name for name, *_ in rows}
    assert "Of 10 others, 0 cannot be told apart from it." in page(client, held.low)
    assert held.held.slug not in client.get(f"{SCORES}/{held.low.slug}").content.decode()
    row = client.get(f"{SCORES}/{held.held.slug}").json()
    assert [row[name] for name in ("score", *PLACES, "beside")] == [None] * 6


def test_held_body_counts_as_held(held, client) -> None:
    shown = words(client.get("/public-value/2026Q3/").content.decode())
    assert "11 of 15 bodies get a score, 1 only a range." in shown
    assert "1 moved so far" in shown
    (row,) = [row for row in client.get("/public-value/2026Q3/").context["coverage"] if row["slug"] == held.kind.slug]
    assert (row["bodies"], row["score"], row["band"], row["held"], row["none"]) == (14, 11, 1, 1, 1)
    found = {face: client.get(f"{SCORES}?published_as={face}").json()["items"] for face in ("score", "held")}
    assert [row["organisation"]["slug"] for row in found["held"]] == [held.held.slug]
    assert len(found["score"]) == 11


def test_held_body_is_in_no_order_by_other_weights(held, client) -> None:
    answer = client.get(f"/public-value/2026Q3/weights/?group={held.kind.slug}&S=50")
    names = {row["name"] for row in answer.context["rows"]}
    assert held.low.name in names
    assert held.held.name not in names
