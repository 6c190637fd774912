"""The demo pack has something to show for every feature, and its sums agree."""

from collections import Counter, defaultdict

import pytest

from tests.demo.demo_pack import DEMO, SNAPSHOT, age, column, facts, keys, listed, rows, shares

ENUMERATED = [
    ("adoptions.csv", "stage", "planned pilot partial live retired"),
    ("adoptions.csv", "evidence", "E0 E1 E2 E3"),
    ("duplicates.csv", "evidence", "E0 E1 E2 E3"),
    ("duplicates.csv", "exempt_reason", "law safety accessibility security uneconomic"),
    ("functions.csv", "kind", "capability administrative service"),
    ("functions.csv", "evolution", "genesis custom product commodity"),
    ("components.csv", "kind", "service dataset process"),
    ("components.csv", "lifecycle", "draft alpha beta live deprecated retired"),
    ("operations.csv", "method", "GET POST DELETE"),
    ("relations.csv", "relation", "requires works_with alternative_to based_on replaces conflicts_with"),
]
YEARS = {"2024-25": ("2024-04-01", "2025-03-31"), "2025-26": ("2025-04-01", "2026-03-31")}


def paid(organisation: str, year: str, **match: str) -> float:
    first, last = YEARS[year]
    return sum(
        float(row["amount"])
        for row in rows("payments.csv")
        if row["organisation"] == organisation
        and first <= row["paid_on"] <= last
        and all(row[field] == value for field, value in match.items())
    )


@pytest.mark.parametrize(("name", "field", "values"), ENUMERATED)
def test_every_value_occurs_and_no_other(name, field, values):
    assert column(name, field) - {""} == set(values.split())


def test_bodies_are_as_many_as_promised():
    groups = Counter(row["peer_group"] for row in rows("organisations.csv"))

    assert 75 <= len(rows("organisations.csv")) <= 85
    assert len(groups) == 4
    assert sum(count >= 15 for count in groups.values()) >= 2
    assert groups["sorrelmark-county"] < 10
    assert facts()["peer_groups"]["sorrelmark-county"]["parent"] == "sorrelmark-upper-tier"


def test_some_bodies_are_silent_and_some_give_accounts_only():
    declared = column("adoptions.csv", "organisation") | column("duplicates.csv", "organisation")
    accounts = column("accounts.csv", "organisation")

    silent = keys("organisations.csv") - declared - accounts

    assert 8 <= len(silent) <= 14
    assert len(accounts - declared) >= 3


def test_merging_area_ends_in_the_future_and_merged_one_in_the_past():
    by_slug = {row["organisation"]: row for row in rows("organisations.csv")}
    ended = [row for row in by_slug.values() if row["end"]]

    future = [row for row in ended if row["end"] > SNAPSHOT.isoformat()]

    assert Counter(row["type"] for row in future) == {"district": 6, "county": 1}
    assert len(ended) - len(future) == 5
    for row in ended:
        assert by_slug[row["successors"]]["start"] == row["end"]
    districts = [int(row["driver"]) for row in future if row["type"] == "district"]
    assert int(by_slug["marrowdale-council"]["driver"]) == sum(districts)


def test_functions_are_benchmarked_by_tier_and_only_as_leaves():
    parents = column("functions.csv", "parent")
    tiers = defaultdict(set)
    for row in rows("benchmarks.csv"):
        tiers[row["function"]].add(row["peer_group"])

    assert not parents & set(tiers)
    assert tiers["sm-adult-care"] == {"sorrelmark-unitary", "sorrelmark-county"}
    assert tiers["sm-bin-days"] == {"sorrelmark-unitary", "sorrelmark-district"}
    assert "" in column("benchmarks.csv", "observations")
    assert keys("functions.csv") - parents - set(tiers)


def test_components_show_every_state_of_openness_stewardship_and_price():
    flags = ("open_licence", "open_standard", "valid_metadata", "data_exportable")

    for flag in flags:
        assert column("components.csv", flag) == {"", "0", "1"}
    assert len({tuple(row[flag] for flag in flags) for row in rows("components.csv")}) >= 16
    assert {0.6, 0.4} <= {share for row in rows("components.csv") for share in shares(row["stewards"]).values()}
    assert "sorrelmark-upper-tier" in column("components.csv", "available_to")
    assert {"", "3", "4"} <= column("components.csv", "external_independent_adopters")
    assert sum(row["description"].count("\n- ") > 0 for row in rows("components.csv")) >= 35


def test_successors_make_a_chain():
    successor = {row["component"]: row["successor"] for row in rows("components.csv")}

    assert successor[successor["sm-text-gateway"]] == "sm-sorrelpost"


def test_declarations_show_every_age_and_share():
    for name in ("adoptions.csv", "duplicates.csv"):
        ages = [age(row) for row in rows(name)]
        assert sum(days <= 365 for days in ages) > 100
        assert sum(365 < days <= 1095 for days in ages) > 30
        assert any(days > 1095 for days in ages)
        assert any(row["coverage"] and not row["transactions"] for row in rows(name))
        assert any(row["transactions"] and not row["coverage"] for row in rows(name))
        assert {"", "0", "1"} == column(name, "published")
        assert "" in column(name, "annual_cost")
    assert any(not row["coverage"] and not row["transactions"] for row in rows("duplicates.csv"))
    assert "0" in column("duplicates.csv", "annual_cost")
    assert len(column("duplicates.csv", "reason")) > 6


def test_contracts_for_one_function_end_in_one_quarter():
    ends = Counter((row["function"], row["contract_end"]) for row in rows("duplicates.csv") if row["contract_end"])

    assert ends["sm-local-tax", "2027-03-31"] >= 6
    assert {"0", "1", "2"} <= column("duplicates.csv", "contract_slips")


def test_lock_relief_meets_a_begun_migration_with_and_without_a_slip():
    moving = {(row["organisation"], row["function"]) for row in rows("adoptions.csv") if row["stage"] == "partial"}

    slips = {
        row["contract_slips"]
        for row in rows("duplicates.csv")
        if (row["organisation"], row["function"]) in moving and "2026-09-30" < row["contract_end"] <= "2028-09-29"
    }

    assert {"0", "1"} <= slips


def test_one_cell_contradicts_itself():
    cell = {"organisation": "hobmarsh-council", "function": "sm-payments"}

    stated = [row for name in ("adoptions.csv", "duplicates.csv") for row in rows(name) if cell.items() <= row.items()]

    assert sum(float(row["coverage"]) for row in stated) > 1


def test_payments_are_many_years_and_kinds():
    lines = rows("payments.csv")

    assert 6_000 <= len(lines) <= 10_000
    assert len(column("payments.csv", "organisation")) == 6
    assert {row["paid_on"][:7] for row in lines} >= {"2024-04", "2025-03", "2025-04", "2026-03"}
    assert any(float(row["amount"]) < 0 for row in lines)
    assert any(row["component"] for row in lines)
    assert any(row["system"] for row in lines)
    assert any(not row["function"] for row in lines)
    assert "" not in column("payments.csv", "supplier_identifier")


def test_payments_for_own_systems_add_up_to_what_was_declared():
    spenders = column("payments.csv", "organisation")
    declared = [
        row
        for row in rows("duplicates.csv")
        if row["organisation"] in spenders and float(row["annual_cost"] or 0) and row["price_fy"] in YEARS
    ]

    assert len(declared) > 60
    for row in declared:
        total = paid(row["organisation"], row["price_fy"], function=row["function"], system=row["system"])
        assert total == pytest.approx(float(row["annual_cost"]))


def test_payments_are_a_believable_part_of_the_accounts():
    gross = {
        (row["organisation"], row["financial_year"]): float(row["frontline"]) + float(row["administrative"])
        for row in rows("accounts.csv")
    }

    for body in column("payments.csv", "organisation"):
        for year in YEARS:
            assert 0.2 < paid(body, year) / gross[body, year] < 0.6


def test_raw_spend_file_is_there():
    for row in rows("spend.csv"):
        assert (DEMO / "spend" / row["file"]).is_file()


def test_contributions_reach_back_three_years_and_over_the_cap():
    days = column("contributions.csv", "made_on")
    quarter = [
        int(row["units"])
        for row in rows("contributions.csv")
        if (row["organisation"], row["component"]) == ("ravenquay-council", "sm-sorrelpost")
        and "2026-04-01" <= row["made_on"] <= "2026-06-30"
    ]

    assert min(days) < "2024-09-30" < max(days)
    assert sum(quarter) > 5


def test_affiliates_belong_to_the_group_of_their_company():
    owners = Counter(row["affiliation_group"] for row in rows("organisations.csv") if row["affiliation_group"])

    assert owners == {"quillworks-shared-services": 4, "marrowmill-shared-services": 3}
    users = {row["organisation"] for row in rows("adoptions.csv") if row["component"] == "sm-rotahythe"}
    group = {row["organisation"] for row in rows("organisations.csv") if row["affiliation_group"] in owners}
    assert users
    assert users <= group


def test_national_bodies_look_after_components():
    stewards = {body for row in rows("components.csv") for body in shares(row["stewards"])}
    national = {row["organisation"] for row in rows("organisations.csv") if row["type"] == "agency"}

    assert len(stewards & national) >= 8


def test_identifiers_name_one_body_in_two_schemes():
    named = [part for row in rows("organisations.csv") for part in listed(row["identifiers"])]

    assert len(named) == len(set(named)) == 2 * len(rows("organisations.csv"))


def test_profiles_say_much_and_leave_each_column_blank_somewhere():
    profiles = rows("profiles.csv")

    assert 0.8 < len(profiles) / len(rows("components.csv")) < 1
    for field in profiles[0].keys() - {"component"}:
        stated = sum(bool(row[field]) for row in profiles)
        assert 0 < stated < len(profiles)


def test_interfaces_belong_to_the_kinds_that_have_them():
    kinds = {row["component"]: row["kind"] for row in rows("components.csv")}

    assert {kinds[slug] for slug in column("operations.csv", "component")} == {"service"}
    assert {kinds[slug] for slug in column("columns.csv", "component")} == {"dataset"}
    assert {kinds[slug] for slug in column("component_standards.csv", "component")} == set(kinds.values())


def test_every_blueprint_can_be_built_for_the_most_part_and_has_a_gap():
    parts = [row for row in rows("components.csv") if row["lifecycle"] != "draft"]

    def filled(slot: dict[str, str]) -> bool:
        asked, kinds = set(listed(slot["functions"])), listed(slot["kinds"])
        return any(asked & set(listed(part["functions"])) and part["kind"] in kinds for part in parts)

    for blueprint in keys("blueprints.csv"):
        steps = {row["step"] for row in rows("steps.csv") if row["blueprint"] == blueprint}
        slots = [filled(row) for row in rows("slots.csv") if row["step"] in steps]
        assert not all(slots)
        assert sum(slots) > len(slots) / 2
    assert len(keys("blueprints.csv")) == 6
