"""What would follow if one body shared more: now, then, and what it would save, side by side and never added."""

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.formatting import number
from public_value.changes import MOST_CHANGES, Asked
from public_value.evidence.kept import Kept
from public_value.evidence.moves import Moves
from public_value.gate import Face, face, whole
from public_value.methodology import EVIDENCE_LEVELS, Parameters
from public_value.models import Score
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.savings import estimate, over, span
from public_value.presenters.what_if_cells import cell_words, named, solution, supposed_cells
from public_value.presenters.words import face_of, headline
from public_value.savings import BASES, SCENARIOS
from public_value.supposing import Delta, Supposed
from public_value.wording import GRADES, SAVING_BASES

_DRAWS = 100


def page(found: Kept, asked: Asked, result: Supposed | None, cells: Page, params: QueryDict) -> dict:
    """`result` is None where nothing is supposed; `cells` holds the functions of one page of the form."""
    score = found.score
    text, chosen = params.get("q", ""), supposed_cells(found, asked)
    return {
        "edition": score.edition,
        "score": score,
        "body": score.organisation,
        "shown": face_of(face(score), score.missing),
        "result": result_words(found, result) if result else None,
        "supposed": supposed(found, asked),
        "chosen_cells": [cell_words(found, asked, cell, text) for cell in chosen],
        "cells": [cell_words(found, asked, cell, text) for cell in cells.object_list],
        "page": cells,
        "q": text,
        "draws": number(score.edition.draws),
        "most_changes": MOST_CHANGES,
        "breadcrumbs": trail(score),
    }


def none(score: Score) -> dict:
    """The page of a body of which nothing can be supposed."""
    known = {"edition": score.edition, "score": score, "body": score.organisation}
    return known | {"is_scored": score.pvi is not None, "breadcrumbs": trail(score)}


def trail(score: Score) -> list[dict]:
    crumbs = breadcrumbs(score.edition, score.organisation.name, _("What if"))
    crumbs[-2]["href"] = reverse("public_value:score", args=[score.edition.label, score.organisation.slug])
    return crumbs


def supposed(found: Kept, asked: Asked) -> list[str]:
    """Each change in words."""
    lines = {line.declaration_id: line for line in found.lines}
    shares = [(_("shares %(what)s for %(function)s"), cell, offer.name) for cell, offer in asked.adoptions.items()]
    stops = [lines[key] for key in sorted(asked.retired)]
    better = [(lines[key], grade) for key, grade in asked.evidence.items()]
    said = [
        *shares,
        *((_("stops %(what)s for %(function)s"), line.function_id, solution(line)) for line in stops),
        *((better_words(grade), line.function_id, solution(line)) for line, grade in better),
    ]
    return [sentence % {"what": what, "function": found.cells[cell].name} for sentence, cell, what in said]


def better_words(grade: str) -> str:
    return _("has %(what)s for %(function)s") + f" {named(grade)}"


def result_words(found: Kept, result: Supposed) -> dict:
    horizon = Parameters.from_json(found.score.edition.parameters).saving.horizon
    return {
        "now": face_of(result.now, found.score.missing),
        "then": then_words(result.then),
        "is_same_grade": result.now.grade == result.then.grade,
        "difference": difference(result),
        "hidden": not result.delta,
        "savings": saving_rows(result, horizon),
        "no_saving": no_saving(result.moves),
        "systems": systems(result.moves, found),
        "unpriced": [solution(line) for line in result.moves.unpriced],
        "exemptions": uneconomic(result.moves),
        "prices": found.score.edition.base_financial_year,
        "over": over(horizon),
    }


def then_words(then: Face) -> dict:
    """`enough` where the changed evidence would carry a number that is not shown here."""
    return {
        "is_score": then.is_score,
        "is_band": then.is_band,
        "headline": headline(then) if then.is_score or then.is_band else "",
        "low": then.low,
        "high": then.high,
        "grade": then.grade,
        "grade_words": GRADES[then.grade],
        "enough": then.is_band and then.grade in ("A", "B", "C"),
    }


def difference(result: Supposed) -> str:
    """In points only where both scores are shown; else which way, and how surely."""
    sure = draws_words(result.higher, result.lower)
    return f"{points_words(result.delta)} {sure}" if result.delta else sure


def points_words(delta: Delta) -> str:
    if delta.points == delta.low == delta.high == 0:
        return _("No difference.")
    words = {"points": points(delta.points), "low": points(delta.low), "high": points(delta.high)}
    if words["low"] == words["high"]:
        return _("%(points)s.") % words
    return _("%(points)s; in 90 of 100 draws between %(low)s and %(high)s.") % words


def points(value: float) -> str:
    """“3 points more”, “less than 1 point fewer”, “no change”: whole points, as a score has."""
    size = abs(value)
    if size < 1e-9:
        return _("no change")
    much = _("less than 1 point") if size < 0.5 else amount(whole(size))
    return (_("%(much)s more") if value > 0 else _("%(much)s fewer")) % {"much": much}


def amount(size: int) -> str:
    return _("1 point") if size == 1 else _("%(size)s points") % {"size": size}


def draws_words(higher: float, lower: float) -> str:
    """How surely it would rise, in common draws: no size, so that it may be said whatever the grade."""
    if higher == lower == 0:
        return _("The same in every draw.")
    up = higher >= lower
    sentence = _("Higher in %(draws)s.") if up else _("Lower in %(draws)s.")
    said = sentence % {"draws": of_draws(higher if up else lower)}
    if max(higher, lower) < 0.9 and min(higher, lower) > 0:
        said += " " + _("The draws do not settle whether it would rise or fall.")
    return said


def of_draws(part: float) -> str:
    if part == 1:
        return _("every draw")
    return _("%(some)s of %(all)s draws") % {"some": min(_DRAWS - 1, max(1, whole(_DRAWS * part))), "all": _DRAWS}


def saving_rows(result: Supposed, horizon: int) -> list[dict]:
    """For each basis that there is, what is saved a year and over the years, each from low to high."""
    found = {(row["basis"], row["scenario"]): row for row in result.savings}
    return [
        {
            "basis": SAVING_BASES[basis],
            "annual": span([found[basis, scenario]["annual"] for scenario in SCENARIOS]),
            "npv": span([found[basis, scenario]["npv10"] for scenario in SCENARIOS]),
            "costs_more": found[basis, "central"]["npv10"] < 0,
        }
        for basis in BASES
        if (basis, "central") in found
    ]


def no_saving(ended: Moves) -> str:
    if ended.priced:
        return ""
    if ended.unpriced:
        return _("What would stand in their place states no price, so no saving is worked out.")
    return _("No system that it has told us of would end, so no saving is worked out.")


def systems(ended: Moves, found: Kept) -> list[dict]:
    names = {offer.component_id: offer.name for offer in found.offers}
    return [
        {
            "what": solution(line),
            "function": found.cells[line.function_id].name,
            "component": names.get(int(ended.cases.component[place]), ""),
            "annual": span([float(value) for value in ended.cases.annual[:, place]]),
            "npv": span([float(value) for value in ended.cases.npv[:, place]]),
            "has_case": bool(ended.cases.annual[-1, place] > 0),
            "cost": estimate(float(ended.cases.cost[place])),
            "shared_cost": estimate(float(ended.cases.shared_cost[place])),
            "assumed": bool(ended.cases.modelled[place]),
        }
        for place, line in enumerate(ended.priced)
    ]


def uneconomic(ended: Moves) -> list[str]:
    """Systems whose move would cost more than it brings, by a cost that is evidenced: an exemption fits them (1.15)."""
    central = SCENARIOS.index("central")
    return [
        solution(line)
        for place, line in enumerate(ended.priced)
        if ended.cases.npv[central, place] < 0
        and line.cost is not None
        and EVIDENCE_LEVELS.index(line.evidence) >= EVIDENCE_LEVELS.index("E2")
    ]
