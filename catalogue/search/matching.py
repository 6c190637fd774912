"""Which entries have a text: the only part of an answer's numbers that the database works out."""

from django.db import connection
from numpy.typing import NDArray

from catalogue.search.arrays import unpacked
from catalogue.search.entry_copy import EntryCopy, current

TRIES = 3
# A text is looked up in its index, whatever the planner makes of it: it does not see that reading the table itself
# means fetching every entry's words from where wide columns are kept, which is a hundred times dearer. The setting ends
# with the question, or with the transaction around it.
MATCHES = """
    SET LOCAL enable_seqscan = off;
    SELECT coalesce((SELECT token::text FROM catalogue_searchversion), ''), string_agg(int8send(component_id), '')
    FROM catalogue_searchentry WHERE search @@ to_tsquery('english', %s)
"""


def matching(tsquery: str) -> EntryCopy:
    """The entries that have the text, with what the same version says of them.

    Where a change comes between the two questions both are asked again. Should that never end, components that only
    one of the answers has are left out, so that the numbers still agree with one another.
    """
    for _ in range(TRIES):
        version, components = match(tsquery)
        entries = current(version)
        if entries.version == version:
            break
    return entries.of(components)


def match(tsquery: str) -> tuple[str, NDArray]:
    """(the version, the components that have the text in it), from one statement."""
    with connection.cursor() as cursor:
        cursor.execute(MATCHES, [tsquery])
        cursor.nextset()
        version, packed = cursor.fetchone()
    return version, unpacked(packed, ">i8")
