"""Where one score stands among others that it may be compared with: a range of places, and who can be told apart."""

from dataclasses import replace
from statistics import median

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.formatting import number
from public_value.beside import HIGHER, LOWER, NOT_TOLD_APART, Beside, beside
from public_value.charts import Dot, Figure, dot_strip
from public_value.gate import Face, whole
from public_value.methodology import ENOUGH_PEERS
from public_value.models import Score
from public_value.presenters.words import places

RELATIONS = {
    HIGHER: gettext_lazy("higher"),
    LOWER: gettext_lazy("lower"),
    NOT_TOLD_APART: gettext_lazy("cannot be told apart"),
}


def standing(score: Score, shown: Face) -> dict | None:
    """Its place as a range, and among whom; None where none is shown."""
    if shown.rank_members is None:
        return None
    words = {"places": places(shown.rank_low, shown.rank_high), "group": score.rank_group.label}
    words["members"] = number(shown.rank_members)
    sentence = (
        _("Its place among %(members)s bodies with a score (%(group)s) is %(places)s.")
        if shown.rank_low == shown.rank_high
        else _("Its place is %(places)s of %(members)s bodies with a score: %(group)s.")
    )
    return {
        "sentence": sentence % words,
        "group": score.rank_group.label,
        "is_parent": score.rank_group_id != score.peer_group_id,
    }


def peers(score: Score) -> dict:
    """Where it stands among bodies that it may be compared with, as dots and in words; nothing where there are fewer
    than ten. One query.

    `peers_beyond`: there are more than a table names, so that it names the nearest alone.
    """
    rows = beside(score)
    if len(rows) < ENOUGH_PEERS:
        return {"peers": None}
    dots = [dot_of(score, row) for row in rows]
    group = score.rank_group or score.peer_group
    figure = dot_strip(
        id="peers",
        title=position(whole(score.pvi), [dot.value for dot in dots if not dot.own]),
        overview=_("%(name)s has %(score)s points; %(number)s bodies of its kind have a score.")
        % {"name": score.organisation.name, "score": whole(score.pvi), "number": number(len(dots))},
        dots=dots,
        domain=(0, 100),
        show=number,
        source=_("edition %(label)s, %(group)s") % {"label": score.edition.label, "group": group.label},
    )
    named = [one for row, one in zip(rows, dots, strict=True) if row.is_named]
    shown = {"peers": figure, "apart": apart(rows), "peers_beyond": len(named) < len(dots)}
    return shown | {"peers": nearest_alone(figure, named, dots)} if shown["peers_beyond"] else shown


def dot_of(score: Score, row: Beside) -> Dot:
    link = reverse("public_value:score", args=[score.edition.label, row.slug])
    note = "" if row.relation is None else RELATIONS[row.relation]
    return Dot(row.name, whole(row.pvi), row.is_own, link, note=str(note))


def nearest_alone(figure: Figure, named: list[Dot], dots: list[Dot]) -> Figure:
    """The same picture, whose table names the body, the median of all and the nearest, from A to Z."""
    links = {dot.link for dot in named}
    kept = [place for place, link in enumerate(figure.links) if link in links]
    middle = [_("Median of its kind"), number(median(dot.value for dot in dots))]
    middle += [""] * (len(figure.columns) - len(middle))
    return replace(
        figure,
        rows=[*(figure.rows[place] for place in kept), middle],
        links=[*(figure.links[place] for place in kept), ""],
    )


def apart(rows: list[Beside]) -> str:
    """How many of the others cannot be told apart from it, in a sentence; blank where no draws are kept."""
    told = [row.relation for row in rows if row.relation is not None]
    if not told:
        return ""
    counts = {"others": number(len(told)), "alike": number(told.count(NOT_TOLD_APART))}
    if len(told) < len(rows) - 1:
        return _("Of the %(others)s nearest to it in points, %(alike)s cannot be told apart from it.") % counts
    return _("Of %(others)s others, %(alike)s cannot be told apart from it.") % counts


def position(own: int, others: list[int]) -> str:
    """Three words for three thirds: anything finer would be a rank."""
    lower, higher = sum(other < own for other in others), sum(other > own for other in others)
    if 3 * lower >= 2 * len(others):
        return _("Higher than most bodies of its kind")
    if 3 * higher >= 2 * len(others):
        return _("Lower than most bodies of its kind")
    return _("Near the middle of its kind")
