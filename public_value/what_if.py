"""What a change would do to a body's score: its evidence rebuilt from what an edition kept, changed and drawn again.

Arrays in, arrays out; no Django. Before and after meet the same draws as the edition itself (same seed, same streams),
so their difference is the change alone (specification, 1.11 and 1.15). The score is no sum, so several changes are
worked out together and never added.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .methodology import (
    ADOPT,
    DUPLICATE,
    EVIDENCE_LEVELS,
    Evidence,
    Parameters,
    PeerGroups,
    Rows,
    Scores,
    band,
    grade,
    paired,
    published_as,
    quantiles,
    score,
)
from .methodology.evidence import Booleans, Integers
from .methodology.grades import Texts
from .methodology.measures import Floats
from .montecarlo import draw_matrix
from .terms import terms_of

ASSUMED_EVIDENCE = EVIDENCE_LEVELS.index("E2")
"""Grade of an adoption that a what-if supposes (1.15)."""

_NOISE = 1e-12  # of a cell: what summing shares in doubles leaves of a cell that is explained in full


@dataclass(frozen=True, kw_only=True)
class Body:
    """One body as an edition read it, beside its declarations; units as in `methodology.Evidence`.

    frontline, admin  £; NaN where missing
    envelope          (3) Σ B over its addressable cells by class, £ a year
    norms             of its peer group, as the only one of a `PeerGroups`
    """

    uid: str
    frontline: float
    admin: float
    reuse: float
    contributions: float
    envelope: Floats
    norms: PeerGroups


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The m declarations of one body that count, as an edition kept them.

    declaration, function  (m) any whole numbers that name them; a function is a cell. An adoption that is supposed has
                           the declaration 0
    evolution, kind, evidence, pilot  (m) as in `methodology.Rows`
    published              (m) true where the open-book record is complete
    envelope, share, freshness, openness  (m) B in £ a year; s, σ and ω in [0, 1]
    cost                   (m) declared cost in base-year £ a year, without floor; NaN where not stated
    ends_soon, relieved    (m) true where lock relief applies as soon as the body moves; where it does (1.4-8)
    """

    declaration: Integers
    function: Integers
    evolution: Integers
    kind: Integers
    evidence: Integers
    pilot: Booleans
    published: Booleans
    envelope: Floats
    share: Floats
    freshness: Floats
    openness: Floats
    cost: Floats
    ends_soon: Booleans
    relieved: Booleans

    def __post_init__(self) -> None:
        lengths = {len(column) for column in vars(self).values()}
        if len(lengths) > 1:
            raise ValueError(f"The columns of lines have lengths {sorted(lengths)}: give one entry a declaration.")

    def where(self, among: Booleans) -> "Lines":
        return Lines(**{name: column[among] for name, column in vars(self).items()})

    def and_one(self, **values: float | bool) -> "Lines":
        """The same lines and one more."""
        columns = vars(self).items()
        return Lines(**{name: np.append(column, np.array(values[name], column.dtype)) for name, column in columns})


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """A shared component taken up for a cell. `evolution` is an index of CLASSES, `envelope` the cell's B in £ a year,
    `openness` the component's ω."""

    function: int
    evolution: int
    envelope: float
    openness: float


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a reader supposes: cells that share, own systems that stop, statements with better evidence (index of
    EVIDENCE_LEVELS by declaration)."""

    adoptions: Sequence[Adoption] = ()
    retired: Collection[int] = ()
    evidence: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Arrays over n bodies: pvi, p5, p50, p95, low, high (the printed band) in points, NaN if not scored; K, V, T;
    the grade and the face that they give."""

    pvi: Floats
    p5: Floats
    p50: Floats
    p95: Floats
    low: Floats
    high: Floats
    K: Floats
    V: Floats
    T: Floats
    grade: Texts
    published: Texts


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Before and after, n bodies. Arrays (n), NaN if not scored:

    delta                 points that the score rises by, at the nominal parameters
    delta_p5, delta_p95   P5 and P95 of the differences of paired draws, type 7, points
    higher, lower         part of the draws in which the score after is above, below; draws within 1e-9 points are equal
    """

    before: Outlook
    after: Outlook
    delta: Floats
    delta_p5: Floats
    delta_p95: Floats
    higher: Floats
    lower: Floats


def open_share(lines: Lines, function: int) -> float:
    """The part of a cell that an adoption would take over: what is duplicated or unknown, in [0, 1]."""
    kept = (lines.function == function) & (lines.kind != DUPLICATE)
    left = 1 - float(lines.share[kept].sum())
    return left if left > _NOISE else 0.0


def changed(parameters: Parameters, lines: Lines, changes: Changes) -> Lines:
    """The lines that there would be: evidence first, then what stops, then what is adopted.

    A system that stops leaves its mass unknown. An adoption replaces the duplicated and unknown mass of its cell by one
    row: live, E2, fresh, not published (1.15). It can bring lock relief to what is left of the cell, which is exempt.
    """
    grades = [changes.evidence.get(int(one), old) for one, old in zip(lines.declaration, lines.evidence, strict=True)]
    lines = replace(lines, evidence=np.array(grades, dtype=np.int64))
    lines = lines.where(~(np.isin(lines.declaration, list(changes.retired)) & (lines.kind == DUPLICATE)))
    for adoption in changes.adoptions:
        lines = _adopted(parameters, lines, adoption)
    return lines


def _adopted(parameters: Parameters, lines: Lines, adoption: Adoption) -> Lines:
    share = open_share(lines, adoption.function)
    in_cell = lines.function == adoption.function
    if share >= parameters.de_minimis_share:
        lines = replace(lines, relieved=lines.relieved | (in_cell & lines.ends_soon))
    return lines.where(~(in_cell & (lines.kind == DUPLICATE))).and_one(
        declaration=0,
        function=adoption.function,
        evolution=adoption.evolution,
        kind=ADOPT,
        evidence=ASSUMED_EVIDENCE,
        pilot=False,
        published=False,
        envelope=adoption.envelope,
        share=share,
        freshness=1.0,
        openness=adoption.openness,
        cost=np.nan,
        ends_soon=False,
        relieved=False,
    )


def evidence_of(parameters: Parameters, versions: Sequence[tuple[Body, Lines]]) -> Evidence:
    """What the arithmetic is computed from, one organisation for each version; a body may stand in it several times."""
    bodies = [body for body, _ in versions]
    return Evidence(
        uid=tuple(body.uid for body in bodies),
        group=np.arange(len(bodies)),
        frontline=np.array([body.frontline for body in bodies]),
        admin=np.array([body.admin for body in bodies]),
        reuse=np.array([body.reuse for body in bodies]),
        contributions=np.array([body.contributions for body in bodies]),
        envelope=np.array([body.envelope for body in bodies]),
        peer_groups=_stacked(body.norms for body in bodies),
        rows=_rows(parameters, [lines for _, lines in versions]),
    )


def _stacked(norms: Iterable[PeerGroups]) -> PeerGroups:
    each = list(norms)
    return PeerGroups(**{name: np.concatenate([vars(one)[name] for one in each]) for name in vars(each[0])})


def _rows(parameters: Parameters, versions: Sequence[Lines]) -> Rows:
    """Each declaration's amounts, as `methodology.Rows` asks for them (1.4 and 1.5)."""
    lines = Lines(**{name: np.concatenate([vars(one)[name] for one in versions]) for name in vars(versions[0])})
    mass = lines.envelope * lines.share
    credited = (lines.kind == ADOPT) & (lines.share >= parameters.de_minimis_share)
    adopted = np.where(credited, mass * lines.freshness, 0.0)
    return Rows(
        organisation=np.repeat(np.arange(len(versions)), [len(one.function) for one in versions]),
        evolution=lines.evolution,
        kind=lines.kind,
        evidence=lines.evidence,
        pilot=lines.pilot,
        mass=mass,
        fresh=mass * lines.freshness,
        adopted=adopted,
        open_adopted=adopted * lines.openness,
        published=np.where(lines.published, mass, 0.0),
        relief=_relief(parameters, lines, mass),
    )


def _relief(parameters: Parameters, lines: Lines, mass: Floats) -> Floats:
    """B·(s − min(s, λ·c/(g·B))) for each g, (m, 5); 0 for adoptions and where no cost is stated."""
    floor = np.where(lines.evidence == 0, parameters.cost_floor_ratio * lines.share * lines.envelope, 0.0)
    burden = np.where(lines.relieved, parameters.lock_relief, 1.0) * np.maximum(lines.cost, floor)
    relief = mass[:, None] - np.minimum(mass[:, None], burden[:, None] / np.array(parameters.laws.g_grid))
    return np.where(((lines.kind == ADOPT) | np.isnan(lines.cost))[:, None], 0.0, relief)


def compare(parameters: Parameters, cases: Sequence[tuple[Body, Lines, Lines]], *, seed: str, draws: int) -> Comparison:
    """Score and draw n bodies before and after their changes; `seed` and `draws` are the edition's."""
    n = len(cases)
    versions = [(body, lines) for body, lines, _ in cases] + [(body, lines) for body, _, lines in cases]
    evidence = evidence_of(parameters, versions)
    scores = score(parameters, evidence)
    matrix = np.full((2 * n, draws), np.nan)
    scored = np.flatnonzero(scores.scored)
    matrix[scored] = draw_matrix(parameters, terms_of(evidence, scores), scored, seed=seed, draws=draws)
    spread = paired(matrix[:n], matrix[n:])
    return Comparison(
        before=_outlook(parameters, scores, matrix, slice(0, n)),
        after=_outlook(parameters, scores, matrix, slice(n, None)),
        delta=scores.pvi[n:] - scores.pvi[:n],
        delta_p5=spread.p5,
        delta_p95=spread.p95,
        higher=spread.higher,
        lower=spread.lower,
    )


def _outlook(parameters: Parameters, scores: Scores, matrix: Floats, part: slice) -> Outlook:
    p5, p50, p95 = quantiles(matrix[part])
    low, high = band(scores.pvi[part], p5, p95)
    grades = grade(
        parameters,
        K=scores.K[part],
        V=scores.V[part],
        T=scores.T[part],
        H=(p95 - p5) / 2,
        frontline_stated=scores.frontline_stated[part],
    )
    return Outlook(
        pvi=scores.pvi[part],
        p5=p5,
        p50=p50,
        p95=p95,
        low=low,
        high=high,
        K=scores.K[part],
        V=scores.V[part],
        T=scores.T[part],
        grade=grades,
        published=published_as(grades),
    )
