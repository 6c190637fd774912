"""Numbers, money and dates as people read them: in pages, in pictures, in the text of reports."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

NOT_STATED = "not stated"
BLANKS = {
    "not_responsible": "not responsible",
    "not_answered": "not answered",
    "unknown": "unknown",
    "suppressed": "kept back",
    "zero": "zero",
}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
LARGE = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
PENCE_BELOW = Decimal(100)
YEAR_STARTS = (4, 1)  # public bodies' financial year, month and day

Number = Decimal | int | float


def money(amount: Number | None, currency: str = "") -> str:
    """“£0.35”, “£1,234”, “£12.3 million”: pence only under £100, where they matter."""
    if amount is None or amount == "":
        return NOT_STATED

    def words(size: Decimal) -> str:
        for unit, name in LARGE:
            if _round(size, 0) >= unit:
                return f"{_symbol(currency)}{_plain(_round(size / unit, 1))} {name}"
        pence = size < PENCE_BELOW and size != size.to_integral_value()
        return f"{_symbol(currency)}{_round(size, 2 if pence else 0):,}"

    return _signed(_decimal(amount), words)


def money_exact(amount: Number | None, currency: str = "") -> str:
    """“£1,234.56”: every penny, for a payment line."""
    if amount is None or amount == "":
        return NOT_STATED
    return _signed(_decimal(amount), lambda size: f"{_symbol(currency)}{_round(size, 2):,.2f}")


def unit_price(amount: Number | None, currency: str = "") -> str:
    """“£0.006”: what one of many costs, with every decimal that is stated, for a tenth of a penny adds up."""
    if amount is None or amount == "":
        return NOT_STATED
    return _signed(_decimal(amount), lambda size: f"{_symbol(currency)}{_at_least_pence(size)}")


def number(value: Number | None, places: int = 0) -> str:
    """“12,400”. With places, no trailing noughts: “3.5”, “3”."""
    if value is None or value == "":
        return NOT_STATED
    return _signed(_round(_decimal(value), places), _plain)


def significant(value: Number | None, figures: int = 2) -> float | None:
    """12,345 as 12,000: as much of a figure as an estimate can carry. None stays None."""
    return None if value is None else float(f"{float(value):.{figures - 1}e}")


def percent(share: Number | None, places: int = 0) -> str:
    """A share of 0–1 as “37%”. What is neither nothing nor everything is never written as 0% or 100%."""
    if share is None or share == "":
        return NOT_STATED
    value = _decimal(share) * 100
    rounded = _round(value, places)
    step = Decimal(1).scaleb(-places)
    if value > 0 and rounded == 0:
        return f"less than {_plain(step)}%"
    if value < 100 and rounded == 100:
        return f"more than {_plain(100 - step)}%"
    return _signed(rounded, lambda size: f"{_plain(size)}%")


def plain_date(value: date | datetime | None) -> str:
    """“21 November 2026”, in the time zone of the service."""
    if not value:
        return NOT_STATED
    day = day_of(value)
    return f"{day.day} {day:%B %Y}"


def financial_year(value: str | date | None) -> str:
    """“2025 to 2026”, from “2025-26” or from a day in that year."""
    if not value:
        return NOT_STATED
    if isinstance(value, str):
        start = int(value[:4])
    else:
        day = day_of(value)
        start = day.year if (day.month, day.day) >= YEAR_STARTS else day.year - 1
    return f"{start} to {start + 1}"


def stated(value: Any) -> Any:
    """The value, or “not stated” for None and for an empty text. Zero and “no” are statements."""
    if value is None or value in ("", []):
        return NOT_STATED
    if value is True or value is False:
        return "yes" if value else "no"
    return value


def blank(status: str) -> str:
    """Why there is no number, in words. The four reasons stay apart: only one of them is a zero."""
    return BLANKS.get(status, status.replace("_", " "))


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _at_least_pence(size: Decimal) -> str:
    places = max(2, -int(size.normalize().as_tuple().exponent)) if size != size.to_integral_value() else 0
    return f"{size:,.{places}f}"


def _signed(value: Decimal, words) -> str:
    return words(value) if value >= 0 else f"−{words(-value)}"


def _symbol(currency: str) -> str:
    code = currency or settings.CURRENCY
    return SYMBOLS.get(code, f"{code} ")


def day_of(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
