"""Reading what an address asks of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date

from commons.listing.errors import BadParameter, ParameterError, nearest, shown
from commons.listing.parts import Column, Filter, Sort
from commons.listing.selection import Selection

# Read by the faces (pages, API, files), not by a list.
FACE_PARAMETERS = ("page", "cursor", "limit", "count", "facets", "fields", "format")
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


@dataclass(frozen=True)
class Asked:
    """What an address asks for. `values` holds only filters that were given; `labels` names choices that are rows."""

    values: Mapping[str, list[Any]]
    labels: Mapping[tuple[str, str], str]
    sort: Sort
    backwards: bool = False
    params: QueryDict = field(default_factory=QueryDict)

    def value(self, name: str) -> Any:
        """The single value of the filter `name`, or None."""
        return next(iter(self.values.get(name, ())), None)

    @property
    def order(self) -> str:
        return f"{'-' if self.backwards else ''}{self.sort.name}"


class Listing:
    """A list that can be filtered and sorted. Subclasses name its parts and say where the rows come from."""

    name = ""
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Sort, ...] = ()
    default_sort = ""
    further: Mapping[str, str] = {}  # parameters of its own that are yes or no, each with what it asks for
    selection_class: type[Selection] = Selection

    def select(self, params: QueryDict | Mapping[str, Any]) -> Selection:
        """The rows that `params` ask for. Raises BadParameter with every error at once."""
        return self.selection_class(self, self.read(params))

    def filter(self, name: str) -> Filter:
        return next(candidate for candidate in self.filters if candidate.name == name)

    def usual_sort(self, values: Mapping[str, list[Any]]) -> str:
        """The order where the reader chose none."""
        return self.default_sort

    def read(self, params: QueryDict | Mapping[str, Any]) -> Asked:
        params = as_query_dict(params)
        errors = list(self.unknown(params))
        values, labels = {}, {}
        for known in self.filters:
            given = [text for text in params.getlist(known.name) if text.strip()]
            read, named, wrong = read_values(known, given)
            errors += wrong
            labels |= {(known.name, value): label for value, label in named.items()}
            if read:
                values[known.name] = read
        sort, backwards, wrong = self.read_sort(params, values)
        if errors := [*errors, *wrong]:
            raise BadParameter(errors)
        return Asked(values, labels, sort, backwards, params)

    def unknown(self, params: QueryDict) -> Iterable[ParameterError]:
        known = [*(each.name for each in self.filters), "sort", *self.further, *FACE_PARAMETERS]
        for name in params:
            if name not in known:
                detail = f"There is no parameter “{shown(name)}” here.{nearest(name, known)}"
                yield ParameterError(shown(name), "unknown_parameter", detail)

    def read_sort(self, params: QueryDict, values: Mapping) -> tuple[Sort, bool, list[ParameterError]]:
        given = [text for text in params.getlist("sort") if text.strip()]
        text = given[0] if given else self.usual_sort(values)
        sorts = {sort.name: sort for sort in self.sorts}
        if len(given) > 1:
            return self.sorts[0], False, [ParameterError("sort", "repeated", "Give “sort” once.")]
        if text.removeprefix("-") not in sorts:
            detail = f"The list cannot be sorted by “{shown(text)}”, only by {', '.join(sorts)}."
            return self.sorts[0], False, [ParameterError("sort", "unknown_value", detail + nearest(text, sorts))]
        return sorts[text.removeprefix("-")], text.startswith("-"), []


def as_query_dict(params: QueryDict | Mapping[str, Any]) -> QueryDict:
    if isinstance(params, QueryDict):
        return params
    query = QueryDict(mutable=True)
    for name, value in params.items():
        query.setlist(name, [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)])
    return query


Read = tuple[list[Any], dict[str, str], list[ParameterError]]


def read_values(known: Filter, given: list[str]) -> Read:
    """(values, labels of choices, errors) of one filter."""
    if len(given) > 1 and not known.repeatable:
        return [], {}, [ParameterError(known.name, "repeated", f"Give “{known.name}” once.")]
    return READERS[known.kind](known, given)


def read_choices(known: Filter, given: list[str]) -> Read:
    given = list(dict.fromkeys(given))
    askable = [value for value in given if "\x00" not in value]
    labels = known.choices.labels(askable) if askable else {}
    wrong = [value for value in given if value not in labels]
    every = known.choices.every() if wrong else []
    errors = [
        ParameterError(
            known.name,
            "unknown_value",
            f"“{known.name}” has no value “{shown(value)}”.{nearest(value, every) or few(every)}",
        )
        for value in wrong
    ]
    return [value for value in given if value in labels], labels, errors


def few(values: list[str]) -> str:
    return f" It is one of: {', '.join(sorted(values))}." if 0 < len(values) <= 12 else ""


def read_text(known: Filter, given: list[str]) -> Read:
    return [text.replace("\x00", " ").strip()[:200] for text in given], {}, []


def read_date(known: Filter, given: list[str]) -> Read:
    dates: list[date] = []
    for text in given:
        try:
            day = parse_date(text.strip())
        except ValueError:
            day = None
        if day is None:
            detail = f"“{known.name}” must be a date such as 2026-03-31, not “{shown(text)}”."
            return [], {}, [ParameterError(known.name, "not_a_date", detail)]
        dates.append(day)
    return dates, {}, []


def read_flag(known: Filter, given: list[str]) -> Read:
    text = given[0].strip().lower() if given else "0"
    if text not in YES + NO:
        detail = f"“{known.name}” must be 1 or 0, not “{shown(text)}”."
        return [], {}, [ParameterError(known.name, "not_a_flag", detail)]
    return [True] if text in YES else [], {}, []


READERS = {"choice": read_choices, "text": read_text, "date": read_date, "flag": read_flag}


def flag(params: QueryDict, name: str) -> bool:
    text = (params.get(name) or NO[0]).lower()
    if text not in YES + NO:
        detail = f"“{name}” must be true or false, not “{shown(text)}”."
        raise BadParameter([ParameterError(name, "not_a_flag", detail)])
    return text in YES
