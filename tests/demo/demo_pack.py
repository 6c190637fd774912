"""The committed demo pack, read with nothing but csv and tomllib."""

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo"
SNAPSHOT = date(2026, 9, 30)
LABEL = "2026Q3"

# file: (key columns, other columns), as the pack format lists them
FORMAT = {
    "organisations.csv": (
        "organisation",
        "name,type,peer_group,affiliation_group,parent,start,end,successors,identifiers,aliases,nation,region,homepage,"
        "latitude,longitude,driver",
    ),
    "functions.csv": ("function", "parent,name,kind,evolution,codes"),
    "benchmarks.csv": (
        "peer_group,function",
        "ref_cost_per_driver,ref_volume_per_driver,observations,provenance",
    ),
    "components.csv": (
        "component",
        "name,kind,functions,summary,description,url,repository,documentation,licence,lifecycle,successor,stewards,"
        "available_to,open_licence,open_standard,valid_metadata,data_exportable,price_per_transaction,fixed_fee,"
        "external_independent_adopters,source",
    ),
    "relations.csv": ("component,relation,other", ""),
    "standards.csv": ("standard", "name,address"),
    "component_standards.csv": ("component,standard", ""),
    "profiles.csv": (
        "component",
        "hosting,start,start_url,contact_name,contact_email,contact_url,support,security_url,accessibility_url,"
        "api_description_url,leaving,limits,version,released_on,ends_on,languages,keywords",
    ),
    "operations.csv": ("component,method,path", "summary"),
    "columns.csv": ("component,name", "number,type,description"),
    "blueprints.csv": ("blueprint", "name,kind,summary,function,source"),
    "steps.csv": ("step", "blueprint,number,verb,name"),
    "slots.csv": ("slot", "step,name,functions,required,kinds,uses_low,uses_high"),
    "volumes.csv": ("organisation,function", "transactions,source_url"),
    "accounts.csv": ("organisation,financial_year", "frontline,administrative,source_url"),
    "contributions.csv": ("organisation,component,made_on", "units,summary,source_url"),
    "adoptions.csv": (
        "organisation,function,component",
        "stage,coverage,transactions,annual_cost,price_fy,since,confirmed,evidence,published,source_url",
    ),
    "duplicates.csv": (
        "organisation,function,system",
        "supplier,coverage,transactions,annual_cost,price_fy,contract_end,contract_slips,confirmed,evidence,published,"
        "exempt_until,exempt_reason,reason,source_url",
    ),
    "reviews.csv": ("organisation,component", "written_on,went_well,blocked,weeks_to_adopt"),
    "payments.csv": (
        "organisation,reference,line",
        "paid_on,supplier,supplier_identifier,amount,function,component,system,category,purpose,source_url",
    ),
    "spend.csv": ("organisation,file", "period,source_url"),
    "synonyms.csv": ("term,same_as", ""),
}


@cache
def rows(name: str, folder: Path = DEMO) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def facts() -> dict:
    return tomllib.loads((DEMO / "pack.toml").read_text(encoding="utf-8"))


def keys(name: str) -> set[str]:
    """The values of the first column."""
    return {next(iter(row.values())) for row in rows(name)}


def column(name: str, field: str) -> set[str]:
    return {row[field] for row in rows(name)}


def listed(value: str) -> list[str]:
    return [part for part in value.split(";") if part]


def shares(stewards: str) -> dict[str, float]:
    return {body: float(share) for body, _, share in (part.partition("=") for part in listed(stewards))}


def age(row: dict[str, str]) -> int:
    """Days between confirmation and snapshot."""
    return (SNAPSHOT - date.fromisoformat(row["confirmed"])).days
