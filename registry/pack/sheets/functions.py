"""`functions.csv`: the tree of what public bodies do."""

from catalogue.models import Evolution, Function, FunctionKind
from registry.pack import columns, values
from registry.pack.sheet import Sheet

FUNCTIONS = Sheet(
    file="functions.csv",
    model=Function,
    noun="function",
    key=("function",),
    columns=(
        columns.key("function"),
        columns.own_reference("parent", "function", Function._meta.db_table),
        columns.text("name", 300, required=True),
        columns.choice("kind", FunctionKind.values, required=True),
        columns.choice("evolution", Evolution.values),
        columns.texts("codes", values.code(60, 139)),
    ),
)
