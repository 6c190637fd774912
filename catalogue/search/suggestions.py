"""What a name that is being typed may become: components by their use, functions by their names."""

from dataclasses import dataclass

from django.db import connection

from catalogue.search.corrections import corrections
from catalogue.search.text import WORD, folded

LEAST = 2  # letters, from which anything is suggested
COMPONENTS, FUNCTIONS = 5, 3

# Components that stand high in the list, and where these are too few, some by the index on parts of names: to sort all
# that begin with two letters takes ten times as long.
HIGH, SOME = 2_000, 500
FOUND = """
    SELECT found.slug, entry.card::json ->> 'name' FROM (
        SELECT component_id, slug, sort_name, score FROM ({among}) among
        WHERE sort_name LIKE %(begins)s OR sort_name LIKE %(within)s {cut}
    ) found JOIN catalogue_searchentry entry USING (component_id)
    ORDER BY found.sort_name LIKE %(begins)s DESC, found.score DESC, component_id DESC LIMIT %(most)s
"""
NARROW = "SELECT component_id, slug, sort_name, score FROM catalogue_searchentry"
AMONG_HIGH = FOUND.format(among=f"{NARROW} ORDER BY score DESC, component_id DESC LIMIT {HIGH}", cut="")
AMONG_ALL = FOUND.format(among=NARROW, cut=f"LIMIT {SOME}")
FUNCTIONS_NAMED = """
    SELECT slug, name FROM catalogue_function, search_fold(name) folded
    WHERE folded LIKE %(begins)s OR folded LIKE %(within)s
    ORDER BY folded LIKE %(begins)s DESC, name, slug LIMIT %(most)s
"""


@dataclass(frozen=True)
class Suggestion:
    """`kind` is component, function or organisation."""

    kind: str
    slug: str
    name: str


def suggestions(typed: str) -> list[Suggestion]:
    """Components and functions whose names have a word that begins so. A misspelt word is put right first."""
    words = WORD.findall(folded(typed))
    if len("".join(words)) < LEAST:
        return []
    found = named(words)
    if not found and (better := corrections(words)):
        found = named([better.get(word, word) for word in words])
    return found


def named(words: list[str]) -> list[Suggestion]:
    text = " ".join(words)
    patterns = {"begins": f"{text}%", "within": f"% {text}%"}
    with connection.cursor() as cursor:
        for among in (AMONG_HIGH, AMONG_ALL):
            cursor.execute(among, patterns | {"most": COMPONENTS})
            rows = cursor.fetchall()
            if len(rows) == COMPONENTS:
                break
        components = [Suggestion("component", *row) for row in rows]
        cursor.execute(FUNCTIONS_NAMED, patterns | {"most": FUNCTIONS})
        return components + [Suggestion("function", *row) for row in cursor.fetchall()]
