"""From what a text says to a component: the values that a description states, those that are recorded, their writing.

Values are by field and as JSON has them, so that they can be kept and compared. Fields of the profile and the lists
beside a component have names of their own here: `FIELDS` has them all, with the words that pages say for them.
"""

from catalogue.describing.cleaning import storable
from catalogue.describing.fields import FIELDS, NEVER_BLANK, Values, is_blank
from catalogue.describing.recorded import recorded
from catalogue.describing.stated import stated
from catalogue.describing.writing import free_slug, hold_back_others, new_component, write

__all__ = [
    "FIELDS",
    "NEVER_BLANK",
    "Values",
    "free_slug",
    "hold_back_others",
    "is_blank",
    "new_component",
    "recorded",
    "stated",
    "storable",
    "write",
]
