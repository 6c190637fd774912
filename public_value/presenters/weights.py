"""Other weights: how the order within one kind of body changes, in words, and never as a list of ranks."""

import numpy as np
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number, percent
from public_value.methodology import DIMENSIONS, ENOUGH_PEERS, Parameters
from public_value.models import Edition, PublishedAs, Score
from public_value.orders import Reordering, reordering, standings
from public_value.presenters.edition import breadcrumbs
from public_value.weights import Asked
from public_value.wording import DIMENSION_QUESTIONS
from public_value.wording import DIMENSIONS as NAMES

BODIES_A_PAGE = 60


def groups(edition: Edition) -> list[dict]:
    """The kinds of body from A to Z, and how many bodies of each show a score. One query."""
    listed = Score.objects.of(edition).listed().exclude(peer_group=None)
    shown = Count("pk", filter=Q(published_as=PublishedAs.SCORE, held=False))
    counted = listed.values("peer_group__slug", "peer_group__label").annotate(shown=shown)
    return [
        {"slug": row["peer_group__slug"], "label": row["peer_group__label"], "enough": row["shown"] >= ENOUGH_PEERS}
        for row in counted.order_by("peer_group__label", "peer_group__slug")
    ]


def page(edition: Edition, kinds: list[dict], asked: Asked, number_of_page: int) -> dict:
    parameters = Parameters.from_json(edition.parameters)
    chosen = next((kind for kind in kinds if kind["slug"] == asked.group), None)
    rows, found = moved(edition, parameters, asked) if chosen and chosen["enough"] else ([], None)
    part = Paginator(rows, BODIES_A_PAGE).get_page(number_of_page)
    return {
        "edition": edition,
        "kinds": kinds,
        "chosen": chosen,
        "inputs": inputs(parameters, asked),
        "p": {"value": plain(asked.p), "usual": plain(parameters.p)},
        "scaled": scaled(asked),
        "is_usual": is_usual(parameters, asked),
        "findings": findings(found) if found else [],
        "rows": part.object_list,
        "page": part,
        "breadcrumbs": breadcrumbs(edition, _("Other weights")),
    }


def inputs(parameters: Parameters, asked: Asked) -> list[dict]:
    return [
        {
            "name": letter,
            "label": NAMES[letter],
            "asks": DIMENSION_QUESTIONS[letter],
            "value": plain(weight),
            "usual": plain(100 * usual),
        }
        for letter, weight, usual in zip(DIMENSIONS, asked.weights, parameters.weights, strict=True)
    ]


def plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def scaled(asked: Asked) -> str:
    parts = zip(DIMENSIONS, asked.scaled, strict=True)
    return ", ".join(f"{NAMES[letter].lower()} {percent(weight, 1)}" for letter, weight in parts)


def is_usual(parameters: Parameters, asked: Asked) -> bool:
    return asked.p == parameters.p and np.allclose(asked.scaled, parameters.weights, atol=1e-9)


def moved(edition: Edition, parameters: Parameters, asked: Asked) -> tuple[list[dict], Reordering]:
    """Bodies of the kind that show a score, from A to Z. One query."""
    listed = Score.objects.of(edition).listed().filter(peer_group__slug=asked.group)
    scores = listed.filter(published_as=PublishedAs.SCORE, held=False)
    fields = ("organisation__name", "organisation__slug", *DIMENSIONS)
    read = list(scores.order_by("organisation__name", "organisation__slug").values_list(*fields))
    x = np.array([row[2:] for row in read], dtype=np.float64)
    found = reordering(
        standings(x, parameters.weights, parameters.p),
        standings(x, asked.weights, asked.p),
    )
    rows = [
        {
            "name": row[0],
            "slug": row[1],
            "before": third(int(before), len(read)),
            "after": third(int(after), len(read)),
            "move": move(int(before) - int(after)),
        }
        for row, before, after in zip(read, found.before, found.after, strict=True)
    ]
    return rows, found


def third(place: int, bodies: int) -> str:
    """Three words for three thirds: anything finer would be a rank."""
    if 3 * place <= bodies:
        return _("higher third")
    return _("middle third") if 3 * place <= 2 * bodies else _("lower third")


def move(up: int) -> str:
    if up == 0:
        return _("stays")
    words = (
        ngettext("up by %(places)s place", "up by %(places)s places", abs(up))
        if up > 0
        else ngettext("down by %(places)s place", "down by %(places)s places", abs(up))
    )
    return words % {"places": number(abs(up))}


def findings(found: Reordering) -> list[str]:
    bodies = len(found.before)
    all_pairs, movers = bodies * (bodies - 1) // 2, int(np.sum(found.before != found.after))
    said = [
        _("%(movers)s of %(bodies)s bodies change their place, though nothing about them has changed.")
        % {"movers": number(movers), "bodies": number(bodies)},
        _("%(turned)s of %(pairs)s pairs of bodies change their order.")
        % {"turned": number(found.pairs), "pairs": number(all_pairs)},
    ]
    if found.spearman == found.spearman:
        sentence = _(
            "The two orders agree by %(spearman)s (Spearman’s correlation: 1 is the same order, 0 no relation)."
        )
        said.append(sentence % {"spearman": number(found.spearman, 2)})
    return said
