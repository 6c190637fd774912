"""The lines of one score: what each declaration did to it, and what did not count."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Component, Lifecycle
from catalogue.presenters.links import external
from commons.formatting import plain_date
from public_value.evidence.basis import SETTLED_DAYS
from public_value.evidence.restated import Voided
from public_value.models import EditionFunction, RowKind, Score, ScoreLine
from public_value.presenters.adding import apportioned, hundredths, written
from public_value.wording import DISPUTED, REASONS, SETTLED, UNUSUAL_COST, VOIDED

MOST_LINES, MOST_LEFT_OUT = 45, 30
SPLIT = ("S", "N", "O")


def of(score: Score) -> QuerySet[ScoreLine]:
    related = ("function", "declaration", "declaration__component", "case_component")
    return score.lines.select_related(*related).order_by("function__name", "function__slug", "declaration_id")


def lines(score: Score, read: Iterable[ScoreLine], *, with_points: bool) -> list[dict]:
    """Every line with its points in hundredths, such that each column sums to the score's contribution; what is paused
    is taken out afterwards, so that it moves no other figure."""
    read = list(read)
    made = [line_words(line) for line in read]
    if not with_points:
        return made
    columns = {
        name: apportioned([getattr(line, f"points_{name}") for line in read], hundredths(score.contribution(name)))
        for name in SPLIT
    }
    for place, line in enumerate(made):
        points = {name: columns[name][place] for name in SPLIT}
        line["points"] = {name: written(value) for name, value in points.items()}
        line["effect"] = sum(points.values())
        line["row"] = [*line["points"].values(), written(line["effect"])]
    return made


def line_words(line: ScoreLine) -> dict:
    said = line.declaration
    return {
        "id": f"line-{line.declaration_id}" if line.case_cost is not None else "",
        "declaration": line.declaration_id,
        "function": line.function,
        "component": None if is_draft(said.component) else said.component,
        "what": what(line),
        "kind": RowKind(line.kind).label,
        "counts": line.kind != RowKind.LEFT_OUT,
        "share": line.share,
        "fades": line.freshness < 1,
        "freshness": line.freshness,
        "evidence": said.evidence or "E0",
        "confirmed": said.confirmed,
        "envelope": line.envelope,
        "cost": line.cost,
        "cost_counts": line.cost is not None and line.kind != RowKind.ADOPTION,
        "relieved": line.relieved,
        "source": external(said.source_url),
        "reasons": [*(REASONS[reason] for reason in line.reasons), *([UNUSUAL_COST] if line.cost_is_unusual else [])],
        "paused": False,
        "effect": 0,
        "row": [],
    }


def what(line: ScoreLine) -> str:
    """The solution's name; a draft's would tell that it exists."""
    said = line.declaration
    return _("Something that is not public yet") if is_draft(said.component) else str(said.component or said.system)


def is_draft(component: Component | None) -> bool:
    return component is not None and component.lifecycle == Lifecycle.DRAFT


def mark_disputed(made: list[dict], paused: set[int], settled: set[int]) -> None:
    """Take the points away from each line of a disputed function, and say so; also where a dispute was settled."""
    for line in made:
        if line["function"].pk in paused:
            line.update(paused=True, effect=0, row=[], points={}, reasons=[*line["reasons"], DISPUTED])
        elif line["function"].pk in settled:
            line["reasons"] = [*line["reasons"], SETTLED]


def mark_voided(made: list[dict], stopped: Iterable[Voided]) -> None:
    """Say beside each line whose adoption stopped too soon after the snapshot that its credit does not stand."""
    days = {one.declaration: one.stopped_on for one in stopped}
    for line in made:
        if line["declaration"] in days:
            said = VOIDED.format(day=plain_date(days[line["declaration"]]), days=SETTLED_DAYS)
            line["reasons"] = [*line["reasons"], said]


def most_moving(made: list[dict]) -> list[dict]:
    """The three declarations that earn most points."""
    earning = [line for line in made if line["effect"] > 0]
    return sorted(earning, key=lambda line: (-line["effect"], line["function"].name))[:3]


def functions(score: Score) -> list[EditionFunction]:
    rows = EditionFunction.objects.filter(edition=score.edition_id, peer_group=score.peer_group_id)
    return list(rows.select_related("function").order_by("function__name", "function__slug"))


def untold(score: Score, found: list[EditionFunction], made: list[dict]) -> list[dict]:
    """Functions that count and about which nothing counts: they stay open in the score. Heaviest first."""
    told = {line["function"].pk for line in made if line["counts"]}
    rows = [row for row in found if not row.reason and row.function_id not in told]
    weighed = [{"function": row.function, "envelope": row.ref_cost_per_driver * (score.driver or 0)} for row in rows]
    return sorted(weighed, key=lambda row: (-row["envelope"], row["function"].name))


def uncounted(found: list[EditionFunction]) -> list[dict]:
    """Functions that do not count for the peer group, by reason; groupings without a stage of their own left out."""
    reasons = ("no_shared_component", "no_benchmark", "genesis")
    rows = {reason: [row.function for row in found if row.reason == reason] for reason in reasons}
    return [{"reason": REASONS[reason], "functions": functions} for reason, functions in rows.items() if functions]
