"""The columns that a file of a pack can have: how a value is read, staged, compared and written.

SQL fragments speak of `s`, the staged row, and `t`, the recorded one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from registry.pack import values
from registry.pack.values import Parser

NUMERIC = "numeric"
DOUBLE = "double precision"
# E'…': what values.SPACE holds, so that a text comes back from an export as it went.
TIDY = "NULLIF(btrim(replace(replace({0}, E'\\r\\n', E'\\n'), E'\\r', E'\\n'), E' \\t\\n\\f\\x0B'), '')"
WRITTEN = {
    "text": TIDY,
    NUMERIC: "trim_scale({0})::text",
    DOUBLE: "trim_scale({0}::text::numeric)::text",  # by way of text: a cast from double to numeric keeps 15 digits
    "integer": "{0}::text",
    "bigint": "{0}::text",
    "date": "to_char({0}, 'YYYY-MM-DD')",
    "boolean": "CASE WHEN {0} THEN '1' WHEN NOT {0} THEN '0' END",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    parse: Parser | None = None  # None: a reference, looked up among the keys of `noun`
    staged: str = "text"  # its type in the staging table
    target: str = ""  # its column in the table; "": it is kept in rows of their own
    required: bool = False  # may not be blank
    blank: str = "NULL"  # what the table holds where nothing is stated
    noun: str = ""  # what the value, or each value of a list, names
    own: bool = False  # it names rows of this very file's kind, also ones that come later in the file
    many: bool = False  # a list
    shares: bool = False  # a list of `key=share`
    value: str = ""  # SQL over s: what the table takes; "": the staged value
    recorded: str = ""  # SQL over t: what is compared with the staged value; "": the column
    numeric: bool = False  # in pack.toml: a number, not a text
    rare: bool = False  # left out of an export where no row states it

    @property
    def to_record(self) -> str:
        return self.value or f'coalesce(s."{self.name}", {self.blank})'

    @property
    def as_recorded(self) -> str:
        column = f't."{self.target}"'
        return self.recorded or (f"NULLIF({column}, '')" if self.blank == "''" else column)

    @property
    def as_written(self) -> str:
        """SQL over t, and over the joined row of a reference: the canonical text of the value."""
        if self.noun and not self.own and not self.many:
            return f'"{self.name}".slug'
        return WRITTEN[self.staged].format(self.recorded or f't."{self.target}"')


def key(name: str, *, reserved: Collection[str] = ()) -> Column:
    """The row's own key, by which everything else names it; none of the `reserved` words."""
    return Column(name=name, parse=values.key(reserved), target="slug", required=True)


def text(name: str, longest: int | None = None, *, target: str = "", required: bool = False) -> Column:
    return Column(name=name, parse=values.text(longest), target=target or name, required=required, blank="''")


def web_address(name: str) -> Column:
    return Column(name=name, parse=values.web_address, target=name, blank="''")


def mail_address(name: str) -> Column:
    return Column(name=name, parse=values.mail_address, target=name, blank="''")


def choice(name: str, allowed: Collection[str], *, target: str = "", required: bool = False) -> Column:
    return Column(name=name, parse=values.choice(tuple(allowed)), target=target or name, required=required, blank="''")


def decimal(name: str, low: int | None = None, high: int | None = None, *, required: bool = False) -> Column:
    """A number kept exactly as it is written."""
    parse = values.decimal(low, high)
    return Column(name=name, parse=parse, staged=NUMERIC, target=name, required=required, numeric=True)


def real(
    name: str, low: int | None = 0, high: int | None = None, *, target: str = "", above: int | None = None
) -> Column:
    """A number kept as a double."""
    parse = values.real(low, high, above=above)
    return Column(
        name=name, parse=parse, staged=DOUBLE, target=target or name, required=above is not None, numeric=True
    )


def share(name: str, *, target: str = "") -> Column:
    return real(name, 0, 1, target=target)


def whole(name: str, high: int, *, required: bool = False) -> Column:
    parse = values.whole(high)
    return Column(name=name, parse=parse, staged="integer", target=name, required=required, numeric=True)


def day(name: str, *, required: bool = False) -> Column:
    return Column(name=name, parse=values.day, staged="date", target=name, required=required)


def financial_year(name: str, *, target: str = "", required: bool = False) -> Column:
    blank = "NULL" if required else "''"
    return Column(name=name, parse=values.financial_year, target=target or name, required=required, blank=blank)


def flag(name: str, *, required: bool = False) -> Column:
    return Column(name=name, parse=values.flag, staged="boolean", target=name, required=required)


def texts(name: str, parse: Parser) -> Column:
    """A list kept in the row itself, as an array."""
    return Column(
        name=name,
        parse=values.each(parse),
        target=name,
        many=True,
        value=f"coalesce(string_to_array(s.\"{name}\", ';'), '{{}}')",
        recorded=f"NULLIF(array_to_string(t.\"{name}\", ';'), '')",
    )


def reference(name: str, noun: str, *, required: bool = False) -> Column:
    """Another row's key."""
    return Column(name=name, staged="bigint", target=f"{name}_id", noun=noun, required=required)


def own_reference(name: str, noun: str, table: str) -> Column:
    """The key of another row of the same kind, recorded before or anywhere in the same file."""
    return Column(
        name=name,
        parse=values.slug,
        target=f"{name}_id",
        noun=noun,
        own=True,
        value=f"""coalesce(
            (SELECT o.id FROM {table} o WHERE o.slug = s."{name}"),
            (SELECT p.id FROM pack_plan p JOIN pack_staged n ON n._line = p.line WHERE n."{noun}" = s."{name}"))""",
        recorded=f'(SELECT o.slug FROM {table} o WHERE o.id = t."{name}_id")',
    )


def references(name: str, noun: str, recorded: str, *, own: bool = False) -> Column:
    """A list of other rows' keys, kept in rows of their own. `recorded`: SQL over t for the sorted, joined list."""
    parse = values.each(values.slug, sort=True) if own else None
    return Column(name=name, parse=parse, noun=noun, own=own, many=True, recorded=recorded)
