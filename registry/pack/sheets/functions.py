"""`functions.csv`: the tree of what public bodies do."""

from catalogue.models import Component, Evolution, Function, FunctionKind
from registry.pack import columns, values
from registry.pack.sheet import Sheet

TABLE = Function._meta.db_table
# An entry carries its functions and those above them.
SEARCHED = f"""
    WITH RECURSIVE branch (id) AS (
        SELECT id FROM pack_plan UNION SELECT t.id FROM branch JOIN {TABLE} t ON t.parent_id = branch.id
    )
    SELECT j.component_id FROM {Component.functions.through._meta.db_table} j
    JOIN branch ON branch.id = j.function_id"""

FUNCTIONS = Sheet(
    file="functions.csv",
    model=Function,
    noun="function",
    key=("function",),
    columns=(
        columns.key("function"),
        columns.own_reference("parent", "function", TABLE),
        columns.text("name", 300, required=True),
        columns.choice("kind", FunctionKind.values, required=True),
        columns.choice("evolution", Evolution.values),
        columns.texts("codes", values.code(60, 139)),
    ),
    searched=SEARCHED,
)
