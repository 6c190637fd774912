"""A body's sums that no draw touches, so that thousands of draws need not look at its rows again (1.11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

from public_value.recompute.cells import Body, Cell
from public_value.recompute.scores import Dials, counted_share, thrift


@dataclass
class Terms:
    """Pounds a year by evolution class (and stage and evidence, or g); a draw turns what they are multiplied by."""

    den: dict[str, float] = field(default_factory=dict)
    imputed: dict[str, float] = field(default_factory=dict)
    published: dict[str, float] = field(default_factory=dict)
    adopted: dict[tuple[str, str, str], float] = field(default_factory=dict)
    open_adopted: dict[tuple[str, str, str], float] = field(default_factory=dict)
    relief: dict[tuple[str, float], float] = field(default_factory=dict)


def add(sums: dict, key: object, amount: float) -> None:
    sums[key] = sums.get(key, 0.0) + amount


def terms_of(body: Body, dials: Dials, params: dict) -> Terms:
    """The sums of a body, in the order of its cells. `dials` are nominal: of them nothing but g is looked at."""
    terms = Terms()
    for cell in body.cells:
        add(terms.den, cell.evolution, cell.envelope * (1 - body.xi * cell.exempt))
        add(terms.imputed, cell.evolution, cell.envelope * cell.unknown * body.adoption_mean.get(cell.evolution, 0.0))
        add_rows(terms, cell, body.xi, dials, params)
    return terms


def add_rows(terms: Terms, cell: Cell, xi: float, dials: Dials, params: dict) -> None:
    for row in cell.rows:
        if row.declaration.published:
            add(terms.published, cell.evolution, cell.envelope * counted_share(row, xi))
        if row.kind != "adopt":
            for g in params["mc"]["g_grid"]:
                saved = thrift(row, cell, xi, with_g(dials, g), params)
                add(terms.relief, (cell.evolution, g), cell.envelope * saved)
        elif row.share >= params["de_minimis_share"]:
            key = (cell.evolution, row.declaration.stage or "", row.declaration.evidence)
            add(terms.adopted, key, cell.envelope * row.share * row.freshness)
            add(terms.open_adopted, key, cell.envelope * row.share * row.freshness * row.openness)


def with_g(dials: Dials, g: float) -> Dials:
    return Dials(dials.weights, dials.p, dials.kappa, dials.rho, dials.q_stage, g)


def drawn_shares(terms: Terms, dials: Dials) -> dict[str, float]:
    """S, R, O and peer-imputed mass as parts of Den, with the dials of one draw."""
    kappa = dials.kappa
    den = weighed(terms.den, kappa)
    adopted, open_adopted = (
        fsum(kappa[c] * dials.q_stage[stage] * dials.rho[grade] * mass for (c, stage, grade), mass in sums.items())
        for sums in (terms.adopted, terms.open_adopted)
    )
    relief = fsum(kappa[c] * mass for (c, g), mass in terms.relief.items() if g == dials.g)
    openness = (weighed(terms.published, kappa) + open_adopted) / 2
    parts = {"S": adopted, "R": relief, "O": openness, "imputed": weighed(terms.imputed, kappa)}
    return {name: part / den if den > 0 else 0.0 for name, part in parts.items()}


def weighed(masses: Mapping[str, float], kappa: Mapping[str, float]) -> float:
    return fsum(kappa[evolution] * mass for evolution, mass in masses.items())
