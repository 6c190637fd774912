"""The one picture of a body: how it does each function that bodies of its kind answer for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from catalogue.presenters import words as counted
from commons.formatting import number, percent
from public_value.charts import Bar, Figure, stacked_bars
from public_value.charts.drawing import DARK_BLUE, DARK_PINK, GREY, TURQUOISE
from registry.answers import Answer
from registry.models import Declaration
from registry.presenters.asked import Asked

# A picture has four parts. What is not stated has several reasons: they stand apart in its table.
PARTS = {
    "Uses a shared component": ((Answer.SHARED,), TURQUOISE),
    "Runs its own": ((Answer.OWN,), DARK_BLUE),
    "Not stated": (
        (Answer.NOT_SURE, Answer.PLANNED, Answer.STOPPED, Answer.EXPIRED, Answer.NOT_ANSWERED),
        GREY,
    ),
    "Not responsible": ((Answer.NOT_RESPONSIBLE,), DARK_PINK),
}
COLOURS = {part: colour for part, (_answers, colour) in PARTS.items()}


def answers(said: Iterable[Declaration], asked: Iterable[Asked]) -> dict[int, Answer]:
    """The answer for each function, by its id: those asked about, and whatever else the body has spoken of."""
    found = {function.id: Answer.NOT_ANSWERED for function in asked}
    for statement in said:
        answer = Answer(statement.answer)
        found[statement.function_id] = min(answer, found.get(statement.function_id, Answer.NOT_ANSWERED))
    return found


def parts(tally: Counter) -> list[int]:
    return [sum(tally[answer] for answer in these) for these, _colour in PARTS.values()]


def picture(name: str, kind: str, found: dict[int, Answer]) -> Figure:
    """One bar of all its functions, and a row for every sort of answer."""
    tally = Counter(found.values())
    total = len(found)
    shared, own, unstated, elsewhere = parts(tally)
    figure = stacked_bars(
        id="standing",
        title=_("Shares in %(shared)s of %(total)s functions") % {"shared": number(shared), "total": number(total)},
        overview=_(
            "Of %(total)s, %(name)s uses a shared component for %(shared)s and runs only its own system for %(own)s; "
            "it is not responsible for %(elsewhere)s and has not stated how it does %(unstated)s. %(counted)s"
        )
        % {
            "total": counted.functions(total),
            "name": name,
            "shared": number(shared),
            "own": number(own),
            "elsewhere": number(elsewhere),
            "unstated": number(unstated),
            "counted": whose(kind),
        },
        rows=[Bar(counted.functions(total), [part / total for part in (shared, own, unstated, elsewhere)])],
        keys=COLOURS,
        show=percent,
        source=_("what %(name)s has declared") % {"name": name},
    )
    rows = [[answer.label, number(tally[answer]), percent(tally[answer] / total)] for answer in Answer if tally[answer]]
    return replace(
        figure,
        columns=[_("How it does the work"), _("Functions"), _("Share")],
        rows=[*rows, [_("All"), number(total), "100%"]],
        links=(),
    )


def whose(kind: str) -> str:
    """What the denominator is."""
    if not kind:
        return _("Nobody has said what kind of body it is, so only functions that it spoke of itself are counted.")
    return _(
        "Counted are the functions that any body of its kind (%(kind)s) has answered for or that have a benchmark."
    ) % {"kind": kind}
