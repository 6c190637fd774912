"""The rules that decide what reaches the index: sharing, ages, accounts, contributions, contradictions."""

from datetime import date
from pathlib import Path

import pytest

from public_value.recompute import compute
from public_value.recompute.draws import drawn_dials, stream
from public_value.recompute.reading import contribution_units, frontline_shares
from public_value.recompute.savings import start_year
from tests.public_value.test_reference import PARAMS
from tests.public_value.worlds import LABEL, SNAPSHOT, write_pack

BENCHMARK = {"peer_group": "district", "function": "pay", "ref_cost_per_driver": 10, "ref_volume_per_driver": 1}
GOOD = {"function": "pay", "component": "till", "stage": "live", "confirmed": "2026-03-01", "evidence": "E2"}


def world(adoptions: list[dict], **changed: str) -> dict:
    """Five bodies that could use one till, looked after by body a."""
    component = {"component": "till", "functions": "pay", "lifecycle": "live", "stewards": "a=1", "available_to": ""}
    bodies = [
        {"organisation": uid, "peer_group": "district", "affiliation_group": "", "driver": 100} for uid in "abcde"
    ]
    return {
        "pack": {"base_financial_year": "2025-26", "peer_groups": {"district": {"parent": "region"}, "region": {}}},
        "organisations": bodies,
        "functions": [{"function": "pay", "evolution": "commodity"}],
        "benchmarks": [BENCHMARK],
        "components": [component | changed],
        "adoptions": [{"coverage": "", "since": "", **row} for row in adoptions],
        "duplicates": [],
    }


def edition(tables: dict, folder: Path) -> dict:
    return compute(write_pack(tables, folder), LABEL, SNAPSHOT, draws=0)


@pytest.mark.parametrize(
    ("second", "shared"),
    [
        ({}, True),
        ({"stage": "partial"}, True),
        ({"evidence": "E3"}, True),
        ({"evidence": "E1"}, False),
        ({"stage": "pilot"}, False),
        ({"confirmed": "2023-03-31"}, False),  # 1,096 days before the snapshot
        ({"confirmed": "2023-04-01"}, True),
        ({"confirmed": ""}, False),
        ({"organisation": "a"}, False),  # its own steward
        ({"since": "2026-01-01"}, False),  # 89 days: still a pilot (AG-13)
        ({"since": "2025-12-31"}, True),
    ],
)
def test_component_is_shared_by_two_independent_adopters(second: dict, shared: bool, tmp_path: Path) -> None:
    tables = world([GOOD | {"organisation": "b"} | {"confirmed": "2026-03-01"}, GOOD | {"organisation": "c"} | second])
    assert ("pay" in edition(tables, tmp_path)["functions"]) is shared


def test_affiliates_count_as_one_adopter(tmp_path: Path) -> None:
    tables = world([GOOD | {"organisation": uid} for uid in "bc"])
    for number in (1, 2):
        tables["organisations"][number]["affiliation_group"] = "alliance"
    assert edition(tables, tmp_path)["organisations"] == {}


@pytest.mark.parametrize(("groups", "organisations"), [("", 5), ("region", 5), ("district", 5), ("county", 0)])
def test_component_is_available_to_children_of_a_group(groups: str, organisations: int, tmp_path: Path) -> None:
    tables = world([GOOD | {"organisation": uid} for uid in "bc"], available_to=groups)
    assert len(edition(tables, tmp_path)["organisations"]) == organisations


def test_contradictions_are_settled_against_the_organisation(tmp_path: Path) -> None:
    """Own systems at .8 and .7 fill the cell, so that nothing is left for the adoption."""
    tables = world([GOOD | {"organisation": uid, "coverage": 0.9} for uid in "bc"])
    own = {"organisation": "b", "function": "pay", "confirmed": "2026-03-01", "evidence": "E1", "annual_cost": 750}
    tables["duplicates"] = [own | {"system": "x", "coverage": 0.8}, own | {"system": "y", "coverage": 0.7}]
    body = edition(tables, tmp_path)["organisations"]["b"]

    assert body["indicators"]["S"] == 0
    assert body["indicators"]["K"] == pytest.approx(1)
    # B = £1,000: r = (.8 − .375 × …): each row keeps s − 750 / 2,000, with s = .8 / 1.5 and .7 / 1.5.
    assert body["indicators"]["R"] == pytest.approx(0.8 / 1.5 - 0.375 + 0.7 / 1.5 - 0.375)


def test_contributions_count_five_a_quarter_within_two_years() -> None:
    made = [("2024-03-31", 5), ("2024-04-01", 1), ("2026-03-31", 4), ("2026-01-01", 4), ("2026-04-01", 5)]
    rows = [{"organisation": "a", "component": "till", "made_on": on, "units": str(units)} for on, units in made]
    assert contribution_units(rows, SNAPSHOT) == {"a": 1 + 5}


def test_accounts_are_of_the_latest_year_that_ended() -> None:
    def account(year: str, frontline: str, administrative: str) -> dict[str, str]:
        return {"organisation": "a", "financial_year": year, "frontline": frontline, "administrative": administrative}

    years = [account("2025-26", "3", "1"), account("2024-25", "1", "1"), account("2026-27", "9", "1")]
    assert frontline_shares(years, date(2026, 3, 31)) == {"a": 0.75}
    assert frontline_shares(years, date(2026, 3, 30)) == {"a": 0.5}
    assert frontline_shares([account("2025-26", "0", "0")], SNAPSHOT) == {}


@pytest.mark.parametrize(("end", "year"), [(None, 2), ("2026-03-31", 0), ("2026-04-01", 1), ("2027-04-01", 2)])
def test_saving_starts_in_the_year_after_the_contract(end: str | None, year: int) -> None:
    assert start_year(date.fromisoformat(end) if end else None, SNAPSHOT, PARAMS) == year


def test_drawn_dials_stay_within_their_laws() -> None:
    method = stream(LABEL, "G")
    for dials in (drawn_dials(method, draw, PARAMS) for draw in range(300)):
        assert sum(dials.weights.values()) == pytest.approx(1)
        assert 0.25 <= dials.p < 0.75
        assert 0.5 <= dials.kappa["product"] < 1
        assert 0 <= dials.kappa["custom"] < 0.5
        assert (dials.kappa["genesis"], dials.kappa["commodity"]) == (0, 1)
        assert dials.rho["E0"] <= dials.rho["E1"] <= dials.rho["E2"] <= dials.rho["E3"] == 1
        assert dials.g in PARAMS["mc"]["g_grid"]
        assert max(abs(dials.f_lo_shift), abs(dials.f_hi_shift)) <= 0.02


def body_b(folder: Path, adoption: dict | None = None, *duplicates: dict, **component: str) -> dict:
    """Body b (B = £1,000, V = 100), which adopts the till that c and d also use, and its own systems."""
    tables = world([GOOD | {"organisation": uid} for uid in "cd"], **component)
    tables["adoptions"] += [{"coverage": "", "since": "", **GOOD, "organisation": "b", **adoption}] if adoption else []
    own = {"organisation": "b", "function": "pay", "confirmed": "2026-03-01", "evidence": "E1", "coverage": 0.2}
    dated = {"contract_end": "", "contract_slips": "", "annual_cost": 200}
    tables["duplicates"] = [own | dated | {"system": f"own-{n}"} | row for n, row in enumerate(duplicates)]
    return edition(tables, folder)["organisations"]["b"]


@pytest.mark.parametrize(("confirmed", "freshness"), [("2025-03-31", 1), ("2024-03-31", 1 - 0.5 * 365 / 730)])
def test_credit_fades_after_a_year(confirmed: str, freshness: float, tmp_path: Path) -> None:
    body = body_b(tmp_path, {"coverage": 0.4, "confirmed": confirmed})
    assert body["indicators"]["S"] == pytest.approx(0.4 * 0.9 * freshness)
    assert body["indicators"]["T"] == pytest.approx(freshness)


@pytest.mark.parametrize(("share", "standard"), [(0.009, 0), (0.01, 0.009)])
def test_tiny_adoption_earns_nothing(share: float, standard: float, tmp_path: Path) -> None:
    body = body_b(tmp_path, {"coverage": share})
    assert body["indicators"]["S"] == pytest.approx(standard)
    assert ("below_de_minimis" in [one["reason"] for one in body["excluded"]]) is (standard == 0)


@pytest.mark.parametrize(
    ("end", "slips", "share", "relief"),
    [
        ("2028-03-30", 0, 0.5, 0.5),  # 730 days
        ("2028-03-31", 0, 0.5, 1),
        ("2026-03-31", 0, 0.5, 1),  # ended
        ("2027-03-31", 1, 0.5, 1),  # slipped
        ("2027-03-31", 0, 0.009, 1),  # no move under way
    ],
)
def test_locked_contract_counts_half(end: str, slips: int, share: float, relief: float, tmp_path: Path) -> None:
    body = body_b(tmp_path, {"coverage": share}, {"contract_end": end, "contract_slips": slips})
    assert body["indicators"]["R"] == pytest.approx(0.2 - relief * 200 / 2000)


def test_fixed_fee_is_borne_once_in_a_cell(tmp_path: Path) -> None:
    """Two systems at £200, run cost 20 × £1 each and £50 once; high: G = 200 − 70 − 10 and 200 − 20 − 10."""
    body = body_b(tmp_path, None, {}, {}, price_per_transaction="1", fixed_fee="50")
    assert body["savings"]["high"]["annual"] == pytest.approx(120 + 170)


def test_adoption_of_an_unshared_component_is_a_duplicate(tmp_path: Path) -> None:
    tables = world([GOOD | {"organisation": uid} for uid in "cd"])
    tables["components"].append(tables["components"][0] | {"component": "drawer", "lifecycle": "beta"})
    tables["adoptions"].append(tables["adoptions"][0] | {"organisation": "b", "component": "drawer", "coverage": 0.4})
    body = edition(tables, tmp_path)["organisations"]["b"]
    assert (body["indicators"]["S"], body["indicators"]["K"]) == (0, pytest.approx(0.4))
    assert body["excluded"] == [{"function": "pay", "declaration": "drawer", "reason": "not_shared"}]


def test_slots_drive_what_the_method_says() -> None:
    method = stream(LABEL, "G")
    dials = drawn_dials(method, 3, PARAMS)
    assert dials.p == 0.25 + 0.5 * method(3, 5)
    assert dials.q_stage["pilot"] == 0.25 + 0.5 * method(3, 6)
    assert dials.kappa["product"] == 0.5 + 0.5 * method(3, 7)
    assert dials.kappa["custom"] == 0.5 * method(3, 8)
    assert dials.rho["E1"] == pytest.approx(0.6 + 0.3 * method(3, 9))
    assert dials.f_hi_shift == pytest.approx(0.04 * (method(3, 12) - 0.5))
    assert stream(LABEL, "O:a")(3, 0) != stream(LABEL, "O:b")(3, 0)
