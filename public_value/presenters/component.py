"""Which bodies would gain from adopting a component: by kind and name, money first, and never in order of points."""

from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from catalogue.models import Component
from commons.formatting import number
from public_value.changes import ADOPT, MOST_CHANGES, Asked
from public_value.evidence.kept import Kept, kept_of
from public_value.methodology import Parameters
from public_value.models import Edition
from public_value.presenters.edition import breadcrumbs
from public_value.presenters.savings import over
from public_value.presenters.what_if import difference, no_saving, saving_rows
from public_value.supposing import Supposed, suppose_each
from public_value.what_if import open_share


def page(edition: Edition, component: Component, scores: Page) -> dict:
    """`scores` holds one page of `openings.open_to`."""
    parameters = Parameters.from_json(edition.parameters)
    found = kept_of(edition, list(scores.object_list), component.pk)
    cases = [(one, asked_of(one)) for one in found]
    results = suppose_each(parameters, cases) if cases else []
    horizon = parameters.saving.horizon
    pairs = zip(cases, results, strict=True)
    return {
        "edition": edition,
        "component": component,
        "rows": [row(one, asked, result, horizon) for (one, asked), result in pairs],
        "page": scores,
        "bodies": number(scores.paginator.count),
        "over": over(horizon),
        "draws": number(edition.draws),
        "prices": edition.base_financial_year,
        "breadcrumbs": breadcrumbs(edition, component.name),
    }


def asked_of(found: Kept) -> Asked:
    """The component for each of its functions in which something is left."""
    open_ones = (offer for offer in found.offers if open_share(found.arrays, offer.function_id))
    return Asked(adoptions={offer.function_id: offer for offer in open_ones})


def row(found: Kept, asked: Asked, result: Supposed, horizon: int) -> dict:
    score = found.score
    chosen = [(ADOPT, f"{found.cells[cell].slug}:{offer.slug}") for cell, offer in asked.adoptions.items()]
    where = reverse("public_value:what_if", args=[score.edition.label, score.organisation.slug])
    return {
        "kind": score.peer_group.label,
        "name": score.organisation.name,
        "href": f"{where}?{urlencode(chosen[:MOST_CHANGES])}",
        "functions": ", ".join(sorted(found.cells[cell].name for cell in asked.adoptions)),
        "savings": saving_rows(result, horizon),
        "no_saving": no_saving(result.moves),
        "unpriced": len(result.moves.unpriced) if result.moves.priced else 0,
        "difference": difference(result),
    }
