"""Other weights: the order that they give, in words and within one kind."""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from public_value.methodology import DIMENSIONS, Parameters, power_mean
from public_value.models import Edition, Score
from public_value.orders import places, reordering, standings
from public_value.presenters.weights import move, third
from tests.public_value.test_pages import words

WHERE = "/public-value/2026Q3/weights/"
KIND = "sorrelmark-unitary"

values = st.lists(st.integers(0, 5), min_size=2, max_size=12)


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(values, st.randoms())
def test_reordering_says_what_counting_says(before: list[int], random) -> None:
    after = [random.randint(0, 5) for _ in before]
    found = reordering(np.array(before, float), np.array(after, float))
    pairs = list(combinations(range(len(before)), 2))
    assert found.pairs == sum((before[a] - before[b]) * (after[a] - after[b]) < 0 for a, b in pairs)
    assert found.before.tolist() == [1 + sum(other > one for other in before) for one in before]
    assert found.spearman != found.spearman or -1 - 1e-9 <= found.spearman <= 1 + 1e-9


def test_spearman_is_that_of_mean_places() -> None:
    assert reordering(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])).spearman == pytest.approx(-1)
    assert reordering(np.array([1.0, 2, 2, 4]), np.array([1.0, 2, 3, 4])).spearman == pytest.approx(0.948683298)


@given(st.floats(0.05, 1), st.integers(0, 2**32 - 1))
def test_standings_have_the_order_of_the_power_mean(p: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    x, weights = np.round(random.random((9, 5)), 2), random.integers(1, 9, 5).astype(float)
    assert places(standings(x, weights, p)).tolist() == places(np.round(power_mean(x, weights, p), 9)).tolist()


def test_standings_do_not_vanish_at_a_small_power() -> None:
    x = np.array([[0, 0.5, 0.5, 0, 0], [0, 0.6, 0.5, 0, 0], [0, 0, 0, 0, 0.1]])
    assert places(standings(x, [30, 25, 20, 15, 10], 0.0001)).tolist() == [2, 1, 3]


@pytest.mark.parametrize(
    ("place", "expected"), [(1, "higher third"), (4, "higher third"), (5, "middle third"), (9, "lower third")]
)
def test_places_are_thirds(place: int, expected: str) -> None:
    assert third(place, 12) == expected


def test_moves_are_words() -> None:
    assert [move(n) for n in (0, 1, 3, -1, -2)] == [
        "stays",
        "up by 1 place",
        "up by 3 places",
        "down by 1 place",
        "down by 2 places",
    ]


@pytest.mark.django_db
def test_method_weights_move_nothing_and_agree_with_the_scores(demo, client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        said = words(client.get(f"{WHERE}?group={KIND}").content.decode())
    assert "These are the method’s own weights" in said
    assert re.search(r"0 of \d+ bodies change their place", said)
    assert "up by" not in said
    scores = list(Score.objects.listed().filter(published_as="score", peer_group__slug=KIND))
    parameters = Parameters.from_json(demo.parameters)
    x = np.array([[getattr(score, name) for name in DIMENSIONS] for score in scores])
    stored = places(np.round([score.pvi for score in scores], 9))
    assert places(standings(x, parameters.weights, parameters.p)).tolist() == stored.tolist()


@pytest.mark.django_db
def test_page_says_how_bodies_move_from_a_to_z_and_no_rank(demo, client) -> None:
    page = client.get(f"{WHERE}?group={KIND}&S=0&N=0&F=0&C=100&O=0&p=1").content.decode()
    names = re.findall(r'<th scope="row"[^>]*><a [^>]*>(.*?)</a>', page)
    listed = Score.objects.listed().filter(published_as="score", peer_group__slug=KIND)
    assert names == sorted(listed.values_list("organisation__name", flat=True))
    said = words(page)
    assert "down by" in said
    assert "Weights scaled to sum to 100%: standardisation 0%" in said
    assert "pairs of bodies change their order" in said
    assert not re.search(r"\b(1st|2nd|rank \d)", said)
    assert len(page) < 100_000


@pytest.mark.django_db
def test_bodies_without_a_score_are_in_no_order(demo, client) -> None:
    page = client.get(f"{WHERE}?group={KIND}&S=1").content.decode()
    hidden = Score.objects.listed().filter(peer_group__slug=KIND).exclude(published_as="score")
    assert hidden.exists()
    assert not any(f'/{score.organisation.slug}/"' in page for score in hidden.select_related("organisation"))


@pytest.mark.django_db
def test_small_kind_is_not_compared(demo, client) -> None:
    page = client.get(f"{WHERE}?group=sorrelmark-county").content.decode()
    assert "Fewer than ten bodies of this kind have a score" in page
    assert "By these weights" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("s=1", "There is no parameter “s” here."),
        ("group=unitary", "There is no kind of body “unitary” in this edition."),
        ("S=x", "“Standardisation” must be a number from 0 to 100"),
        ("S=-1", "“Standardisation” must be a number from 0 to 100"),
        ("S=101", "“Standardisation” must be a number from 0 to 100"),
        ("S=0&N=0&F=0&C=0&O=0", "At least one weight must be above 0."),
        ("p=0", "“p” must be above 0 and at most 1."),
        ("p=1.5", "“p” must be above 0 and at most 1."),
        ("page=x", "must be a number from 1"),
    ],
)
def test_bad_address_says_what_is_wrong(demo, client, query: str, sentence: str) -> None:
    answer = client.get(f"{WHERE}?{query}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.django_db
def test_edition_links_to_other_weights(demo: Edition, client) -> None:
    assert WHERE in client.get("/public-value/2026Q3/").content.decode()
