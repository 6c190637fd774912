"""Working days: Monday to Friday. Public holidays differ from place to place and are not known, so they count too."""

from datetime import date, timedelta

import numpy as np

PROMISED = 20
"""Working days that bodies have to look at their figures before an edition is published, and to answer a challenge."""
_DAY = timedelta(days=1)


def working_days(first: date, last: date) -> int:
    """How many there are from `first` to `last`, both of them included; 0 where `last` comes before."""
    return max(0, int(np.busday_count(first, last + _DAY)))


def last_of(first: date, days: int = PROMISED) -> date:
    """The day on which as many working days have passed, `first` included."""
    found: date = np.busday_offset(first, days - 1, roll="forward").item()
    return found
