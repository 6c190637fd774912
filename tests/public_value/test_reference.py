"""The reference computes what the method says: worked by hand, and against indices that others have published."""

import json
from math import log, sqrt
from pathlib import Path

import pytest

from public_value.recompute import PARAMETERS, compute
from public_value.recompute.analytics import gini, hhi
from public_value.recompute.canonical import canonical_json, params_hash
from public_value.recompute.draws import quantile, splitmix64, stream
from public_value.recompute.scores import goalpost, power_mean
from tests.public_value.worlds import LABEL, SNAPSHOT, World, write_pack

CHECKS = json.loads((Path(__file__).parent / "external_checks.json").read_text(encoding="utf-8"))
PARAMS = json.loads(PARAMETERS.read_text(encoding="utf-8"))

# By hand -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_world() -> World:
    """One county with 1,000 residents, two functions, and a component that three bodies elsewhere use.

    licensing (commodity, κ 1):  B = £10 × 1,000 = £10,000, V = 2 × 1,000 = 2,000
      adopts Notices: live, coverage .6, E1, confirmed 30 days ago      a = .6 × 1 × .75 × 1 = .45
      runs Old Desk: coverage .3, £3,000, E1, contract ends in a year   locked: relief .5
        r = .3 − min(.3, .5 × 3,000 / (2 × 10,000)) = .3 − .075 = .225    unknown .1
    payroll (product, κ .75):    B = £4 × 1,000 = £4,000, V = 1,000
      runs Pay Box: coverage 1, £2,000, E0 (floor .25 × 4,000 = £1,000)  r = 1 − 2,000 / 8,000 = .75
    Den = 1 × 10,000 + .75 × 4,000 = 13,000
    S = 10,000 × .45 / 13,000 = 4,500 / 13,000     R = (10,000 × .225 + 3,000 × .75) / 13,000 = 4,500 / 13,000
    N = 9,000 / 13,000     F = (.6 − .5) / (.7 − .5) = .5     C = ½ × ln 4 / ln 51 (it looks after Notices: R_o = 3)
    O = ½ × .3 × 10,000 / 13,000 (Old Desk is published) + ½ × .45 × .5 × 10,000 / 13,000 = 2,625 / 13,000
    K = 1 − 10,000 × .1 / 13,000 = 12 / 13     V = (6,000 + 3,000 + 3,000 known) all at .75 = .75     T = 1
    """
    key = {"organisation": "shire", "function": "licensing"}
    row = {"evidence": "E1", "confirmed": "2026-03-01", "price_fy": "2025-26"}
    group = {"F_lo": 0.5, "F_hi": 0.7, "F_median_share": 0.55, "adoption_mean": {"product": 0.2, "commodity": 0.4}}
    benchmark = {"peer_group": "county", "observations": 12}
    return {
        "pack": {
            "base_financial_year": "2025-26",
            "deflator": {"2024-25": 98.0, "2025-26": 100.0},
            "peer_groups": {"county": group},
        },
        "organisations": [{"organisation": "shire", "peer_group": "county", "driver": 1000}],
        "functions": [
            {"function": "licensing", "evolution": "commodity"},
            {"function": "payroll", "evolution": "product"},
        ],
        "benchmarks": [
            {**benchmark, "function": "licensing", "ref_cost_per_driver": 10, "ref_volume_per_driver": 2},
            {**benchmark, "function": "payroll", "ref_cost_per_driver": 4, "ref_volume_per_driver": 1},
        ],
        "components": [
            {
                "component": "notices",
                "functions": "licensing;payroll",
                "lifecycle": "live",
                "stewards": "shire=1",
                "open_licence": 1,
                "open_standard": 1,
                "valid_metadata": 0,
                "price_per_transaction": 0.5,
                "fixed_fee": 100,
                "external_independent_adopters": 3,
            }
        ],
        "accounts": [{"organisation": "shire", "financial_year": "2025-26", "frontline": 6, "administrative": 4}],
        "adoptions": [{**key, **row, "component": "notices", "stage": "live", "coverage": 0.6}],
        "duplicates": [
            {
                **key,
                **row,
                "system": "Old Desk",
                "coverage": 0.3,
                "annual_cost": 3000,
                "published": 1,
                "contract_end": "2027-03-31",
            },
            {
                **key,
                **row,
                "function": "payroll",
                "system": "Pay Box",
                "coverage": 1,
                "annual_cost": 2000,
                "evidence": "E0",
            },
        ],
    }


def test_reference_equals_the_example_worked_by_hand(small_world: World, tmp_path: Path) -> None:
    shire = compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)["organisations"]["shire"]

    commons_c = 0.5 * log(4) / log(51)
    expected = {"S": 4.5 / 13, "R": 4.5 / 13, "N": 9 / 13, "F": 0.5, "C": commons_c, "O": 2.625 / 13}
    expected |= {"xi": 1.0, "den": 13_000.0, "K": 12 / 13, "V": 0.75, "T": 1.0}
    assert shire["indicators"] == pytest.approx(expected)
    roots = (
        0.3 * sqrt(4.5 / 13) + 0.25 * sqrt(9 / 13) + 0.2 * sqrt(0.5) + 0.15 * sqrt(commons_c) + 0.1 * sqrt(2.625 / 13)
    )
    assert shire["pvi"] == pytest.approx(100 * roots**2)
    assert shire["contributions"]["N"] == pytest.approx(25 * 9 / 13)
    # Licensing gives all of S, and of N 4,500 + 2,250 of 9,000.
    assert shire["function_contributions"]["licensing"]["S"] == pytest.approx(30 * 4.5 / 13)
    assert shire["function_contributions"]["payroll"]["N"] == pytest.approx(25 * 2.25 / 13)
    # Unknown is a tenth of licensing: 1,000 of 13,000, of which the peers adopt .4; F is known, so it stays.
    more = {**expected, "S": (4.5 + 0.4) / 13, "N": (9 + 0.4) / 13}
    assert shire["pvi_peer_imputed"] == pytest.approx(index_of(more))
    assert shire["pvi_max"] == pytest.approx(index_of({**expected, "S": 5.5 / 13, "N": 10 / 13}))


def index_of(values: dict) -> float:
    weights = {"S": 0.3, "N": 0.25, "F": 0.2, "C": 0.15, "O": 0.1}
    return 100 * sum(weight * sqrt(values[name]) for name, weight in weights.items()) ** 2


def test_savings_equal_the_example_worked_by_hand(small_world: World, tmp_path: Path) -> None:
    """Old Desk: v = .3 × 2,000 = 600, run cost .5 × 600 = £300 (no fee, it has Notices); ends in a year: y0 = 1.

    central: G = 3,000 − 300 × 1.205 − 300 = 2,338.5; a year .7 × 2,338.5 = 1,636.95; T = .5 × 3,000 × 1.56 = 2,340
    Pay Box: v = 1,000, £500; end unknown: y0 = 2
    central: G = 2,000 − 602.5 − 200 = 1,197.5; a year 838.25; T = 1,560
    """
    shire = compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)["organisations"]["shire"]

    desk = [0, -2340, 1636.95 / 2] + [1636.95] * 7
    box = [0, 0, -1560, 838.25 / 2] + [838.25] * 6
    npv = sum((a + b) / 1.035**year for year, (a, b) in enumerate(zip(desk, box, strict=True)))
    assert shire["savings"]["central"] == pytest.approx({"annual": 1636.95 + 838.25, "npv10": npv})
    assert shire["savings_modelled"]["central"] == {"annual": 0, "npv10": 0}


def test_modelled_saving_comes_from_the_unknown_mass(small_world: World, tmp_path: Path) -> None:
    """Pay Box without cost and share: its cell is all unknown, so s = 1, D = £4,000, v = 1,000.

    high: G = 4,000 − 500 − .05 × 4,000 = 3,300 a year
    """
    del small_world["duplicates"][1]["coverage"], small_world["duplicates"][1]["annual_cost"]
    shire = compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)["organisations"]["shire"]

    assert shire["savings_modelled"]["high"]["annual"] == pytest.approx(3300)
    assert {"function": "payroll", "declaration": "Pay Box", "reason": "no_share"} in shire["excluded"]


def test_exemption_over_the_cap_counts_as_a_duplicate(small_world: World, tmp_path: Path) -> None:
    """Pay Box exempt: ξ = .15 × 13,000 / 3,000 = .65, Den = 13,000 − .65 × 3,000 = 11,050.

    R = (2,250 + 3,000 × .35 × .75) / 11,050
    """
    small_world["duplicates"][0] |= {"exempt_until": "", "exempt_reason": ""}
    small_world["duplicates"][1] |= {"exempt_until": "2026-03-31", "exempt_reason": "law"}
    shire = compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)["organisations"]["shire"]

    assert shire["indicators"]["xi"] == pytest.approx(0.65)
    assert shire["indicators"]["den"] == pytest.approx(11_050)
    assert shire["indicators"]["R"] == pytest.approx((2250 + 3000 * 0.35 * 0.75) / 11_050)
    assert {"function": "payroll", "declaration": "Pay Box", "reason": "exempt_over_cap"} in shire["excluded"]


def test_unknown_price_year_is_refused(small_world: World, tmp_path: Path) -> None:
    small_world["duplicates"][0]["price_fy"] = "1999-00"
    with pytest.raises(ValueError, match="1999-00 has no deflator"):
        compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)


def test_parent_with_a_benchmark_beside_its_child_is_refused(small_world: World, tmp_path: Path) -> None:
    small_world["functions"][0]["parent"] = ""
    small_world["functions"][1]["parent"] = "licensing"
    with pytest.raises(ValueError, match="licensing has a benchmark for county beside its child payroll"):
        compute(write_pack(small_world, tmp_path), LABEL, SNAPSHOT, draws=0)


# Against published figures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", CHECKS["hdi_2021"]["rows"])
def test_power_mean_and_goalposts_reproduce_the_human_development_index(country: str) -> None:
    life, expected, mean, income, index = CHECKS["hdi_2021"]["rows"][country]
    health, wealth = goalpost(life, 20, 85), goalpost(log(income), log(100), log(75_000))
    education = power_mean([goalpost(expected, 0, 18), goalpost(mean, 0, 15)], [0.5, 0.5], 1)
    assert round(power_mean([health, education, wealth], [1 / 3] * 3, 0), 3) == index


@pytest.mark.parametrize("country", CHECKS["asem"]["rows"])
def test_power_mean_reproduces_the_asem_index(country: str) -> None:
    index, connected, sustainable, *inputs = CHECKS["asem"]["rows"][country]
    got_connected, got_sustainable = power_mean(inputs[:5], [0.2] * 5, 1), power_mean(inputs[5:], [1 / 3] * 3, 1)
    got = [power_mean([got_connected, got_sustainable], [0.5, 0.5], 1), got_connected, got_sustainable]
    assert got == pytest.approx([index, connected, sustainable], abs=0.011)


def test_generator_gives_the_published_vector() -> None:
    vector = CHECKS["splitmix64"]
    assert [f"{splitmix64(vector['seed'], k):016x}" for k in (1, 2, 3)] == vector["first3_hex"]


def test_stream_gives_uniform_numbers() -> None:
    method = stream(LABEL, "G")
    numbers = [method(draw, slot) for draw in range(500) for slot in range(13)]
    assert all(0 <= number < 1 for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert sum(numbers) / len(numbers) == pytest.approx(0.5, abs=0.02)


def test_concentration_equals_the_published_example() -> None:
    assert hhi(CHECKS["hhi"]["shares"]) == pytest.approx(CHECKS["hhi"]["expected"])


def test_gini_is_zero_among_equals_and_grows_with_spread() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([1, 3]) == pytest.approx(0.25)


def test_quantile_is_type_seven() -> None:
    assert quantile([40, 10, 20, 30], 0.05) == pytest.approx(11.5)
    assert quantile([5], 0.95) == 5


def test_parameters_have_the_published_hash() -> None:
    assert params_hash(PARAMS) == "20317281e2fc6a70a566924513e0296fd2147a0627273a3f5bf9da12ac2be69a"


def test_canonical_json_writes_plain_decimals() -> None:
    assert canonical_json({"b": [1.0, 1e-7], "a": True}) == '{"a":true,"b":[1,"0.0000001"]}'
