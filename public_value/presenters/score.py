"""One score explained: from the number down to the declaration, in figures that can be added up."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.formatting import money, number, percent
from public_value.charts import Figure, stacked_bar
from public_value.charts.drawing import DARK_BLUE, DARK_GREY, DARK_PINK, GREY, ORANGE, TURQUOISE
from public_value.evidence.restated import voided
from public_value.gate import face, whole
from public_value.methodology import DIMENSIONS, Parameters
from public_value.models import RowKind, Score, ScoreSaving
from public_value.presenters import lines, savings, trend
from public_value.presenters.adding import apportioned, hundredths, written
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.peers import peers, standing
from public_value.presenters.publication import address, notes, paused, reply, restated, reviews_of_score, settled
from public_value.presenters.words import face_of
from public_value.wording import DIMENSION_QUESTIONS
from public_value.wording import DIMENSIONS as NAMES
from registry.models import Account

PART_COLOURS = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY)


def described() -> QuerySet:
    """Scores with what their pages need beside them, read in one question.

    Beside edition, organisation and peer group: in `saved` the sums of their savings, in `account` the year and the
    source of the accounts that the edition read, which are those of the last year that had ended, in `trends` and
    `elsewhere` what other editions say, in `reviews` what was noted of a large change.
    """
    sums = ScoreSaving.objects.filter(score=OuterRef("pk"))
    read = Account.objects.filter(
        organisation=OuterRef("organisation"), frontline=OuterRef("frontline"), administrative=OuterRef("admin")
    )
    account = JSONObject(financial_year="financial_year", source_url="source_url")
    saving = JSONObject(basis="basis", scenario="scenario", annual="annual", npv10="npv10")
    return (
        Score.objects.listed()
        .select_related("edition__compared_with", "organisation", "peer_group", "rank_group")
        .annotate(
            trends=trend.trends_of_score(),
            elsewhere=trend.faces_elsewhere(),
            reviews=reviews_of_score(),
            saved=ArraySubquery(sums.values(saving=saving)),
            account=Subquery(read.order_by("-financial_year").values(account=account)[:1]),
        )
    )


def page(score: Score) -> dict:
    """`score` is as `described` gives it. Six queries more at most."""
    shown = face(score)
    read = list(lines.of(score))
    made = lines.lines(score, read, with_points=shown.is_score)
    said = reply(score)
    disputed = paused(said["comments"])
    lines.mark_disputed(made, disputed, settled(said["comments"]))
    stopped = voided(score.edition, score.organisation_id)
    lines.mark_voided(made, stopped)
    found = lines.functions(score)
    counted, left_out = ([line for line in made if line["counts"] is counts] for counts in (True, False))
    counted_read = [line for line in read if line.kind != RowKind.LEFT_OUT]
    on_page = {line.declaration_id for line in counted_read[: lines.MOST_LINES]}
    return {
        "edition": score.edition,
        "score": score,
        "body": score.organisation,
        "shown": face_of(shown, score.missing),
        "publication": {
            "notes": [*notes(score.edition), *restated(stopped, score.organisation.name)],
            "address": address(score.edition),
        },
        "reply": said,
        "confidence": confidence(score),
        "parts": parts(score) if shown.is_score else None,
        "figure": picture(score) if shown.is_score else None,
        "savings": savings.of_score(score, counted_read, on_page, disputed),
        "inputs": inputs(score),
        "most_moving": lines.most_moving(made),
        "trend": trend.of_score(score, is_shown=shown.is_score),
        "counted_lines": counted[: lines.MOST_LINES],
        "counted": len(counted),
        "is_paused": any(line["paused"] for line in counted),
        "left_out": left_out[: lines.MOST_LEFT_OUT],
        "left_out_number": len(left_out),
        "untold": lines.untold(score, found, made),
        "uncounted": lines.uncounted(found),
        **(peers(score) | {"standing": standing(score, shown)} if shown.is_score else {}),
        "otherwise": otherwise(score) if shown.is_score else [],
        "breadcrumbs": breadcrumbs(score.edition, score.organisation.name),
    }


def parts(score: Score) -> dict:
    """The five parts, the balance line and their sum, in hundredths of a point: they add up as they are written. Beside
    them what each part gives to the score itself, which adds up too (1.14)."""
    total = hundredths(score.pvi)
    weights = Parameters.from_json(score.edition.parameters).weights
    points = apportioned([*(score.contribution(name) for name in DIMENSIONS), score.balance_penalty], total)
    given = apportioned(score.euler, total)
    rows = [
        {
            "name": NAMES[name],
            "asks": DIMENSION_QUESTIONS[name],
            "share": percent(getattr(score, name)),
            "weight": number(100 * weight),
            "points": written(points[place]),
            "given": written(given[place]),
        }
        for place, (name, weight) in enumerate(zip(DIMENSIONS, weights, strict=True))
    ]
    return {"rows": rows, "balance": written(points[-1]), "total": written(total)}


def picture(score: Score) -> Figure:
    given = dict(zip(DIMENSIONS, score.euler, strict=True))
    most = max(DIMENSIONS, key=lambda name: given[name])
    keys = {NAMES[name]: colour for name, colour in zip(DIMENSIONS, PART_COLOURS, strict=True)}
    return stacked_bar(
        id="parts",
        title=_("%(part)s gives the largest part") % {"part": NAMES[most]},
        overview=_("What each part gives to the score of %(score)s: %(parts)s.")
        % {
            "score": number(whole(score.pvi)),
            "parts": "; ".join(f"{NAMES[name]} {tenths(points)}" for name, points in given.items()),
        },
        label=_("%(score)s points") % {"score": whole(score.pvi)},
        values=[*given.values(), 100 - score.pvi],
        keys=keys | {_("Points still open"): GREY},
        measure=_("Points"),
        show=tenths,
        source=_("edition %(label)s, method %(method)s")
        % {"label": score.edition.label, "method": score.edition.method_version},
    )


def tenths(points: float) -> str:
    return f"{points:.1f}"


def confidence(score: Score) -> list[dict]:
    """How much is known, how well, how freshly and how surely, beside what a score needs."""
    if score.K is None:
        return []
    least = next(test for test in Parameters.from_json(score.edition.parameters).confidence if test.grade == "C")
    return [
        {"name": _("Explained by declarations"), "value": percent(score.K), "needs": percent(least.completeness)},
        {"name": _("Strength of the evidence"), "value": percent(score.V), "needs": percent(least.verification)},
        {"name": _("Freshness"), "value": percent(score.T), "needs": percent(least.timeliness)},
        {
            "name": _("Front-line spending stated"),
            "value": _("yes") if score.frontline_stated else _("no"),
            "needs": _("yes"),
        },
    ]


def inputs(score: Score) -> list[dict]:
    """What enters beside declarations, each with the place where it can be checked."""
    account = score.account or {"financial_year": "", "source_url": ""}
    body = reverse("registry:organisation", args=[score.organisation.slug])
    unit = score.peer_group.driver_unit if score.peer_group else ""
    group = score.edition.peer_groups.get(score.peer_group.slug, {}) if score.peer_group else {}
    return [
        {"name": _("Size"), "value": number(score.driver), "about": unit, "href": f"{body}#facts"},
        {
            "name": _("Front-line spending"),
            "value": money(score.frontline),
            "about": account["financial_year"],
            "href": account["source_url"],
        },
        {"name": _("Administrative spending"), "value": money(score.admin), "about": "", "href": ""},
        {
            "name": _("Goalposts of the front-line share"),
            "value": goalposts(group),
            "about": _("fixed for the edition"),
            "href": reverse("public_value:method") + "#front-line",
        },
        {
            "name": _("Independent users of what it looks after"),
            "value": number(score.reuse, 1),
            "about": "",
            "href": f"{body}#shares",
        },
        {
            "name": _("Contributions in two years"),
            "value": number(score.contribution_units, 1),
            "about": _("units"),
            "href": "",
        },
    ]


def goalposts(group: dict) -> str:
    low, high = group.get("f_lo"), group.get("f_hi")
    if low is None or high is None:
        return _("not stated")
    return _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}


def otherwise(score: Score) -> list[str]:
    """The two scores beside the score: no missing mass is ever filled in the score itself."""
    return [
        _("If what it has not told us were like its peers’, the score would be %(score)s.")
        % {"score": whole(score.pvi_peer_imputed)},
        _("If all of it were shared, the score would be %(score)s.") % {"score": whole(score.pvi_max)},
    ]
