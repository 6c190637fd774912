"""`volumes.csv`, `accounts.csv` and `contributions.csv`: what bodies report about their year."""

from registry.models import Account, Contribution, Volume
from registry.pack import columns
from registry.pack.sheet import Sheet

ORGANISATION = columns.reference("organisation", "organisation", required=True)

VOLUMES = Sheet(
    file="volumes.csv",
    model=Volume,
    key=("organisation", "function"),
    columns=(
        ORGANISATION,
        columns.reference("function", "function", required=True),
        columns.real("transactions"),
        columns.web_address("source_url"),
    ),
)

ACCOUNTS = Sheet(
    file="accounts.csv",
    model=Account,
    key=("organisation", "financial_year"),
    columns=(
        ORGANISATION,
        columns.financial_year("financial_year", required=True),
        columns.decimal("frontline", 0),
        columns.decimal("administrative", 0),
        columns.web_address("source_url"),
    ),
)

CONTRIBUTIONS = Sheet(
    file="contributions.csv",
    model=Contribution,
    key=("organisation", "component", "made_on"),
    columns=(
        ORGANISATION,
        columns.reference("component", "component", required=True),
        columns.day("made_on", required=True),
        columns.real("units"),
        columns.text("summary"),
        columns.web_address("source_url"),
    ),
)
