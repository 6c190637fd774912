"""Writes the pack: one CSV file per noun, the pack's own facts, and one raw spend file as councils publish them."""

import csv
from pathlib import Path
from typing import Any

from generator.blueprints import blueprint_rows, slot_rows, step_rows
from generator.bodies import organisation_row
from generator.brick import component_row
from generator.chance import Chance
from generator.declarations import declarations
from generator.functions import benchmark_rows, function_rows
from generator.knowledge import relation_rows
from generator.money import account_rows, contribution_rows, volume_rows
from generator.offers import column_rows, component_standard_rows, operation_rows, standard_rows
from generator.pack_facts import pack_toml
from generator.payments import payment_rows
from generator.profiles import profile_rows
from generator.reviews import review_rows
from generator.suppliers import ORDINARY
from generator.synonyms import synonym_rows
from generator.world import World

Row = dict[str, Any]

COLUMNS = {
    "organisations.csv": "organisation,name,type,peer_group,affiliation_group,parent,start,end,successors,identifiers,"
    "aliases,nation,region,homepage,latitude,longitude,driver",
    "functions.csv": "function,parent,name,kind,evolution,codes",
    "benchmarks.csv": "peer_group,function,ref_cost_per_driver,ref_volume_per_driver,observations,provenance",
    "components.csv": "component,name,kind,functions,summary,description,url,repository,documentation,licence,"
    "lifecycle,successor,stewards,available_to,open_licence,open_standard,valid_metadata,data_exportable,"
    "price_per_transaction,fixed_fee,external_independent_adopters,source",
    "relations.csv": "component,relation,other",
    "standards.csv": "standard,name,address",
    "component_standards.csv": "component,standard",
    "profiles.csv": "component,hosting,start,start_url,contact_name,contact_email,contact_url,support,security_url,"
    "accessibility_url,api_description_url,leaving,limits,version,released_on,ends_on,languages,keywords",
    "operations.csv": "component,method,path,summary",
    "columns.csv": "component,name,number,type,description",
    "blueprints.csv": "blueprint,name,kind,summary,function,source",
    "steps.csv": "step,blueprint,number,verb,name",
    "slots.csv": "slot,step,name,functions,required,kinds,uses_low,uses_high",
    "volumes.csv": "organisation,function,transactions,source_url",
    "accounts.csv": "organisation,financial_year,frontline,administrative,source_url",
    "contributions.csv": "organisation,component,made_on,units,summary,source_url",
    "adoptions.csv": "organisation,function,component,stage,coverage,transactions,annual_cost,price_fy,since,"
    "confirmed,evidence,published,source_url",
    "duplicates.csv": "organisation,function,system,supplier,coverage,transactions,annual_cost,price_fy,contract_end,"
    "contract_slips,confirmed,evidence,published,exempt_until,exempt_reason,reason,source_url",
    "reviews.csv": "organisation,component,written_on,went_well,blocked,weeks_to_adopt",
    "payments.csv": "organisation,reference,line,paid_on,supplier,supplier_identifier,amount,function,component,"
    "system,category,purpose,source_url",
    "spend.csv": "organisation,file,period,source_url",
    "synonyms.csv": "term,same_as",
}
RAW_BODY, RAW_MONTH = "tamberwick-council", "2026-01"
RAW_FILE = f"{RAW_BODY}-{RAW_MONTH}.csv"


def write_pack(folder: Path) -> None:
    """Writes every file of the pack into the folder, replacing what is there."""
    (folder / "spend").mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(pack_toml(), encoding="utf-8", newline="\n")
    for name, rows in _tables(World()).items():
        _write(folder / name, COLUMNS[name].split(","), rows)
    header = ["Body Name", "Payment Date", "Supplier Name", "Expense Area", "Transaction Number", "Net Amount (£)"]
    _write(folder / "spend" / RAW_FILE, header, _raw_lines(header))


def _tables(world: World) -> dict[str, list[Row]]:
    names = {body.slug: body.name for body in world.bodies}
    adoptions, duplicates = declarations(world)
    accounts = account_rows(world)
    return {
        "organisations.csv": [organisation_row(body) for body in world.bodies],
        "functions.csv": function_rows(),
        "benchmarks.csv": benchmark_rows(),
        "components.csv": [component_row(brick, names) for brick in world.bricks],
        "relations.csv": relation_rows(),
        "standards.csv": standard_rows(),
        "component_standards.csv": component_standard_rows(world.bricks),
        "profiles.csv": profile_rows(world.bricks),
        "operations.csv": operation_rows(),
        "columns.csv": column_rows(),
        "blueprints.csv": blueprint_rows(),
        "steps.csv": step_rows(),
        "slots.csv": slot_rows(),
        "volumes.csv": volume_rows(world),
        "accounts.csv": accounts,
        "contributions.csv": contribution_rows(world),
        "adoptions.csv": adoptions,
        "duplicates.csv": duplicates,
        "reviews.csv": review_rows(adoptions),
        "payments.csv": payment_rows(world, adoptions, duplicates, accounts),
        "spend.csv": [_raw_source()],
        "synonyms.csv": synonym_rows(),
    }


def _raw_source() -> Row:
    url = f"https://www.tamberwick.example/spend/{RAW_MONTH}"
    return {"organisation": RAW_BODY, "file": RAW_FILE, "period": RAW_MONTH, "source_url": url}


def _raw_lines(header: list[str]) -> list[Row]:
    """Lines with the ordinary habits of councils: day first, thousands with commas, credits in brackets."""
    chance = Chance("raw", RAW_BODY)
    lines = []
    for number in range(120):
        category = chance.pick(list(ORDINARY))
        amount = chance.between(500, 1100) ** 2 / 100
        text = f"({amount / 8:,.2f})" if chance.happens(0.04) else f"{amount:,.2f}"
        day = f"{chance.whole(1, 28):02d}/01/2026"
        cells = ("Tamberwick Council", day, chance.pick(ORDINARY[category]), category, 7_400_100 + number, text)
        lines.append(dict(zip(header, cells, strict=True)))
    return lines


def _write(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({column: _text(value) for column, value in row.items()} for row in rows)


def _text(value: Any) -> Any:
    """Whole numbers without a decimal point: sums in £ are whole here."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
