"""What spreadsheets keep as numbers: as people write it."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_SERIAL = 2_958_465  # 31 December 9999
BUILT_IN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def plain(text: str) -> str:
    """A number without an exponent, with the 15 digits that a spreadsheet shows: 0.1 + 0.2 is 0.3."""
    try:
        number = float(text)
        if not -1e20 < number < 1e20:  # also what is no number
            return text
        written = format(Decimal(format(number, ".15g")), "f")
    except (ValueError, InvalidOperation):
        return text
    return written.rstrip("0").rstrip(".") if "." in written else written


def day(text: str, *, since_1904: bool = False) -> str:
    """A serial number of days as 2027-03-31."""
    try:
        serial = float(text)
    except ValueError:
        return text
    if not 0 <= serial <= LAST_SERIAL:
        return plain(text)
    return ((EPOCH_1904 if since_1904 else EPOCH) + timedelta(days=serial)).date().isoformat()


def shows_day(number_format: str) -> bool:
    """Whether a format of Excel's shows a number as a day."""
    letters = NOT_LETTERS.sub("", number_format.split(";")[0]).lower()
    return "y" in letters or "d" in letters or ("m" in letters and not {"h", "s"} & set(letters))
