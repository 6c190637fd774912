"""One value of a pack: text in, its canonical text out, or a `Bad` with what is wrong and what to write instead.

Blank never arrives here: it means "not stated", and is dealt with before.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

type Parser = Callable[[str], str]

SPACE = " \t\r\n\f\v"  # what is stripped from both ends; the export strips the same
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FINANCIAL_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9][^\s@;,<>\"]*@[^\s@;,<>\"]+\.[^\s@;,<>\"]+")
MAIL_ADDRESS_LENGTH = 254
NUMBER_LENGTH = 400  # every double fits, written out
SLUG_LENGTH = 120
FORMULA = "=+-@"
NUMBER_REMEDY = "Write a plain decimal such as 1234.5: no thousands separator, currency sign, percent sign or exponent."


class Bad(ValueError):
    """A value that cannot be taken. `problem` and `remedy` are sentences."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem, self.remedy = problem, remedy


def nearest(value: str, options: Iterable[str], *, likeness: float = 0.6) -> str:
    """The remedy's first half: `Did you mean "…"?`, or nothing where nothing is near."""
    found = get_close_matches(value, list(options), n=1, cutoff=likeness)
    return f'Did you mean "{found[0]}"? ' if found else ""


def text(longest: int | None = None) -> Parser:
    """Free text, newlines as LF. Text that a spreadsheet would run as a formula is refused."""

    def parse(value: str) -> str:
        value = value.strip(SPACE).replace("\r\n", "\n").replace("\r", "\n")
        if value[0] in FORMULA:
            raise Bad(
                f'The text starts with "{value[0]}", which a spreadsheet would run as a formula.',
                "Begin it with a letter, a digit or a quotation mark.",
            )
        if longest is not None and len(value) > longest:
            raise Bad(f"The text has {len(value):,} characters.", f"Shorten it to {longest:,}.")
        return value

    return parse


def web_address(value: str) -> str:
    value = value.strip(SPACE)
    if not re.fullmatch(r"https?://[^\s]+", value):
        raise Bad("This is not a web address.", "Write it in full, beginning with https:// or http://.")
    return value


def mail_address(value: str) -> str:
    value = value.strip(SPACE)
    if not MAIL_ADDRESS.fullmatch(value) or len(value) > MAIL_ADDRESS_LENGTH:
        raise Bad("This is not a mail address.", "Write it in full, such as help@council.example.")
    return value


def slug(value: str) -> str:
    """A key: lower-case letters, digits, hyphens and underscores."""
    value = value.strip(SPACE)
    if not SLUG.fullmatch(value):
        raise Bad(
            "This cannot be a key.",
            "Use lower-case letters a to z, digits, hyphens and underscores, beginning with a letter or a digit.",
        )
    if len(value) > SLUG_LENGTH:
        raise Bad(f"The key has {len(value):,} characters.", f"Shorten it to {SLUG_LENGTH}.")
    return value


def key(reserved: Collection[str]) -> Parser:
    """The key of a row, none of these words."""

    def parse(value: str) -> str:
        value = slug(value)
        if value in reserved:
            raise Bad("This key is the address of another page.", f"Choose another one, such as {value}-2.")
        return value

    return parse


def currency(value: str) -> str:
    value = value.strip(SPACE)
    if not re.fullmatch("[A-Z]{3}", value):
        raise Bad("This is not a currency.", "Write its three letters after ISO 4217, such as GBP.")
    return value


def choice(allowed: Collection[str]) -> Parser:
    listed = ", ".join(allowed)

    def parse(value: str) -> str:
        value = value.strip(SPACE)
        if value not in allowed:
            raise Bad("This is none of the known values.", f"{nearest(value, allowed)}Use one of: {listed}.")
        return value

    return parse


def plain(number: Decimal) -> str:
    """The shortest plain decimal of a number: no exponent, no trailing zeros."""
    written = format(number, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def decimal(low: int | None = None, high: int | None = None) -> Parser:
    """A plain finite decimal within [low, high], kept exactly."""

    def parse(value: str) -> str:
        return plain(_number(value, low, high))

    return parse


def real(low: int | None = None, high: int | None = None, *, above: int | None = None) -> Parser:
    """A plain finite decimal within [low, high] and greater than `above`, kept as a double."""

    def parse(value: str) -> str:
        double = float(_number(value, low, high))
        if not math.isfinite(double):
            raise Bad("The number is too large.", NUMBER_REMEDY)
        if above is not None and double <= above:
            raise Bad(f"The number is not greater than {above}.", f"Give a number greater than {above}.")
        return plain(Decimal(repr(double)))

    return parse


def _number(value: str, low: int | None, high: int | None) -> Decimal:
    value = value.strip(SPACE)
    if not PLAIN_NUMBER.fullmatch(value) or len(value) > NUMBER_LENGTH:
        raise Bad("This is not a plain number.", NUMBER_REMEDY)
    number = Decimal(value)
    if (low is not None and number < low) or (high is not None and number > high):
        raise Bad(f"The number is not {_range(low, high)}.", f"Give a number {_range(low, high)}, or leave it blank.")
    return number


def _range(low: int | None, high: int | None) -> str:
    return f"{low} or more" if high is None else f"from {low} to {high}"


def whole(high: int) -> Parser:
    """A whole number from 0 to `high`."""

    def parse(value: str) -> str:
        number = _number(value, 0, high)
        if number != number.to_integral_value():
            raise Bad("This is not a whole number.", "Write digits only, such as 12.")
        return str(int(number))

    return parse


def day(value: str) -> str:
    value = value.strip(SPACE)
    try:
        if not DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Bad("This is not a date.", "Write it as YYYY-MM-DD, such as 2026-03-31.") from None


def financial_year(value: str) -> str:
    value = value.strip(SPACE)
    match = FINANCIAL_YEAR.fullmatch(value)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise Bad(
            "This is not a financial year.",
            "Write it as 2025-26, for the one that begins in 2025.",
        )
    return value


def flag(value: str) -> str:
    value = value.strip(SPACE)
    if value not in ("0", "1"):
        raise Bad("This is neither yes nor no.", "Write 1 for yes, 0 for no, or leave it blank where it is not stated.")
    return value


def items(value: str) -> list[str]:
    """The parts of a list, in their order, each once."""
    stripped = (item.strip(SPACE) for item in value.split(";"))
    return list(dict.fromkeys(item for item in stripped if item))


def each(parse: Parser, *, sort: bool = False) -> Parser:
    """A list separated by `;`, of values that `parse` takes."""

    def parse_all(value: str) -> str:
        parsed = list(dict.fromkeys(parse(item) for item in items(value)))
        return ";".join(sorted(parsed) if sort else parsed)

    return parse_all


def code(longest_scheme: int, longest_code: int) -> Parser:
    """`scheme:code`. The scheme ends at the first colon."""
    example = "Write scheme:code, such as gss:E07000223."
    plain_text = text(longest_scheme + 1 + longest_code)

    def parse(value: str) -> str:
        scheme, colon, rest = (part.strip(SPACE) for part in plain_text(value).partition(":"))
        if not (scheme and colon and rest):
            raise Bad(f'"{value}" is not a code in a scheme.', example)
        if len(scheme) > longest_scheme or len(rest) > longest_code:
            raise Bad(
                f'"{value}" is too long.', f"The scheme may have {longest_scheme} characters, the code {longest_code}."
            )
        return f"{scheme}:{rest}"

    return parse
