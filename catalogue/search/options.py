"""The counted values of every filter, with their names."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from catalogue.models import SearchFacet
from catalogue.search.division import Counts
from catalogue.search.facets import FACETS, FIXED, NOT_STATED, Choice
from commons.listing.listing import Asked
from commons.listing.parts import Facet, Filter, Option
from commons.listing.queries import shortened

MOST = 20
UNNAMED = (None, "")
NOT_STATED_LABEL = "Not stated"
FIXED_VALUES = {term: value for (_, value), term in FIXED.items()}


def facets(filters: tuple[Filter, ...], asked: Asked, choices: Mapping[str, Choice], counts: Counts) -> list[Facet]:
    made = []
    for known in (each for each in filters if each.counted):
        if known.name == "freshness":
            found = {value: (known.choices.known[value], n) for value, n in counts.freshness.items() if n}
        else:
            found = values(known, counts, choices.get(known.name))
        made.append(Facet(known, [*options(known, found, asked), *not_stated(known, asked, counts)]))
    return made


def not_stated(known: Filter, asked: Asked, counts: Counts) -> list[Option]:
    """The choice of those that have no value; it stands last, and is offered where there are some."""
    number, chosen = counts.blanks.get(known.name, 0), NOT_STATED in asked.values.get(known.name, [])
    return [Option(NOT_STATED, NOT_STATED_LABEL, number, chosen)] if number or chosen else []


def values(known: Filter, counts: Counts, choice: Choice | None) -> dict[str, tuple[str, int]]:
    """(label, count) by value: the highest counts, and what was chosen.

    What is made for everybody counts with every peer group.
    """
    everybody = for_everybody(counts) if known.name == "peer_group" else 0
    found = {}
    for term, count in shown(*counts.of(FACETS[known.name]), choice):
        if term in FIXED_VALUES:
            found[FIXED_VALUES[term]] = (known.choices.known[FIXED_VALUES[term]], count)
        elif (named := counts.names.get(term)) and named[0]:
            found[named[0]] = (named[1], count + everybody)
    return found


def shown(terms: NDArray, numbers: NDArray, choice: Choice | None) -> Iterator[tuple[int, int]]:
    """(term, count) of the highest counts, and of what was chosen."""
    if len(terms) > MOST + 1:
        which = np.isin(terms, choice.numbers) if choice else np.zeros(len(terms), dtype=bool)
        which[np.argsort(-numbers, kind="stable")[: MOST + 1]] = True
        terms, numbers = terms[which], numbers[which]
    return zip(terms.tolist(), numbers.tolist(), strict=True)


def for_everybody(counts: Counts) -> int:
    terms, numbers = counts.of(SearchFacet.PEER_GROUP)
    pairs = zip(terms.tolist(), numbers.tolist(), strict=True)
    return sum(number for term, number in pairs if counts.names.get(term, UNNAMED)[0] == "")


def options(known: Filter, found: Mapping[str, tuple[str, int]], asked: Asked) -> list[Option]:
    chosen = [value for value in asked.values.get(known.name, []) if value != NOT_STATED]
    made = [Option(value, label, count, value in chosen) for value, (label, count) in found.items()]
    made += [Option(value, asked.labels[known.name, value], 0, True) for value in chosen if value not in found]
    fixed = {value: place for place, value in enumerate(getattr(known.choices, "known", {}))}
    made.sort(key=lambda option: (fixed.get(option.value, 0), 0 if fixed else -option.count, option.label))
    return shortened(made, known.top)
