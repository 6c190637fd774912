"""The demo pack keeps to the pack format, refers only to what it holds, and equals what its generator writes."""

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from tests.demo.demo_pack import DEMO, FORMAT, ROOT, facts, keys, listed, rows, shares

WITH_ORGANISATION = [name for name in FORMAT if FORMAT[name][0].startswith("organisation,")]
WITH_FUNCTION = ("volumes.csv", "adoptions.csv", "duplicates.csv", "payments.csv")
WITH_COMPONENT = (
    "contributions.csv",
    "adoptions.csv",
    "payments.csv",
    "component_standards.csv",
    "profiles.csv",
    "operations.csv",
    "columns.csv",
    "reviews.csv",
)
REFERENCES = [
    ("organisations.csv", "parent", "organisations.csv"),
    ("organisations.csv", "affiliation_group", "organisations.csv"),
    ("functions.csv", "parent", "functions.csv"),
    ("benchmarks.csv", "function", "functions.csv"),
    ("components.csv", "successor", "components.csv"),
    ("relations.csv", "component", "components.csv"),
    ("relations.csv", "other", "components.csv"),
    ("component_standards.csv", "standard", "standards.csv"),
    ("blueprints.csv", "function", "functions.csv"),
    ("steps.csv", "blueprint", "blueprints.csv"),
    ("slots.csv", "step", "steps.csv"),
    *((name, "organisation", "organisations.csv") for name in WITH_ORGANISATION),
    *((name, "function", "functions.csv") for name in WITH_FUNCTION),
    *((name, "component", "components.csv") for name in WITH_COMPONENT),
]
OUR_ADDRESSES = (
    "homepage", "url", "repository", "documentation", "source_url", "start_url", "contact_url", "security_url",
    "accessibility_url", "api_description_url",
)  # fmt: skip
DATES = ("start", "end", "made_on", "since", "confirmed", "contract_end", "exempt_until", "paid_on", "written_on")
NUMBERS = {
    "benchmarks.csv": ("ref_cost_per_driver", "ref_volume_per_driver", "observations"),
    "slots.csv": ("uses_low", "uses_high"),
    "components.csv": ("price_per_transaction", "fixed_fee", "external_independent_adopters"),
    "adoptions.csv": ("coverage", "transactions", "annual_cost"),
    "duplicates.csv": ("coverage", "transactions", "annual_cost", "contract_slips"),
    "accounts.csv": ("frontline", "administrative"),
    "contributions.csv": ("units",),
    "organisations.csv": ("driver",),
    "volumes.csv": ("transactions",),
}


def test_generator_writes_the_committed_files(tmp_path):
    subprocess.run([sys.executable, "-B", DEMO / "generate.py", tmp_path], check=True)

    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert len(written) == len(FORMAT) + 2
    assert written == {path: (DEMO / path).read_bytes() for path in written}


@pytest.mark.parametrize("name", FORMAT)
def test_file_has_the_columns_of_the_format(name):
    key, others = FORMAT[name]

    header = (DEMO / name).read_text(encoding="utf-8").splitlines()[0]

    assert set(header.split(",")) == {*key.split(","), *others.split(",")} - {""}
    assert rows(name)


@pytest.mark.parametrize("name", FORMAT)
def test_key_names_one_row(name):
    key = FORMAT[name][0].split(",")

    seen = Counter(tuple(row[part] for part in key) for row in rows(name))

    assert [each for each, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(("name", "field", "target"), REFERENCES)
def test_reference_finds_its_row(name, field, target):
    assert {row[field] for row in rows(name)} - keys(target) <= {""}


def test_lists_refer_to_what_the_pack_holds():
    for row in (*rows("components.csv"), *rows("slots.csv")):
        assert set(listed(row["functions"])) <= keys("functions.csv")
    for row in rows("components.csv"):
        assert set(shares(row["stewards"])) <= keys("organisations.csv")
        assert set(listed(row["available_to"])) <= set(facts()["peer_groups"])
    for row in rows("organisations.csv"):
        assert set(listed(row["successors"])) <= keys("organisations.csv")
        assert row["peer_group"] in facts()["peer_groups"]
    assert {row["peer_group"] for row in rows("benchmarks.csv")} <= set(facts()["peer_groups"])


def test_declarations_and_payments_agree_on_systems():
    systems = {(row["organisation"], row["function"], row["system"]) for row in rows("duplicates.csv")}

    paid = {(row["organisation"], row["function"], row["system"]) for row in rows("payments.csv") if row["system"]}

    assert paid <= systems


def test_steward_shares_sum_to_one_at_most():
    sums = [sum(shares(row["stewards"]).values()) for row in rows("components.csv")]

    assert max(sums) <= 1
    assert min(sums) == 0


@pytest.mark.parametrize("name", FORMAT)
def test_dates_and_numbers_read(name):
    for row in rows(name):
        for field in DATES if name != "profiles.csv" else ("released_on", "ends_on"):
            assert not row.get(field) or date.fromisoformat(row[field])
        for field in NUMBERS.get(name, ()):
            assert not row[field] or float(row[field]) >= 0
        assert 0 <= float(row.get("coverage") or 0) <= 1


def test_dates_are_in_order():
    for row in rows("adoptions.csv"):
        assert row["since"] <= row["confirmed"]
    for row in rows("organisations.csv"):
        assert not row["end"] or row["start"] < row["end"]
    for name in ("adoptions.csv", "duplicates.csv"):
        assert max(row["confirmed"] for row in rows(name)) <= "2026-09-30"


def test_files_are_plain_and_small():
    files = [*DEMO.glob("*.csv"), *(DEMO / "spend").iterdir()]

    assert sum(path.stat().st_size for path in files) < 2_500_000
    assert not any(b"\r" in path.read_bytes() for path in files)


def test_a_cost_comes_with_its_price_year():
    for name in ("adoptions.csv", "duplicates.csv"):
        assert [row for row in rows(name) if bool(row["annual_cost"]) != bool(row["price_fy"])] == []


def test_an_exemption_has_a_reason_and_an_end_within_24_months():
    exempt = [row for row in rows("duplicates.csv") if row["exempt_until"] or row["exempt_reason"]]

    assert len(exempt) >= 6
    for row in exempt:
        assert row["exempt_reason"]
        assert row["exempt_until"] <= "2028-09-30"


def test_an_open_record_stands_on_a_page():
    for name in ("adoptions.csv", "duplicates.csv"):
        assert all(row["source_url"] for row in rows(name) if row["published"] == "1")


def test_every_price_year_has_a_deflator():
    years = {row["price_fy"] for name in ("adoptions.csv", "duplicates.csv") for row in rows(name)}

    assert years - {""} <= set(facts()["deflator"])
    assert facts()["base_financial_year"] in facts()["deflator"]


def test_no_name_is_one_of_the_united_kingdom_pack():
    real = ROOT.parent / "shared" / "data" / "uk-pack"
    if not real.exists():
        pytest.skip("the United Kingdom pack is not beside this clone")
    for name in ("organisations.csv", "functions.csv", "components.csv"):
        slugs = {next(iter(row.values())) for row in rows(name, real)}
        assert not slugs & keys(name)
    for name in ("organisations.csv", "components.csv"):
        names = {row["name"].casefold() for row in rows(name, real)}
        assert not names & {row["name"].casefold() for row in rows(name)}
    assert not {row["type"] for row in rows("organisations.csv", real)} & set(facts()["peer_groups"])


def test_ids_carry_the_country_so_that_a_real_pack_fits_on_top():
    assert all(group.startswith("sorrelmark-") for group in (*facts()["peer_groups"], *facts()["posts"]))
    assert all(slug.startswith("sm-") for slug in keys("functions.csv") | keys("components.csv"))
    assert all(part.startswith("sm-") for row in rows("organisations.csv") for part in listed(row["identifiers"]))


def test_every_address_is_under_example():
    for name in FORMAT:
        for row in rows(name):
            for field in OUR_ADDRESSES:
                assert not row.get(field) or row[field].split("/")[2].endswith(".example")
