"""Which bodies would gain from adopting a component: by kind and name, money first, and never in order of points."""

from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from catalogue.models import Component
from commons.formatting import number
from public_value.changes import ADOPT, MOST_CHANGES, Asked
from public_value.evidence.kept import Cell, Kept, Offer, kept_of
from public_value.methodology import Parameters
from public_value.models import Edition
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.savings import over
from public_value.presenters.what_if import difference, no_saving, saving_rows
from public_value.supposing import Supposed, suppose_each
from public_value.what_if import open_share


def page(edition: Edition, component: Component, scores: Page) -> dict:
    """`scores` holds one page of `openings.open_to`."""
    horizon = Parameters.from_json(edition.parameters).saving.horizon
    return {
        "edition": edition,
        "component": component,
        "rows": [row(*one, horizon) for one in cases(edition, component, scores)],
        "page": scores,
        "bodies": number(scores.paginator.count),
        "over": over(horizon),
        "draws": number(edition.draws),
        "prices": edition.base_financial_year,
        "breadcrumbs": breadcrumbs(edition, component.name),
    }


def cases(edition: Edition, component: Component, scores: Page) -> list[tuple[Kept, Asked, Supposed]]:
    """For each body of a page what the edition kept of it, what is supposed, and what would follow."""
    found = [(one, asked_of(one)) for one in kept_of(edition, list(scores.object_list), component.pk)]
    results = suppose_each(Parameters.from_json(edition.parameters), found) if found else []
    return [(one, asked, result) for (one, asked), result in zip(found, results, strict=True)]


def asked_of(found: Kept) -> Asked:
    """The component for each of its functions in which something is left, but for those that the body disputes."""
    return Asked(adoptions={offer.function_id: offer for offer in left(found) if offer.function_id not in found.paused})


def paused_of(found: Kept) -> list[Cell]:
    """The functions that it would be supposed for if the body did not dispute them, from A to Z."""
    cells = [found.cells[offer.function_id] for offer in left(found) if offer.function_id in found.paused]
    return sorted(cells, key=lambda cell: (cell.name, cell.slug))


def left(found: Kept) -> list[Offer]:
    return [offer for offer in found.offers if open_share(found.arrays, offer.function_id)]


def chosen(found: Kept, asked: Asked) -> list[str]:
    """As an address asks for it, as far as one may."""
    named = [f"{found.cells[cell].slug}:{offer.slug}" for cell, offer in asked.adoptions.items()]
    return named[:MOST_CHANGES]


def row(found: Kept, asked: Asked, result: Supposed, horizon: int) -> dict:
    """`supposed` is False where all that could be supposed is paused."""
    score = found.score
    where = reverse("public_value:what_if", args=[score.edition.label, score.organisation.slug])
    query = urlencode([(ADOPT, text) for text in chosen(found, asked)])
    return {
        "kind": score.peer_group.label,
        "name": score.organisation.name,
        "href": f"{where}?{query}" if query else where,
        "supposed": bool(asked),
        "functions": ", ".join(sorted(found.cells[cell].name for cell in asked.adoptions)),
        "paused": ", ".join(cell.name for cell in paused_of(found)),
        "savings": saving_rows(result, horizon),
        "no_saving": no_saving(result.moves),
        "unpriced": len(result.moves.unpriced) if result.moves.priced else 0,
        "difference": difference(result),
    }
