"""The rules that decide what reaches the index: sharing, ages, accounts, contributions, contradictions."""

from datetime import date
from pathlib import Path

import pytest

from tests.public_value.reference import compute
from tests.public_value.reference.draws import drawn_dials, stream
from tests.public_value.reference.reading import contribution_units, frontline_shares
from tests.public_value.reference.savings import start_year
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
