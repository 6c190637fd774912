"""Why a search found a component and where it stands, in words: “matches name and summary; used by 37”."""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.utils.translation import gettext as _

from catalogue.search.text import Reading, any_of, read

# In the order of their weight, as search_sql/entries.sql writes them.
FIELDS = ("name", "summary", "functions", "description or steward")
MATCHED = """
    SELECT slug, sort_name = %s, used_by,
           ARRAY[ts_filter(search, '{a}') @@ query, ts_filter(search, '{b}') @@ query,
                 ts_filter(search, '{c}') @@ query, ts_filter(search, '{d}') @@ query]
    FROM catalogue_searchentry, to_tsquery('english', %s) query WHERE slug = ANY(%s)
"""


def why(reading: Reading, slugs: Sequence[str]) -> Mapping[str, str]:
    """A sentence for each component. What is named first counts most."""
    others = [word for one in reading.also for word in read(one.same_as).words]
    query = any_of([*reading.words, *others]).tsquery(" | ")
    if reading.prefix:
        query = f"{query} | {reading.beginning}"
    with connection.cursor() as cursor:
        cursor.execute(MATCHED, [reading.plain, query, list(slugs)])
        return {slug: sentence(*told) for slug, *told in cursor.fetchall()}


def sentence(exact: bool, used_by: int, matched: Sequence[bool]) -> str:
    fields = [_(name) for name, is_matched in zip(FIELDS, matched, strict=True) if is_matched]
    said = [_("is called exactly that")] if exact else []
    if fields:
        said.append(_("matches %(fields)s") % {"fields": listed(fields)})
    said.append(_("used by %(number)s") % {"number": used_by} if used_by else _("no declared use yet"))
    return "; ".join(said)


def listed(fields: Sequence[str]) -> str:
    return _(" and ").join(filter(None, [", ".join(fields[:-1]), fields[-1]]))
