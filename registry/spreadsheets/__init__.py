"""Tables that somebody sends: CSV, Excel and OpenDocument, read row by row, with memory that does not grow with them.

Nothing here knows the database or the framework. Every cell is text: a number without an exponent, a day as
2027-03-31, a formula's value and never the formula.
"""

from registry.spreadsheets.limits import LARGEST_FILE, MOST_ROWS, Unreadable
from registry.spreadsheets.tables import Form, Sheet, form_of, sheets

__all__ = ["LARGEST_FILE", "MOST_ROWS", "Form", "Sheet", "Unreadable", "form_of", "sheets"]
