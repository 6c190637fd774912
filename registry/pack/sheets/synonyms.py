"""`synonyms.csv`: other words for what people search for."""

from catalogue.models import Synonym
from registry.pack import columns
from registry.pack.sheet import Sheet

SYNONYMS = Sheet(
    file="synonyms.csv",
    model=Synonym,
    key=("term", "same_as"),
    columns=(
        columns.text("term", 120, required=True),
        columns.text("same_as", 300, required=True),
    ),
)
