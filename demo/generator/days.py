"""The fixed calendar of the demo: nothing in it depends on the day the generator runs."""

from datetime import date, timedelta

SNAPSHOT = date(2026, 9, 30)
BASE_YEAR = "2025-26"
DEFLATOR = {
    "2019-20": 79.61,
    "2020-21": 84.12,
    "2021-22": 83.77,
    "2022-23": 89.55,
    "2023-24": 94.58,
    "2024-25": 97.39,
    "2025-26": 100,
    "2026-27": 102.1,
    "2027-28": 104.03,
}
VESTING_DAY = date(2027, 4, 1)
LAST_MERGER = date(2025, 4, 1)


def before_snapshot(days: int) -> date:
    return SNAPSHOT - timedelta(days=days)


def after_snapshot(days: int) -> date:
    return SNAPSHOT + timedelta(days=days)
