"""An edition in full precision, in the structure of the pack's specification. For operators: it knows no gate."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Sum

from public_value.models import Edition, EditionFunction, SavingBasis, Scenario, Score, ScoreLine, ScoreSaving

_INDICATORS = ("S", "R", "N", "F", "C", "O", "xi", "den", "K", "V", "T")
_POINTS = ("S", "N", "O")
ROW_REASONS = ("planned", "retired", "expired", "below_de_minimis", "no_share", "not_shared", "exempt_over_cap")


def export_edition(edition: Edition, drafts: Mapping[str, str] | None = None) -> dict[str, object]:
    """Everything that was computed of the organisations with an envelope, and of the addressable functions.

    `drafts` gives components another name: for readers who must not learn theirs.
    """
    scores = list(Score.objects.of(edition).scored().select_related("organisation"))
    functions = _functions(edition)
    points, left_out, savings = _points(edition), _left_out(edition, drafts or {}), _savings(edition)
    return {
        "edition": edition.label,
        "method": edition.method_version,
        "params_hash": edition.params_hash,
        "snapshot_hash": edition.snapshot_hash,
        "snapshot_date": edition.snapshot_date.isoformat(),
        "draws": edition.draws,
        "organisations": {
            score.organisation.slug: _figures(score)
            | {
                "function_contributions": {
                    slug: points.get((score.pk, slug), dict.fromkeys(_POINTS, 0.0))
                    for slug, reason in functions[score.peer_group_id]
                    if not reason
                },
                "savings": savings[score.pk, SavingBasis.DECLARED],
                "savings_modelled": savings[score.pk, SavingBasis.MODELLED],
                "excluded": [
                    *(
                        {"function": slug, "declaration": None, "reason": reason}
                        for slug, reason in functions[score.peer_group_id]
                        if reason
                    ),
                    *left_out[score.pk],
                ],
            }
            for score in scores
        },
        "functions": edition.function_figures,
    }


def _figures(score: Score) -> dict[str, object]:
    return {
        "indicators": {name: getattr(score, name) for name in _INDICATORS},
        "pvi": score.pvi,
        "pvi_peer_imputed": score.pvi_peer_imputed,
        "pvi_max": score.pvi_max,
        "arithmetic": score.arithmetic,
        "balance_penalty": score.balance_penalty,
        "contributions": {name: getattr(score, f"contribution_{name}") for name in "SNFCO"},
        "mc": {name: getattr(score, name) for name in ("p5", "p50", "p95")},
        "rank_interval": [score.rank_low, score.rank_high] if score.rank_low else None,
        "grade": score.grade,
        "published": score.published_as,
    }


def _functions(edition: Edition) -> dict[int, list[tuple[str, str]]]:
    """Function and reason (blank: it counts), by peer group."""
    found = defaultdict(list)
    rows = EditionFunction.objects.filter(edition=edition).order_by("function__slug")
    for group, slug, reason in rows.values_list("peer_group_id", "function__slug", "reason"):
        found[group].append((slug, reason))
    return found


def _points(edition: Edition) -> dict[tuple[int, str], dict[str, float]]:
    lines = ScoreLine.objects.filter(score__edition=edition, score__pvi__isnull=False).exclude(kind="left_out")
    sums = lines.values("score_id", "function__slug").annotate(*(Sum(f"points_{name}") for name in _POINTS))
    return {
        (row["score_id"], row["function__slug"]): {name: row[f"points_{name}__sum"] for name in _POINTS}
        for row in sums.iterator()
    }


def _savings(edition: Edition) -> dict[tuple[int, str], dict[str, dict[str, float]]]:
    """{scenario: {annual, npv10}} by score and basis; noughts where there is no case."""
    found: dict = defaultdict(lambda: {scenario: {"annual": 0.0, "npv10": 0.0} for scenario in Scenario.values})
    rows = ScoreSaving.objects.filter(score__edition=edition)
    for score, basis, scenario, annual, npv10 in rows.values_list(
        "score_id", "basis", "scenario", "annual", "npv10"
    ).iterator():
        found[score, basis][scenario] = {"annual": annual, "npv10": npv10}
    return found


def _left_out(edition: Edition, drafts: Mapping[str, str]) -> dict[int, list[dict[str, str]]]:
    found = defaultdict(list)
    lines = ScoreLine.objects.filter(score__edition=edition, score__pvi__isnull=False, reasons__overlap=ROW_REASONS)
    fields = ("score_id", "function__slug", "declaration__component__slug", "declaration__system", "reasons")
    for score, function, component, system, reasons in lines.order_by(*fields[1:4]).values_list(*fields).iterator():
        found[score] += [
            {"function": function, "declaration": drafts.get(component, component) or system, "reason": reason}
            for reason in reasons
        ]
    return found
