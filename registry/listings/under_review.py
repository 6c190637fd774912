"""That a row is under review: the columns that say so, read with the row itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date

from commons.listing import Column

UNDER_REVIEW = (
    Column("under_review_since", "Under review since", "Somebody says that it is wrong. Blank: nobody does.", "date"),
    Column("challenge", "Challenge", "The reference of the oldest challenge that it is under review for."),
)


def marked(review: Mapping[str, str] | None) -> dict[str, Any]:
    """Those columns of a row, from what `of_declaration` and `of_row` read for it."""
    found = review or {}
    since = found.get("since")
    return {"under_review_since": parse_date(since) if since else None, "challenge": found.get("reference")}
