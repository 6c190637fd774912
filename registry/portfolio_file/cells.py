"""What is meant by a cell. Text in, a plain value out, or `Bad` with what to do."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from commons.formats.cells import unguarded
from registry.models import DeclarationKind, ShownTo, Stage, Why
from registry.models.withheld import HELD_FIELDS
from registry.portfolio_file.columns import COLUMNS

BLANKS = {"", "-", "–", "—", "n/a", "na", "none", "null", "nil"}
CLEARED = {"not stated", "no longer stated", "clear", "delete"}
BROKEN = {
    "#ref!",
    "#n/a",
    "#value!",
    "#name?",
    "#div/0!",
    "#null!",
    "#num!",
    "#error!",
    "err:502",
    "#spill!",
    "#getting_data",
}
YES, NO = {"yes", "y", "true", "1", "x", "✓", "✔"}, {"no", "n", "false", "0"}
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": ""})
NUMBER = re.compile(r"(\d{1,3}(?:[ ,]\d{3})+|\d+)(\.\d+)?\s*(k|m|million|thousand)?", re.ASCII | re.IGNORECASE)
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
CURRENCY = re.compile(r"^(?:£|€|\$|gbp|eur|usd)\s*|\s*(?:£|€|\$|gbp|eur|usd)$", re.IGNORECASE)
YEAR = re.compile(r"(?:fy\s*)?(\d{4}|\d{2})\s*[-–/_ ]\s*(\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.Z+-]*)?", re.ASCII)
BRITISH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+(\d{1,2}|[a-z]{3,9})[-/., ]+(\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
SERIALS = range(20_000, 80_000)  # 1954 to 2119, as a spreadsheet counts days
HOLD = re.compile(
    r"(?P<field>.+?)(?:\s+for\s+(?P<whom>peers|own|us|only us|bodies of our kind))?(?:\s+until\s+(?P<until>.+))?", re.I
)

ANSWERS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("adoption", "shared", "uses a shared component", "we use a shared component", "uses", "adopted"),
        (DeclarationKind.ADOPTION.value, ""),
    ),
    **dict.fromkeys(
        ("planned", "planning to move", "we plan to move to a shared component", "plans to use", "plan"),
        (DeclarationKind.ADOPTION.value, Stage.PLANNED.value),
    ),
    **dict.fromkeys(
        ("stopped", "stopped using", "no longer used", "retired"), (DeclarationKind.ADOPTION.value, Stage.RETIRED.value)
    ),
    **dict.fromkeys(
        (
            "duplicate", "own", "own system", "runs its own system", "runs its own", "we run a system of our own",
            "supplier", "we buy it from a supplier", "buys from a supplier", "bought",
        ),
        (DeclarationKind.DUPLICATE.value, ""),
    ),
    **dict.fromkeys(
        ("not responsible", "not_responsible", "it is not our responsibility", "not our responsibility"),
        (DeclarationKind.NOT_RESPONSIBLE.value, ""),
    ),
    **dict.fromkeys(
        ("not sure", "not_sure", "we are not sure", "unsure", "unknown", "do not know", "don't know"),
        (DeclarationKind.NOT_SURE.value, ""),
    ),
}  # fmt: skip
STAGES = {
    **{stage.value: stage.value for stage in Stage},
    **{stage.label.casefold(): stage.value for stage in Stage},
    **dict.fromkeys(("in use", "in full use", "production", "active", *YES), Stage.LIVE.value),
    **dict.fromkeys(("on trial", "trial", "piloting", "alpha", "beta"), Stage.PILOT.value),
    **dict.fromkeys(("partly", "in part", "partially live", "rolling out"), Stage.PARTIAL.value),
    **dict.fromkeys(("plan", "planning", "future"), Stage.PLANNED.value),
    **dict.fromkeys(
        ("no longer used", "ended", "decommissioned", "stopped using", "no longer in use"), Stage.RETIRED.value
    ),
}
WHYS = {
    **{why.value: why.value for why in Why},
    **{why.label.casefold(): why.value for why in Why},
    **dict.fromkeys(("not suitable", "does not suit us"), Why.NOT_SUITABLE.value),
    **dict.fromkeys(("in contract", "contract runs on"), Why.CONTRACT.value),
    **dict.fromkeys(("did not know", "we did not know"), Why.DID_NOT_KNOW.value),
}
HELD = {
    word.casefold(): column.name
    for column in COLUMNS
    if column.name in HELD_FIELDS
    for word in (column.name, column.name.replace("_", " "), str(column.label), *column.synonyms)
}


class Bad(ValueError):
    """A cell that cannot be taken; the sentence says what to do."""


def tidy(cell: str) -> str:
    """Without the blanks around it and the apostrophe that guards a text against being run."""
    return unguarded(cell.translate(SPACES).strip())


def word(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".")


def choice(text: str, known: Mapping[str, str], words: str) -> str:
    found = known.get(word(text)) or known.get(word(text).replace(" ", "_"))
    if found is None:
        raise Bad(f"Write one of: {words}.")
    return found


def answer(text: str) -> tuple[str, str]:
    """The kind of statement, and the stage where the word tells it."""
    found = ANSWERS.get(word(text))
    if found is None:
        raise Bad("Write shared, own, planned, not responsible or not sure.")
    return found


def stage(text: str) -> str:
    return choice(text, STAGES, "planned, pilot, partial, live, stopped")


def why(text: str) -> str:
    return choice(text, WHYS, "not suitable, contract, did not know, better")


def number(text: str) -> Decimal:
    """“12,000”, “12 000”, “12k”. A comma parts thousands; a point, decimals."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or len(text) > 30:
        raise Bad("Write a plain number from 0, such as 12000.")
    whole = Decimal(re.sub("[ ,]", "", found[1]) + (found[2] or ""))
    return whole * TIMES[found[3].lower()] if found[3] else whole


def money(text: str) -> str:
    """“£1,200.50”; a spreadsheet's own more decimals are rounded to pence."""
    try:
        amount = number(CURRENCY.sub("", text.strip()))
        return format(amount.quantize(Decimal("0.01")) if "." in str(amount) else amount, "f")
    except (Bad, InvalidOperation):
        raise Bad("Write the sum in digits, such as 1200.50: a comma may part thousands.") from None


def transactions(text: str) -> float:
    return float(number(text))


def coverage(text: str) -> float:
    try:
        if text.endswith("%"):
            return float(number(text[:-1]) / 100)
        return float(number(text))
    except Bad:
        raise Bad("Write the part of the work as 40% or 0.4.") from None


def day(text: str) -> str:
    """Days as people and spreadsheets write them; the day comes before the month."""
    try:
        if found := ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := BRITISH.fullmatch(text):
            return date(century(int(found[3])), month(found[2]), int(found[1])).isoformat()
    except ValueError:
        raise Bad("There is no such day: write the day before the month, as 31/03/2027.") from None
    if text.isdecimal() and len(text) == 5 and int(text) in SERIALS:
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
    raise Bad("Write the day as 31/03/2027 or 2027-03-31.")


def century(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def month(text: str) -> int:
    return int(text) if text.isdecimal() else MONTHS.index(text[:3].lower()) + 1


def financial_year(text: str) -> str:
    """“2026/27”, “FY26-27” and “2026-2027” are 2026-27."""
    found = YEAR.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    first = century(first)
    if not found or (first + 1) % 100 != last % 100 or (last > 99 and last != first + 1):
        raise Bad("Write the financial year as 2026-27.")
    return f"{first}-{(first + 1) % 100:02d}"


def kept_back(text: str) -> dict[str, dict[str, str | None] | None]:
    """Which values are kept back, from whom and until when; None: as they stand, or for good. “No”: nothing is."""
    if word(text) in NO:
        return {}
    held: dict[str, dict[str, str | None] | None] = {}
    for part in filter(None, (part.strip() for part in re.split("[;\n]|,(?! *[0-9])", text))):
        found = HOLD.fullmatch(part)
        name = HELD.get(word(found["field"])) if found else None
        if found is None or name is None:
            raise Bad(f"Write which values: {', '.join(HELD_FIELDS)}; for peers or own; until a day.")
        if found["whom"] or found["until"]:
            whom = ShownTo.PEERS if word(found["whom"] or "") in ("peers", "bodies of our kind") else ShownTo.OWN
            held[name] = {"shown_to": whom.value, "until": day(found["until"].strip()) if found["until"] else None}
        else:
            held[name] = None
    return held
