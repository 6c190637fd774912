"""`adoptions.csv`, `duplicates.csv` and `answers.csv`: what bodies say about themselves and one function."""

from dataclasses import replace

from registry.models import Declaration, DeclarationKind, Evidence, ExemptReason, Stage, Why
from registry.pack import columns
from registry.pack.sheet import Sheet

ANSWER = (DeclarationKind.NOT_RESPONSIBLE, DeclarationKind.NOT_SURE)
WHO_AND_WHAT = (
    columns.reference("organisation", "organisation", required=True),
    columns.reference("function", "function", required=True),
)
SIZE = (
    columns.share("coverage"),
    columns.real("transactions"),
    columns.decimal("annual_cost", 0),
    columns.financial_year("price_fy"),
)

ADOPTIONS = Sheet(
    file="adoptions.csv",
    model=Declaration,
    supersedes=True,
    scope="t.kind = 'adoption'",
    fixed={"kind": "'adoption'", "system": "''"},
    key=("organisation", "function", "component"),
    columns=(
        *WHO_AND_WHAT,
        columns.reference("component", "component", required=True),
        columns.choice("stage", Stage.values, required=True),
        *SIZE,
        columns.day("since"),
        columns.day("confirmed"),
        columns.choice("evidence", Evidence.values),
        columns.flag("published"),
        columns.web_address("source_url"),
    ),
    searched="SELECT s.component FROM pack_plan p JOIN pack_staged s ON s._line = p.line",
)

DUPLICATES = Sheet(
    file="duplicates.csv",
    model=Declaration,
    supersedes=True,
    scope="t.kind = 'duplicate'",
    fixed={"kind": "'duplicate'", "component_id": "NULL", "stage": "''"},
    key=("organisation", "function", "system"),
    columns=(
        *WHO_AND_WHAT,
        columns.text("system", 300, required=True),
        columns.text("supplier", 300),
        *SIZE,
        columns.day("contract_end"),
        columns.whole("contract_slips", 32_767),
        columns.day("confirmed"),
        columns.choice("evidence", Evidence.values),
        columns.flag("published"),
        columns.day("exempt_until"),
        columns.choice("exempt_reason", ExemptReason.values),
        replace(columns.choice("why", Why.values), rare=True),
        columns.text("reason"),
        columns.web_address("source_url"),
    ),
)

ANSWERS = Sheet(
    file="answers.csv",
    model=Declaration,
    supersedes=True,
    scope="t.kind IN ('not_responsible', 'not_sure')",
    fixed={"component_id": "NULL", "system": "''", "stage": "''"},
    key=("organisation", "function"),
    columns=(
        *WHO_AND_WHAT,
        columns.choice("answer", [kind.value for kind in ANSWER], target="kind", required=True),
        columns.day("confirmed"),
        columns.web_address("source_url"),
    ),
)
