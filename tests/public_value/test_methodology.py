"""The nominal index: by hand, against published composite indices, and by properties over random worlds."""

import json
import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from public_value.methodology import (
    ADOPT,
    DUPLICATE,
    EXEMPT,
    Evidence,
    Parameters,
    PeerGroups,
    canonical_json,
    function_contributions,
    gini,
    goalpost,
    grade,
    herfindahl,
    power_mean,
    published_as,
    score,
    sha256_of,
)
from tests.public_value.random_evidence import (
    METHOD,
    changed,
    declared,
    only,
    parameters,
    peer_groups,
    random_evidence,
    without,
)

worlds = st.integers(0, 2**32 - 1)
over_worlds = settings(max_examples=60, deadline=None)
COMMODITY, PRODUCT = 2, 1


def council(**given) -> Evidence:
    """One council worked out by hand: a commodity cell of £100,000, a product cell of £40,000 that is exempt.

    κB = 100,000 + 30,000; κBx = 30,000; ξ = 0.15·130,000/30,000 = 0.65; Den = 130,000 − 19,500 = 110,500.
    """
    facts = {
        "uid": ("council",),
        "group": np.array([0]),
        "frontline": np.array([60.0]),
        "admin": np.array([40.0]),
        "reuse": np.array([50.0]),
        "contributions": np.array([0.0]),
        "envelope": np.array([[0.0, 40_000.0, 100_000.0]]),
        "peer_groups": peer_groups(),
        "rows": declared(
            {"organisation": 0, "evolution": COMMODITY, "kind": ADOPT, "B": 1e5, "s": 0.4, "evidence": 2}
            | {"openness": 0.75, "published": True},
            {"organisation": 0, "evolution": COMMODITY, "kind": DUPLICATE, "B": 1e5, "s": 0.3, "evidence": 1}
            | {"cost": 30_000, "freshness": 0.5},
            {"organisation": 0, "evolution": PRODUCT, "kind": EXEMPT, "B": 4e4, "s": 1.0}
            | {"cost": 20_000, "published": True},
        ),
    }
    return Evidence(**facts | given)


def no_rows():
    return declared()


# By hand


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("xi", 0.65),
        ("den", 110_500),
        ("S", 36_000 / 110_500),  # 100,000 × 0.4 × 0.9
        (
            "R",
            (15_000 + 0.35 * 22_500) / 110_500,
        ),  # 0.3 − 30,000/200,000; 0.75·40,000·(1 − 20,000/80,000), over the cap
        ("N", (36_000 + 15_000 + 7_875) / 110_500),
        ("F", 0.5),  # (0.6 − 0.4)/(0.8 − 0.4)
        ("C", 0.5),  # 50 adopters is the cap, no contribution
        ("O", (40_000 + 10_500 + 27_000) / 2 / 110_500),
        ("K", 1 - 30_000 / 110_500),
        ("V", (36_000 + 22_500 + 7_875) / 80_500),  # a duplicate's E0 and E1 count 0.75
        ("T", (40_000 + 15_000 + 10_500) / 80_500),
    ],
)
def test_score_agrees_with_the_example_worked_by_hand(indicator, expected):
    assert getattr(score(parameters(), council()), indicator) == pytest.approx([expected], rel=1e-12)


def test_pvi_is_the_square_root_mean_of_the_five_dimensions():
    scores = score(parameters(), council())
    S, N, O = 36_000 / 110_500, 58_875 / 110_500, 38_750 / 110_500  # noqa: E741
    roots = 0.3 * math.sqrt(S) + 0.25 * math.sqrt(N) + 0.35 * math.sqrt(0.5) + 0.1 * math.sqrt(O)
    assert scores.pvi == pytest.approx([100 * roots**2], rel=1e-12)
    assert scores.arithmetic == pytest.approx([100 * (0.3 * S + 0.25 * N + 0.175 + 0.1 * O)], rel=1e-12)


def test_pvi_peer_imputed_credits_unknown_mass_at_the_peer_mean_in_s_and_n():
    scores = score(parameters(), council(admin=np.array([np.nan])))
    credit = 0.5 * 30_000 / 110_500
    x = [scores.S[0] + credit, scores.N[0] + credit, 0.75, scores.C[0], scores.O[0]]  # median (0.7 − 0.4)/0.4
    assert scores.pvi_peer_imputed == pytest.approx([100 * power_mean(x, parameters().weights, 0.5)], rel=1e-12)


def test_pvi_max_credits_unknown_mass_in_full_and_missing_frontline_as_one():
    scores = score(parameters(), council(frontline=np.array([np.nan])))
    credit = 30_000 / 110_500
    x = [scores.S[0] + credit, scores.N[0] + credit, 1, scores.C[0], scores.O[0]]
    assert scores.pvi_max == pytest.approx([100 * power_mean(x, parameters().weights, 0.5)], rel=1e-12)


@pytest.mark.parametrize(("frontline", "admin"), [(np.nan, 1.0), (1.0, np.nan), (0.0, 0.0)])
def test_frontline_is_missing_and_worth_nothing_without_both_amounts(frontline, admin):
    scores = score(parameters(), council(frontline=np.array([frontline]), admin=np.array([admin])))
    assert not scores.frontline_stated[0]
    assert scores.F[0] == 0


def test_frontline_is_missing_where_the_edition_states_no_goalposts():
    unstated = peer_groups(frontline_low=np.array([np.nan]), frontline_high=np.array([np.nan]))
    scores = score(parameters(), council(peer_groups=unstated))
    assert not scores.frontline_stated[0]
    assert scores.pvi_peer_imputed[0] < scores.pvi_max[0]


def test_an_adoption_below_one_percent_earns_only_its_open_book():
    small = {"organisation": 0, "evolution": COMMODITY, "kind": ADOPT, "B": 1e5, "s": 0.009, "openness": 1.0}
    scores = score(parameters(), council(rows=declared(small | {"published": True})))
    assert scores.S[0] == 0
    assert pytest.approx([0.009 * 1e5 / 2 / 130_000]) == scores.O


def test_a_pilot_earns_half():
    live = {"organisation": 0, "evolution": COMMODITY, "kind": ADOPT, "B": 1e5, "s": 0.5, "evidence": 3}
    pilot = score(parameters(), council(rows=declared(live | {"pilot": True})))
    assert pytest.approx(score(parameters(), council(rows=declared(live))).S / 2) == pilot.S


def test_nothing_known_has_no_verification_and_no_timeliness():
    scores = score(parameters(), council(rows=no_rows()))
    assert (scores.K[0], scores.V[0], scores.T[0]) == (0, 0, 0)
    assert scores.xi[0] == 1


def test_an_organisation_without_cells_is_not_scored():
    scores = score(parameters(), council(envelope=np.zeros((1, 3)), rows=no_rows()))
    figures = [field.name for field in fields(scores) if field.name not in ("scored", "frontline_stated")]
    assert not scores.scored[0]
    assert all(np.isnan(getattr(scores, name)).all() for name in figures)


def test_an_organisation_with_nothing_at_all_scores_zero():
    none = np.array([0.0])
    scores = score(parameters(), council(rows=no_rows(), reuse=none, frontline=none))
    assert scores.pvi[0] == 0
    assert scores.euler.tolist() == [[0, 0, 0, 0, 0]]


# Refusals


def test_evidence_refuses_rows_heavier_than_the_envelope():
    with pytest.raises(ValueError, match="council weigh more than its envelope"):
        council(envelope=np.array([[0.0, 30_000.0, 100_000.0]]))


@pytest.mark.parametrize(
    "change", [{"mass": -np.ones(3)}, {"fresh": np.full(3, np.nan)}, {"kind": np.array([0, 1, 3])}]
)
def test_rows_refuse_what_cannot_be(change):
    with pytest.raises(ValueError, match="holds"):
        changed(council(), **change)


def test_evidence_refuses_arrays_of_another_length():
    with pytest.raises(ValueError, match=r"reuse has shape \(2,\): give \(1,\)"):
        council(reuse=np.zeros(2))


def test_peer_groups_refuse_goalposts_that_are_crossed():
    with pytest.raises(ValueError, match="F_hi is not above its F_lo"):
        peer_groups(frontline_high=np.array([0.4]))


# Parameters


def test_params_hash_of_the_published_method_is_the_one_stated():
    assert parameters().params_hash == "20317281e2fc6a70a566924513e0296fd2147a0627273a3f5bf9da12ac2be69a"


def test_canonical_json_is_sorted_and_plain():
    value = {"b": 46_000_000_000.0, "a": [0.25, 1e-7, True, None, "£"], "c": {"z": 1, "y": 2.0}}
    assert canonical_json(value) == '{"a":["0.25","0.0000001",true,null,"£"],"b":46000000000,"c":{"y":2,"z":1}}'
    assert sha256_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    ("entry", "value", "sentence"),
    [
        ("weights", {"S": 0.5, "N": 0.25, "F": 0.2, "C": 0.15, "O": 0.1}, "weights must sum to 1"),
        ("g", 2.1, "mc.g_grid must hold the nominal g"),
        ("p", 0, "must be above 0"),
        ("kappa", {"genesis": 0.1, "custom": 0.25, "product": 0.75, "commodity": 1}, "kappa.genesis must be 0"),
        ("q_stage", {"pilot": 0.5, "live": 1}, "q_stage must be"),
        ("kappa", {"genesis": 0}, "lacks the entry 'custom'"),
        ("mc", 3, "cannot be read"),
    ],
)
def test_parameters_refuse_a_method_that_cannot_be_used(entry, value, sentence):
    document = json.loads(METHOD.read_text()) | {entry: value}
    with pytest.raises(ValueError, match=sentence):
        Parameters.from_json(json.dumps(document))


# Grades


@pytest.mark.parametrize(
    ("K", "V", "T", "H", "stated", "expected"),
    [
        (0.90, 0.85, 0.90, 5.0, True, "A"),
        (0.90, 0.85, 0.90, np.nextafter(5, 6), True, "B"),
        (np.nextafter(0.9, 0), 0.85, 0.90, 5.0, True, "B"),
        (0.60, 0.55, 0.60, 12.0, True, "C"),
        (0.90, 0.85, 0.90, 5.0, False, "D"),
        (0.50, 0.00, 0.00, 49.0, False, "D"),
        (0.49, 1.00, 1.00, 0.0, True, "E"),
        (np.nan, np.nan, np.nan, np.nan, True, "E"),
    ],
)
def test_grade_is_the_first_whose_tests_all_pass(K, V, T, H, stated, expected):
    given = {name: np.array([value]) for name, value in {"K": K, "V": V, "T": T, "H": H}.items()}
    assert grade(parameters(), **given, frontline_stated=np.array([stated])).tolist() == [expected]


def test_published_as_follows_the_grade():
    expected = ["score", "score", "score", "band", "not_published"]
    assert published_as(np.array(list("ABCDE"))).tolist() == expected


# Measures


def test_power_mean_with_a_zero_is_zero_only_without_a_positive_exponent():
    x = [0.6, 0.6, 0.6, 0, 0.6]
    assert power_mean(x, np.ones(5), 0) == power_mean(x, np.ones(5), -1) == 0
    assert power_mean(x, np.ones(5), 0.5) == pytest.approx(0.6 * 0.8**2)


def test_goalpost_is_a_step_where_the_goalposts_meet_or_cross():
    assert goalpost([0.4, 0.5, 0.6, np.nan], 0.5, 0.5).tolist()[:3] == [0, 0, 1]
    assert goalpost([0.4, 0.6], 0.51, 0.5).tolist() == [0, 1]
    assert np.isnan(goalpost(np.nan, 0.5, 0.5))


def test_herfindahl_of_nothing_is_not_a_number():
    assert math.isnan(herfindahl([]))


def test_gini_is_zero_for_equals_and_near_one_for_a_monopoly():
    assert gini([4, 4, 4]) == pytest.approx(0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([3, 1]) == pytest.approx(0.25)
    assert math.isnan(gini([0, 0]))


# Over random worlds


@over_worlds
@given(worlds)
def test_scores_stay_in_range(seed):
    scores = score(parameters(), random_evidence(seed)[0])
    scored = scores.scored
    for name in ("S", "R", "N", "F", "C", "O", "xi", "K", "V", "T"):
        values = getattr(scores, name)[scored]
        assert np.all((values >= 0) & (values <= 1 + 1e-12)), name
    assert np.all(scores.N[scored] >= scores.S[scored])
    assert np.all(scores.pvi[scored] <= scores.pvi_peer_imputed[scored] + 1e-12)
    assert np.all(scores.pvi_peer_imputed[scored] <= scores.pvi_max[scored] + 1e-12)
    assert np.all(scores.pvi_max[scored] <= 100)


@over_worlds
@given(worlds)
def test_contributions_and_balance_make_the_score(seed):
    scores = score(parameters(), random_evidence(seed)[0])
    assert scores.contributions.sum(axis=1) + scores.balance_penalty == pytest.approx(scores.pvi, abs=1e-9, nan_ok=True)
    assert scores.euler.sum(axis=1) == pytest.approx(scores.pvi, abs=1e-9, nan_ok=True)
    assert np.all(scores.balance_penalty[scores.scored] <= 1e-9)


@over_worlds
@given(worlds)
def test_function_contributions_sum_to_the_whole(seed):
    evidence, function = random_evidence(seed)
    scores = score(parameters(), evidence)
    parts = function_contributions(parameters(), evidence, scores, evidence.rows, function)
    pairs = list(zip(parts.organisation.tolist(), parts.function.tolist(), strict=True))
    assert pairs == sorted(set(zip(evidence.rows.organisation.tolist(), function.tolist(), strict=True)))
    for column, dimension in ((0, "S"), (1, "N"), (4, "O")):
        summed = np.bincount(parts.organisation, getattr(parts, dimension), len(evidence.uid))
        assert summed[scores.scored] == pytest.approx(scores.contributions[scores.scored, column], abs=1e-9)


def test_function_contributions_of_the_hand_worked_council():
    evidence = council()
    parts = function_contributions(
        parameters(), evidence, score(parameters(), evidence), evidence.rows, np.array([7, 7, 3])
    )
    assert parts.function.tolist() == [3, 7]
    assert pytest.approx([0, 30 * 36_000 / 110_500]) == parts.S
    assert pytest.approx([25 * 7_875 / 110_500, 25 * 51_000 / 110_500]) == parts.N
    assert pytest.approx([10 * 5_250 / 110_500, 10 * 33_500 / 110_500]) == parts.O


@over_worlds
@given(worlds, st.sampled_from([1e-3, 7.0, 1e6]))
def test_scores_do_not_depend_on_the_unit_of_money(seed, factor):
    evidence, _ = random_evidence(seed)
    amounts = ("mass", "fresh", "adopted", "open_adopted", "published", "relief")
    rows = replace(evidence.rows, **{name: getattr(evidence.rows, name) * factor for name in amounts})
    scaled = replace(evidence, envelope=evidence.envelope * factor, rows=rows)
    expected = score(parameters(), evidence).pvi
    assert score(parameters(), scaled).pvi == pytest.approx(expected, abs=1e-9, nan_ok=True)


@over_worlds
@given(worlds)
def test_a_score_depends_on_no_other_organisation(seed):
    evidence, _ = random_evidence(seed)
    alone = np.concatenate([score(parameters(), only(evidence, [index])).pvi for index in (3, 1, 0, 2)])
    assert alone == pytest.approx(score(parameters(), evidence).pvi[[3, 1, 0, 2]], abs=1e-12, nan_ok=True)


@over_worlds
@given(worlds, st.integers(0, 99))
def test_silence_about_a_row_never_raises_the_score(seed, row):
    evidence, _ = random_evidence(seed)
    silent = without(evidence, row % len(evidence.rows.mass)) if len(evidence.rows.mass) else evidence
    before, after = (score(parameters(), world) for world in (evidence, silent))
    assert np.all(after.pvi[before.scored] <= before.pvi[before.scored] + 1e-9)


@over_worlds
@given(worlds)
def test_better_evidence_never_lowers_the_score(seed):
    evidence, _ = random_evidence(seed)
    better = changed(evidence, evidence=np.minimum(evidence.rows.evidence + 1, 3))
    assert_no_lower(better, evidence)


@over_worlds
@given(worlds)
def test_more_openness_never_lowers_the_score(seed):
    evidence, _ = random_evidence(seed)
    assert_no_lower(changed(evidence, published=evidence.rows.mass, open_adopted=evidence.rows.adopted), evidence)


@over_worlds
@given(worlds)
def test_a_pilot_that_goes_live_never_lowers_the_score(seed):
    evidence, _ = random_evidence(seed)
    assert_no_lower(changed(evidence, pilot=np.zeros_like(evidence.rows.pilot)), evidence)


@over_worlds
@given(worlds)
def test_cheaper_duplicates_never_lower_the_score(seed):
    evidence, _ = random_evidence(seed)
    cheap = np.where(evidence.rows.relief > 0, evidence.rows.mass[:, None], 0)
    assert_no_lower(changed(evidence, relief=cheap), evidence)


def assert_no_lower(better: Evidence, worse: Evidence) -> None:
    high, low = score(parameters(), better), score(parameters(), worse)
    assert np.all(high.pvi[low.scored] >= low.pvi[low.scored] - 1e-9)


def test_peer_groups_without_norms_impute_nothing():
    unstated = PeerGroups(**{name: np.full_like(values, np.nan) for name, values in vars(peer_groups()).items()})
    scores = score(parameters(), council(peer_groups=unstated))
    assert scores.pvi_peer_imputed == pytest.approx(scores.pvi)
