"""One edition: what it is, how far it reaches, and the bodies of one kind from A to Z."""

from django.core.paginator import Page
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.formatting import number
from commons.listing import Selection
from public_value.gate import HELD
from public_value.models import Edition, PublishedAs, Score
from public_value.presenters import sector, trend
from public_value.presenters.publication import address, publication
from public_value.presenters.robustness import robustness
from public_value.presenters.sensitivity import sensitivity
from public_value.presenters.words import missing, places
from public_value.wording import GRADES, HELD_WORDS, MISSING

HOME = {"text": gettext_lazy("Home"), "href": "/"}
INDEX = {"text": gettext_lazy("Public value"), "href": "/public-value/"}
ALONE = [HOME, {"text": INDEX["text"]}]


def described(editions: QuerySet) -> QuerySet:
    """Editions with what their pages need beside them, read in one question: the size and the hash of their open data,
    None where there are none, and the edition that their trends begin at."""
    kept = {"bundle_size": F("bundle__size"), "bundle_sha256": F("bundle__sha256")}
    return editions.select_related("compared_with").annotate(**kept)


def page(edition: Edition, selection: Selection, found: Page) -> dict:
    """The page of an edition, as `described` gives it. `selection` holds the bodies of the chosen kind, none where none
    is chosen."""
    covered = coverage(edition)
    chosen = next((row for row in covered if row["slug"] == selection.asked.value("peer_group")), None)
    return {
        "edition": edition,
        "publication": publication(edition),
        "coverage": covered,
        "total": whole(covered),
        "findings": findings(edition, whole(covered)),
        "savings": sector.of_edition(edition, told(covered)) if chosen is None else None,
        "trend": trend.of_edition(edition) if chosen is None else None,
        "chosen": chosen,
        "selection": selection,
        "page": found,
        "robustness": robustness(edition),
        "sensitivity": sensitivity(edition),
        "rows": [row_words(row) for row in found.object_list],
        "among": among(found.object_list),
        "breadcrumbs": breadcrumbs(edition),
    }


def breadcrumbs(edition: Edition, *below: str) -> list[dict]:
    own = {"text": edition.label}
    if below:
        own["href"] = address(edition)
    return [HOME, INDEX, own, *({"text": text} for text in below)]


def trail(text: str) -> list[dict]:
    return [HOME, INDEX, {"text": text}]


def coverage(edition: Edition) -> list[dict]:
    """How many bodies of each kind get a score, a range, no number, or are held; kinds from A to Z, one query."""
    hidden = Q(published_as=PublishedAs.NOT_PUBLISHED)
    shown = {face: Count("pk", filter=Q(published_as=face, held=False)) for face in PublishedAs.values}
    shown |= {"not_published": Count("pk", filter=hidden), HELD: Count("pk", filter=~hidden & Q(held=True))}
    groups = Score.objects.of(edition).listed().values("peer_group__slug", "peer_group__label")
    cost = {"cost": Sum("own_cost"), "tellers": Count("own_cost")}
    counted = groups.annotate(bodies=Count("pk"), **shown, **cost).order_by("peer_group__label", "peer_group__slug")
    return [
        {
            "slug": row["peer_group__slug"],
            "label": row["peer_group__label"] or _("No kind stated"),
            "bodies": row["bodies"],
            "score": row["score"],
            "band": row["band"],
            "held": row[HELD],
            "none": row["not_published"],
            "cost": row["cost"],
            "tellers": row["tellers"],
        }
        for row in counted
    ]


def whole(rows: list[dict]) -> dict:
    return {name: sum(row[name] for row in rows) for name in ("bodies", "score", "band", "held", "none")}


def told(rows: list[dict]) -> sector.Told:
    """What bodies stated that their own systems cost, of all kinds."""
    stated = [row for row in rows if row["tellers"]]
    return sector.Told(sum(row["cost"] for row in stated), sum(row["tellers"] for row in stated))


def findings(edition: Edition, total: dict) -> list[str]:
    """What the edition found, in sentences."""
    if total["none"] == total["bodies"]:
        return [
            _("No body gets a score in this edition: too little is known to work one out, and none is made up."),
            *common_wants(edition),
        ]
    counts = {name: number(value) for name, value in total.items()}
    held = _("%(held)s moved so far that somebody looks at them before they are shown.") % counts
    return [
        _("%(score)s of %(bodies)s bodies get a score, %(band)s only a range.") % counts,
        *([held] if total["held"] else []),
        _("For %(none)s there is not enough confirmed information, so there is no number.") % counts,
    ]


def common_wants(edition: Edition) -> list[str]:
    """What every body of the edition lacks."""
    lists = Score.objects.of(edition).listed().order_by().values_list("missing", flat=True)
    wanted = [set(codes) for codes in lists.distinct()]
    common = set.intersection(*wanted) if wanted else set()
    return [_("For every body:"), *missing([code for code in MISSING if code in common])] if common else []


def among(rows: list[dict]) -> dict | None:
    """Among how many of which kind the places of a list are: the same for all bodies of one kind."""
    placed = next((row for row in rows if row["rank_members"]), None)
    return placed and {"members": number(placed["rank_members"]), "group": placed["rank_group"]["name"]}


def row_words(row: dict) -> dict:
    """A row of the list with what a reader sees of it."""
    is_score, is_band = row["published_as"] == PublishedAs.SCORE, row["published_as"] == PublishedAs.BAND
    words = [HELD_WORDS] if row["published_as"] == HELD else missing(row["missing"])
    return row | {
        "is_score": is_score,
        "is_band": is_band,
        "grade_words": GRADES[row["grade"]],
        "places": places(row["rank_low"], row["rank_high"]),
        "missing_words": words,
    }
