"""Which form of a list is asked for: `?format=`, else the Accept header."""

from collections.abc import Mapping

from django.http import HttpRequest

from commons.listing.errors import BadParameter, ParameterError, nearest, shown
from commons.listing.parts import Column

TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def wanted(request: HttpRequest, offered: tuple[str, ...]) -> str | None:
    """One of `offered`, the first being the usual one; None where the Accept header takes none of them."""
    if asked := request.GET.get("format"):
        if asked not in offered:
            detail = f"There is no format “{shown(asked)}” here, only {listed(offered)}.{nearest(asked, offered)}"
            raise BadParameter([ParameterError("format", "unknown_value", detail)])
        return asked
    types = {TYPES[name]: name for name in offered}
    accepted = request.headers.get("Accept")
    return types.get(request.get_preferred_type(list(types))) if accepted else offered[0]


def chosen_columns(columns: tuple[Column, ...], params: Mapping) -> list[Column]:
    """The columns that `fields=name,kind` names, in its order; all where it is not given."""
    asked = [name for text in params.getlist("fields") for name in text.split(",") if name.strip()]
    known = {column.name: column for column in columns}
    wrong = [name for name in dict.fromkeys(asked) if name not in known]
    if wrong:
        raise BadParameter(
            ParameterError(
                "fields",
                "unknown_value",
                f"There is no field “{shown(name)}” here.{nearest(name, known) or few(known)}",
            )
            for name in wrong
        )
    return [known[name] for name in dict.fromkeys(asked)] or list(columns)


def few(known: Mapping[str, Column]) -> str:
    return f" The fields are {', '.join(known)}."


def listed(words: tuple[str, ...]) -> str:
    """“html, json and csv”."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
