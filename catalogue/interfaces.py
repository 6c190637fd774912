"""What interfaces have in common, however each of them spells it."""

from django.db.models import Func, TextField

from catalogue.addresses import replacing

# What is put in place of what, in this order, in a path in small letters.
PATH_STEPS = [
    (r"[?#].*$", ""),
    (r"\{[^{}]*\}|(?<=/):[^/]+|<[^<>]*>", "{}"),  # a variable's name is everybody's own
    (r"/{2,}", "/"),
    (r"^(/(api|rest|v[0-9]+([.][0-9]+)*))+(?=/)", ""),
    (r"(?<=.)/$", ""),
]


class PathKey(Func):
    """SQL: a path without version and names of variables: `/api/v2/Bookings/{id}/` is `/bookings/{}`."""

    template = replacing(PATH_STEPS)
    output_field = TextField()


class ColumnKey(Func):
    """SQL: a column's name without case and marks: `Collection_Date` and `collectionDate` are `collectiondate`."""

    template = r"regexp_replace(lower(%(expressions)s), '[\W_]+', '', 'g')"
    output_field = TextField()


def key_of(key: type[Func], expression: str) -> str:
    """The SQL of a key, for statements that are written by hand."""
    return (key.template or "").replace("%(expressions)s", expression)
