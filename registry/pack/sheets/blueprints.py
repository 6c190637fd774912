"""`blueprints.csv`, `steps.csv` and `slots.csv`: patterns of services, and what could do the work of their steps."""

from catalogue.models import Blueprint, ComponentKind, Function, ServiceKind, Slot, Step, Verb
from registry.pack import columns, values
from registry.pack.sheet import Check, Sheet, join_rows, joined

MOST_STEPS = 1000
FUNCTIONS = {
    "through": Slot.functions.through, "owner": "slot_id", "other": "function_id", "others": Function,
}  # fmt: skip

BLUEPRINTS = Sheet(
    file="blueprints.csv",
    model=Blueprint,
    noun="blueprint",
    key=("blueprint",),
    columns=(
        columns.key("blueprint"),
        columns.text("name", 300, required=True),
        columns.choice("kind", ServiceKind.values),
        columns.text("summary"),
        columns.reference("function", "function"),
        columns.text("source"),
    ),
)

STEPS = Sheet(
    file="steps.csv",
    model=Step,
    noun="step",
    key=("step",),
    columns=(
        columns.key("step"),
        columns.reference("blueprint", "blueprint", required=True),
        columns.whole("number", MOST_STEPS, required=True),
        columns.choice("verb", Verb.values, required=True),
        columns.text("name", 300, required=True),
    ),
)

SLOTS = Sheet(
    file="slots.csv",
    model=Slot,
    key=("slot",),
    columns=(
        columns.key("slot"),
        columns.reference("step", "step", required=True),
        columns.text("name", 300, required=True),
        columns.references("functions", "function", joined("functions", **FUNCTIONS)),
        columns.flag("required", required=True),
        columns.texts("kinds", values.choice(ComponentKind.values)),
        columns.decimal("uses_low", 0),
        columns.decimal("uses_high", 0),
    ),
    checks=(
        Check(
            ("uses_low", "uses_high"),
            "({uses_low} IS NULL) <> ({uses_high} IS NULL) OR {uses_low} > {uses_high}",
            "uses_low and uses_high do not go together.",
            "Give both, the lower one first, or neither.",
        ),
    ),
    links=(join_rows(column="functions", **FUNCTIONS),),
)
