"""The function tree of the demo, and what each function costs and handles per resident (or per post) by peer group."""

from typing import NamedTuple

UNITARY, DISTRICT, COUNTY, NATIONAL = (f"sorrelmark-{tier}" for tier in ("unitary", "district", "county", "national"))
UPPER_TIER = "sorrelmark-upper-tier"


class Leaf(NamedTuple):
    """`cost` and `volume` are yearly per resident; `tiers` are letters of the peer groups that carry the function."""

    slug: str
    name: str
    evolution: str
    cost: float
    volume: float
    tiers: str
    codes: str
    system: str


TIERS = {"u": UNITARY, "d": DISTRICT, "c": COUNTY, "n": NATIONAL}
# What a tier spends and handles relative to a unitary; a national body's driver is posts, not residents.
SCALE = {"u": 1.0, "d": 0.72, "c": 0.55, "n": 68.0}
VOLUME_SCALE = {"u": 1.0, "d": 0.6, "c": 0.4, "n": 9.0}
OBSERVATIONS = {"u": 27, "d": 19, "c": 5, "n": 14}
# Too few returns came in for these: blank observations make the benchmark provisional.
PROVISIONAL = {("sm-data-exchange", "n"), ("sm-homelessness", "d"), ("sm-committee-papers", "c"), ("sm-bookings", "c")}

PARENTS = {
    "sm-capabilities": ("Shared digital capabilities", "capability", "sm-func:C;cofog:01.3"),
    "sm-corporate": ("Running the organisation", "administrative", "sm-func:A;cofog:01.3.1"),
    "sm-waste": ("Waste and recycling", "service", "sm-func:W;cofog:05.1"),
    "sm-housing": ("Housing", "service", "sm-func:H;cofog:06.1"),
    "sm-planning": ("Planning and building", "service", "sm-func:P;cofog:06.2"),
    "sm-revenues": ("Local taxes and reliefs", "service", "sm-func:R;cofog:01.1.2"),
    "sm-care": ("Social care", "service", "sm-func:S;cofog:10"),
    "sm-streets": ("Streets and parking", "service", "sm-func:T;cofog:04.5"),
    "sm-community": ("Libraries, licences and elections", "service", "sm-func:L;cofog:08"),
}

LEAVES = {
    "sm-capabilities": (
        Leaf("sm-messages", "Send texts, emails and letters", "commodity", 0.46, 6.2, "udcn", "C1", "Message Desk"),
        Leaf("sm-payments", "Take payments", "commodity", 0.88, 2.1, "udcn", "C2", "Card Desk"),
        Leaf("sm-identity", "Sign in and prove who you are", "product", 0.71, 3.4, "udcn", "C3", "Account Gate"),
        Leaf("sm-online-forms", "Online forms", "commodity", 0.94, 1.8, "udcn", "C4", "Form Builder"),
        Leaf("sm-bookings", "Appointments and bookings", "product", 0.42, 0.6, "udc", "C5", "Diary"),
        Leaf("sm-addresses", "Look up an address", "commodity", 0.31, 4.5, "udcn", "C6", "Place Finder"),
        Leaf("sm-web-pages", "Publish web pages", "commodity", 0.83, 14.0, "udcn", "C7", "Web Desk"),
        Leaf("sm-data-exchange", "Exchange data with other bodies", "custom", 0.52, 9.0, "ucn", "C8", "Data Pipe"),
        Leaf("sm-question-answering", "Answer questions in plain words", "genesis", 0.18, 0.4, "udn", "C9", "Helper"),
    ),
    "sm-corporate": (
        Leaf("sm-payroll", "Payroll", "commodity", 1.35, 0.34, "udcn", "A1", "Pay Run"),
        Leaf("sm-ledger", "Finance ledger", "commodity", 1.92, 0.9, "udcn", "A2", "Ledger"),
        Leaf("sm-procurement", "Buying and contracts", "product", 0.77, 0.05, "udcn", "A3", "Tender Room"),
        Leaf("sm-recruitment", "Recruitment", "product", 0.58, 0.03, "udcn", "A4", "Vacancy Board"),
        Leaf("sm-staff-records", "Staff records", "product", 0.81, 0.12, "udcn", "A5", "People File"),
        Leaf("sm-committee-papers", "Committee papers", "product", 0.37, 0.02, "udc", "A6", "Agenda Press"),
        Leaf("sm-information-requests", "Information requests", "product", 0.26, 0.01, "udcn", "A7", "Request Log"),
        Leaf("sm-legal-cases", "Legal cases", "custom", 0.34, 0.01, "udcn", "A8", "Legal File"),
        Leaf("sm-buildings", "Buildings and land owned", "product", 0.49, 0.02, "udcn", "A9", "Estate Book"),
        Leaf("sm-demand-forecasts", "Forecast demand", "genesis", 0.15, 0.001, "uc", "A10", "Forecast Model"),
    ),
    "sm-waste": (
        Leaf("sm-bin-days", "Find your bin day", "commodity", 0.22, 3.8, "ud", "W1", "Bin Calendar"),
        Leaf("sm-missed-bins", "Report a missed bin", "product", 0.61, 0.25, "ud", "W2", "Missed Bin Log"),
        Leaf("sm-garden-waste", "Garden waste subscriptions", "product", 0.44, 0.18, "ud", "W3", "Garden Round"),
    ),
    "sm-housing": (
        Leaf("sm-homelessness", "Prevent homelessness", "custom", 0.93, 0.006, "ud", "H1", "Housing Advice"),
        Leaf("sm-repairs", "Repairs to council homes", "product", 1.48, 0.4, "ud", "H2", "Repairs Desk"),
        Leaf("sm-home-allocations", "Allocate council homes", "product", 0.66, 0.01, "ud", "H3", "Home List"),
    ),
    "sm-planning": (
        Leaf("sm-planning-applications", "Planning applications", "product", 1.57, 0.012, "ud", "P1", "Plan Desk"),
        Leaf("sm-building-control", "Building control", "product", 0.52, 0.006, "ud", "P2", "Site Check"),
        Leaf("sm-planning-policy", "Local plans and policy", "custom", 0.29, 0.001, "ud", "P3", "Plan Maker"),
    ),
    "sm-revenues": (
        Leaf("sm-local-tax", "Local household tax", "commodity", 3.42, 1.1, "ud", "R1", "Tax Roll"),
        Leaf("sm-business-rates", "Business rates", "commodity", 1.16, 0.09, "ud", "R2", "Rate Roll"),
        Leaf("sm-reliefs", "Reliefs and benefits", "commodity", 2.37, 0.3, "ud", "R3", "Relief Desk"),
    ),
    "sm-care": (
        Leaf("sm-adult-care", "Adult care casework", "custom", 3.24, 0.04, "uc", "S1", "Adult File"),
        Leaf("sm-childrens-care", "Children's care casework", "custom", 3.71, 0.03, "uc", "S2", "Family File"),
        Leaf("sm-care-payments", "Pay for care", "product", 1.29, 0.15, "uc", "S3", "Care Purse"),
    ),
    "sm-streets": (
        Leaf("sm-street-problems", "Report a street problem", "product", 0.57, 0.12, "udc", "T1", "Street Log"),
        Leaf("sm-parking-permits", "Parking permits", "product", 0.68, 0.09, "ud", "T2", "Permit Office"),
        Leaf("sm-road-works", "Plan road works", "product", 0.86, 0.03, "uc", "T3", "Works Board"),
    ),
    "sm-community": (
        Leaf("sm-libraries", "Library catalogue and loans", "commodity", 0.64, 2.9, "uc", "L1", "Loan Desk"),
        Leaf("sm-licences", "Licences and permits", "product", 0.47, 0.02, "ud", "L2", "Licence Book"),
        Leaf("sm-elections", "Register of voters", "", 0.55, 0.3, "ud", "L3", "Voter Roll"),
        Leaf("sm-emergency-plans", "Emergency plans", "", 0.13, 0.001, "uc", "L4", "Alarm Plan"),
        Leaf("sm-carbon-accounts", "Carbon accounts", "custom", 0.0, 0.0, "", "L5", "Carbon Sheet"),
    ),
}

BY_SLUG = {leaf.slug: leaf for leaves in LEAVES.values() for leaf in leaves}


def letter(peer_group: str) -> str:
    """The letter of a peer group in `Leaf.tiers`."""
    return next(tier for tier, group in TIERS.items() if group == peer_group)


def cost_per_driver(leaf: Leaf, tier: str) -> float:
    return round(leaf.cost * SCALE[tier], 2)


def volume_per_driver(leaf: Leaf, tier: str) -> float:
    return round(leaf.volume * VOLUME_SCALE[tier], 4)


def function_rows() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for parent, (name, kind, codes) in PARENTS.items():
        rows.append({"function": parent, "name": name, "kind": kind, "codes": codes})
        for leaf in LEAVES[parent]:
            rows.append(
                {
                    "function": leaf.slug,
                    "parent": parent,
                    "name": leaf.name,
                    "kind": kind,
                    "evolution": leaf.evolution,
                    "codes": f"sm-func:{leaf.codes}",
                }
            )
    return rows


def benchmark_rows() -> list[dict[str, object]]:
    """Leaves only: the costs of a parent are the sum of its children's."""
    return [
        _benchmark(leaf, tier, group)
        for leaf in BY_SLUG.values()
        for tier, group in TIERS.items()
        if tier in leaf.tiers
    ]


def _benchmark(leaf: Leaf, tier: str, peer_group: str) -> dict[str, object]:
    provisional = (leaf.slug, tier) in PROVISIONAL
    return {
        "peer_group": peer_group,
        "function": leaf.slug,
        "ref_cost_per_driver": cost_per_driver(leaf, tier),
        "ref_volume_per_driver": volume_per_driver(leaf, tier),
        "observations": "" if provisional else OBSERVATIONS[tier],
        "provenance": "Panel estimate, no returns yet" if provisional else "Sorrelmark cost returns 2025-26, median",
    }
