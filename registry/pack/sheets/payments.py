"""`payments.csv`: spend lines in canonical form."""

from registry.models import Payment
from registry.pack import columns
from registry.pack.sheet import Sheet

PAYMENTS = Sheet(
    file="payments.csv",
    model=Payment,
    key=("organisation", "reference", "line"),
    columns=(
        columns.reference("organisation", "organisation", required=True),
        columns.text("reference", 200, required=True),
        columns.text("line", 60),
        columns.day("paid_on"),
        columns.text("supplier", 300),
        columns.text("supplier_identifier", 200),
        columns.decimal("amount"),
        columns.reference("function", "function"),
        columns.reference("component", "component"),
        columns.text("system", 300),
        columns.text("category", 300),
        columns.text("purpose"),
        columns.web_address("source_url"),
    ),
)
