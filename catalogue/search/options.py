"""The counted values of every filter, with their names."""

from collections.abc import Mapping
from operator import itemgetter

from django.db import connection

from catalogue.models import FACET_BITS, SearchFacet
from catalogue.search.facets import FACETS, FIXED, Division, as_array
from commons.listing.listing import Asked
from commons.listing.parts import Facet, Filter, Option
from commons.listing.queries import shortened

MOST = 20
COUNT = itemgetter(1)
NAMED = """
    SELECT id, value, label FROM catalogue_searchterm WHERE id = ANY(%s::int[])
    UNION
    SELECT id, value, label FROM catalogue_searchterm
    WHERE (facet, value) IN (SELECT * FROM unnest(%s::int[], %s::text[]))
"""
FIXED_VALUES = {term: value for (_, value), term in FIXED.items()}


def facets(filters: tuple[Filter, ...], asked: Asked, division: Division) -> list[Facet]:
    counted = counts_by_facet(division)
    named = names(counted, asked)
    made = []
    for known in (each for each in filters if each.counted):
        if known.name == "freshness":
            found = {value: (known.choices.known[value], n) for value, n in division.freshness.items() if n}
        else:
            found = values(known, counted[known.name], named)
        made.append(Facet(known, options(known, found, asked)))
    return made


def counts_by_facet(division: Division) -> dict[str, dict[int, int]]:
    """Counts by term, facet by facet. What is for everybody counts for every peer group."""
    counted: dict[int, dict[int, int]] = {facet.value: {} for facet in FACETS.values()}
    for term, count in division.counts.items():
        counted[term >> FACET_BITS][term] = count
    return {name: counted[facet.value] for name, facet in FACETS.items()}


def names(counted: Mapping[str, Mapping[int, int]], asked: Asked) -> dict[int, tuple[str, str]]:
    """(value, label) of the terms that may be shown: the highest counts of each facet, and what was chosen."""
    wanted = [
        term for terms in counted.values() for term, _ in sorted(terms.items(), key=COUNT, reverse=True)[: MOST + 1]
    ]
    chosen = [(int(facet), value) for name, facet in FACETS.items() for value in asked.values.get(name, ())]
    chosen.append((int(SearchFacet.PEER_GROUP), ""))
    with connection.cursor() as cursor:
        cursor.execute(
            NAMED, [as_array(wanted), as_array(facet for facet, _ in chosen), [value for _, value in chosen]]
        )
        return {term: (value, label) for term, value, label in cursor.fetchall()}


def values(
    known: Filter, counts: Mapping[int, int], named: Mapping[int, tuple[str, str]]
) -> dict[str, tuple[str, int]]:
    """(label, count) by value. What is made for everybody counts with every peer group."""
    everybody = sum(counts.get(term, 0) for term, (value, _) in named.items() if value == "")
    found = {}
    for term in sorted(counts.keys() & (FIXED_VALUES.keys() | named.keys())):
        if term in FIXED_VALUES:
            found[FIXED_VALUES[term]] = (known.choices.known[FIXED_VALUES[term]], counts[term])
        elif named[term][0]:
            found[named[term][0]] = (named[term][1], counts[term] + everybody)
    return found


def options(known: Filter, found: Mapping[str, tuple[str, int]], asked: Asked) -> list[Option]:
    chosen = asked.values.get(known.name, [])
    made = [Option(value, label, count, value in chosen) for value, (label, count) in found.items()]
    made += [Option(value, asked.labels[known.name, value], 0, True) for value in chosen if value not in found]
    fixed = {value: place for place, value in enumerate(getattr(known.choices, "known", {}))}
    made.sort(key=lambda option: (fixed.get(option.value, 0), 0 if fixed else -option.count, option.label))
    return shortened(made, known.top)
