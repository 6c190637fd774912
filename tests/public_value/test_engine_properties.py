"""What the method promises (section 2, end), of the engine itself: SQL, arithmetic and draws, over random worlds.

`PROPERTY_CASES` says how many cases of each property; more for a long run (`make proof`). Each example of Hypothesis is
a batch of worlds, because a load of many costs little more than a load of one; of a batch that fails, the smallest
world is reported, in place of shrinking it. Silence and dilution are promised of valid rows and an unchanged volume.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from public_value.evidence import facts, gathering
from public_value.methodology import scores
from tests.public_value import many_worlds
from tests.public_value.changed_worlds import (
    a_world,
    better_evidence,
    changed,
    in_other_money,
    later_stage,
    lower_cost,
    silence,
    split,
    with_a_trifle,
)
from tests.public_value.many_worlds import Make, Outcome, measured

pytestmark = pytest.mark.long
CASES = int(os.environ.get("PROPERTY_CASES", 2_000))
BATCH = 1_000
CASES_OF_A_MUTATION = 300
TOLERANCE = 1e-6  # of a score in points (1.16)
DRAWN_TOLERANCE = 1e-2  # a power near 1/4 makes thousandths of a point of an indicator of 1e-17, which is rounding
BEFORE, AFTER = 0, 1

Faults = Callable[[Outcome], np.ndarray]


# Faults: which cases break the promise


def out_of_range(found: Outcome) -> np.ndarray:
    parts = np.stack([found[name] for name in ("S", "R", "N", "F", "C", "O", "xi", "K", "V", "T")])
    ladder = np.stack([found[name] for name in ("pvi", "pvi_peer_imputed", "pvi_max")])
    faults = ~np.all((parts >= 0) & (parts <= 1 + 1e-9), axis=0) | ~np.all((ladder >= 0) & (ladder <= 100), axis=0)
    faults |= ~np.all(np.diff(ladder, axis=0) >= -TOLERANCE, axis=0)
    faults |= ~np.all((found.draws >= 0) & (found.draws <= 100), axis=2)
    return faults[:, BEFORE]


def not_a_partition(found: Outcome) -> np.ndarray:
    return ~found.partition[:, BEFORE]


def below_standardisation(found: Outcome) -> np.ndarray:
    lower = ~(found["N"] >= found["S"]) | (np.abs(found["N"] - found["S"] - found["R"]) > 1e-12)
    return lower[:, BEFORE]


def another_score(found: Outcome) -> np.ndarray:
    return np.any(~(np.abs(np.diff(found.draws, axis=1)[:, 0]) <= TOLERANCE), axis=1) | ~(
        np.abs(gain(found)) <= TOLERANCE
    )


def a_rise(found: Outcome) -> np.ndarray:
    return ~(gain(found) <= TOLERANCE)


def a_fall(found: Outcome) -> np.ndarray:
    """Of the headline, or in any draw."""
    return ~(gain(found) >= -TOLERANCE) | np.any(~(np.diff(found.draws, axis=1)[:, 0] >= -DRAWN_TOLERANCE), axis=1)


def dilution(found: Outcome) -> np.ndarray:
    """A lower score, another denominator or standard, or more for N than the trifle is of the whole."""
    faults = ~(gain(found) >= -TOLERANCE)
    for name in ("S", "F", "C", "xi", "den"):
        faults |= ~np.isclose(found[name][:, AFTER], found[name][:, BEFORE], rtol=1e-12, atol=1e-12)
    more = {name: np.diff(found[name])[:, 0] for name in "NK"}
    return faults | ~((more["N"] >= -1e-12) & (more["N"] <= more["K"] + 1e-12))


def gain(found: Outcome) -> np.ndarray:
    return np.diff(found["pvi"])[:, 0]


# The properties, each with a way to break it


@dataclass(frozen=True)
class Property:
    make: Make
    faults: Faults
    broken: Callable[[pytest.MonkeyPatch], None]


def sql(module: object, name: str, old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    def breaks(monkeypatch: pytest.MonkeyPatch) -> None:
        text = getattr(module, name)
        assert old in text
        monkeypatch.setattr(module, name, text.replace(old, new))

    return breaks


def method(**values: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(many_worlds, "METHOD", replace(many_worlds.METHOD, **values))


def unknown_leaves_the_denominator(monkeypatch: pytest.MonkeyPatch) -> None:
    exempt, unknown = scores.exempt_mass, scores.unknown_mass
    monkeypatch.setattr(scores, "exempt_mass", lambda evidence: exempt(evidence) + unknown(evidence))


def what_is_shared_counts_against_relief(monkeypatch: pytest.MonkeyPatch) -> None:
    credits = scores._credits

    def broken(*given: object) -> object:
        found = credits(*given)
        return replace(found, relief=found.relief - found.adoption / 10)

    monkeypatch.setattr(scores, "_credits", broken)


PROPERTIES = {
    "range": Property(a_world, out_of_range, sql(facts, "FACTS", "ELSE 1 - (1 -", "ELSE 1 + (1 -")),
    "partition": Property(
        a_world, not_a_partition, sql(facts, "FACTS", "* (1 - least(own, 1)) / shared", "* 0")
    ),
    "n_at_least_s": Property(a_world, below_standardisation, what_is_shared_counts_against_relief),
    "money_scale": Property(
        in_other_money, another_score, sql(gathering, "RELIEF", "burden IS NULL", "burden IS NULL OR burden < 500")
    ),
    "split_invariance": Property(
        split, another_score, sql(facts, "FACTS", "* share * envelope)", "* share * envelope + 5000)")
    ),
    "silence_never_better": Property(
        changed(("adopt", "dup"), True, silence),
        a_rise,
        sql(facts, "FACTS", "coalesce(coverage, 0)", "coalesce(coverage, 0.8)"),
    ),
    "silence_exempt_row": Property(changed(("exempt",), True, silence), a_rise, unknown_leaves_the_denominator),
    "no_dilution": Property(with_a_trifle, dilution, unknown_leaves_the_denominator),
    "evidence_monotone": Property(
        changed(("adopt", "dup", "exempt"), False, better_evidence), a_fall, method(rho=(0.5, 0.9, 0.75, 1.0))
    ),
    "stage_monotone": Property(changed(("adopt",), False, later_stage), a_fall, method(q_pilot=1.1)),
    "dup_cost_monotone": Property(
        changed(("dup", "exempt"), False, lower_cost),
        a_fall,
        sql(facts, "FACTS", "THEN greatest(cost, %(cost_floor_ratio)s::float8 * share * envelope)",
            "THEN greatest(cost, 2 * share * envelope - cost)"),
    ),
}  # fmt: skip


def report(name: str, seed: int, cases: int) -> str:
    """The smallest world that breaks a property; blank where none does."""
    promise = PROPERTIES[name]
    found = measured(seed, cases, promise.make)
    faults = np.flatnonzero(promise.faults(found))
    if not faults.size:
        return ""
    place = min(faults, key=lambda fault: len(found.cases[fault][BEFORE].rows))
    figures = {figure: values[place].tolist() for figure, values in found.figures.items()}
    return f"{name}: {faults.size} of {cases}, seed {seed}\n{found.cases[place]}\n{figures}\n{found.draws[place]}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROPERTIES)
def test_engine_keeps(name: str) -> None:
    @settings(
        max_examples=-(-CASES // BATCH), deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(seed=st.integers(0, 2**64 - 1))
    def over_batches(seed: int) -> None:
        assert report(name, seed, min(CASES, BATCH)) == ""

    over_batches()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROPERTIES)
def test_property_notices_when_it_is_broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PROPERTIES[name].broken(monkeypatch)
    assert report(name, 7, CASES_OF_A_MUTATION) != ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [name for name in PROPERTIES if name.startswith(("silence", "no_d")) or "_mono" in name]
)
def test_changes_of_a_case_reach_the_score(name: str) -> None:
    found = measured(7, CASES_OF_A_MUTATION, PROPERTIES[name].make)
    assert np.mean(np.abs(gain(found)) > 1e-9) > 0.05
