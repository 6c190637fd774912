"""The pack's own facts: peer groups with their goalposts, prices by year, front-line posts."""

from generator.days import BASE_YEAR, DEFLATOR
from generator.functions import COUNTY, DISTRICT, NATIONAL, UNITARY, UPPER_TIER

# id: label, parent, driver unit, F_lo, F_hi, F_median_share, mean adoption of custom, product and commodity functions
PEER_GROUPS = {
    UPPER_TIER: ("Councils with social care", "", "resident", 0.83, 0.94, 0.885, (0.12, 0.27, 0.36)),
    UNITARY: ("Unitary council", UPPER_TIER, "resident", 0.82, 0.93, 0.875, (0.12, 0.28, 0.37)),
    DISTRICT: ("District council", "", "resident", 0.73, 0.85, 0.79, (0.09, 0.24, 0.33)),
    COUNTY: ("County council", UPPER_TIER, "resident", 0.85, 0.96, 0.905, (0.14, 0.25, 0.34)),
    NATIONAL: ("National and shared body", "", "full-time post", 0.62, 0.82, 0.72, (0.1, 0.22, 0.31)),
}

# id: label, yearly cost of one post in £ with employer's contributions
POSTS = {
    "sorrelmark-social-worker": ("Social worker", 56_400),
    "sorrelmark-refuse-collector": ("Refuse collector", 34_800),
    "sorrelmark-librarian": ("Librarian", 41_200),
    "sorrelmark-housing-adviser": ("Housing adviser", 43_600),
}


def pack_toml() -> str:
    parts = [_head(), _deflator(), *(_peer_group(key) for key in PEER_GROUPS), *(_post(key) for key in POSTS)]
    return "\n".join(parts)


def _head() -> str:
    return (
        'title = "Sorrelmark (fictional demonstration)"\n'
        'country = "XA"\ncurrency = "GBP"\nlicence = "CC0-1.0"\nbenchmark_edition = "2026"\n'
        f'base_financial_year = "{BASE_YEAR}"\n'
    )


def _deflator() -> str:
    return "[deflator]\n" + "".join(f'"{year}" = {index}\n' for year, index in DEFLATOR.items())


def _peer_group(key: str) -> str:
    label, parent, unit, low, high, median, (custom, product, commodity) = PEER_GROUPS[key]
    above = f'parent = "{parent}"\n' if parent else ""
    return (
        f'[peer_groups.{key}]\nlabel = "{label}"\n{above}driver_unit = "{unit}"\n'
        f"F_lo = {low}\nF_hi = {high}\nF_median_share = {median}\n\n"
        f"[peer_groups.{key}.adoption_mean]\ncustom = {custom}\nproduct = {product}\ncommodity = {commodity}\n"
    )


def _post(key: str) -> str:
    label, cost = POSTS[key]
    return (
        f'[posts.{key}]\nlabel = "{label}"\nannual_cost = {cost}\nfinancial_year = "{BASE_YEAR}"\n'
        'source = "Sorrelmark pay survey (fictional)"\n'
    )
