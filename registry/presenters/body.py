"""One body's page: what it shares, what it runs itself, what it has not told us."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from catalogue.models import Lifecycle
from catalogue.presenters.links import external
from registry import candidates
from registry.answers import Answer
from registry.independence import Cap, caps
from registry.listings.declarations import CURRENCY
from registry.models import Declaration, Identifier, Notice, Organisation, Payment, SpendFile, Stewardship
from registry.presenters import asked, history, lineage, standing, statements, under_review, words

# What a notice says.
ENDING = {
    "slug": "deprecation__component__slug",
    "name": "deprecation__component__name",
    "successor": "deprecation__successor__slug",
    "successor_name": "deprecation__successor__name",
    "on": "deprecation__ends_on",
}
HELD_SHOWN, OWN_SHOWN, USED_SHOWN, EXPIRED_SHOWN = 20, 40, 60, 20


@cache
def described() -> QuerySet:
    """Bodies with everything that their page needs of them, so that one query reads it. Never read itself: to put this
    question together takes longer than to ask it."""
    codes = Identifier.objects.filter(organisation=OuterRef("pk")).order_by("scheme", "code")
    held = Stewardship.objects.current().exclude(component__lifecycle=Lifecycle.DRAFT)
    component = JSONObject(slug="component__slug", name="component__name", summary="component__summary", share="share")
    return lineage.related(Organisation.objects.select_related("peer_group", "parent")).annotate(
        codes=ArraySubquery(codes.values_list(JSONObject(scheme="scheme", code="code"))),
        held=ArraySubquery(held.filter(organisation=OuterRef("pk")).order_by("component__name").values_list(component)),
        ending=ArraySubquery(
            Notice.objects.standing()
            .filter(organisation=OuterRef("pk"))
            .exclude(deprecation__component__lifecycle=Lifecycle.DRAFT)
            .order_by("deprecation__ends_on", "deprecation__component__name")
            .values_list(JSONObject(**ENDING))
        ),
        challenged=under_review.of_a_body(),
        has_payments=Exists(Payment.objects.filter(organisation=OuterRef("pk"))),
        has_files=Exists(SpendFile.objects.filter(organisation=OuterRef("pk"))),
        currency=CURRENCY,
    )


def page(body: Organisation, on: date, *, version: str = "") -> dict:
    """`body` as read from `described`. What is the same for all bodies of its kind is kept under the database's
    `version`, where it has one."""
    said = list(statements.of(body, on))
    kinds = statements.sort_out(said, on)
    could_answer = asked.of(body, on, {statement.function_id for statement in said}, version)
    answers = standing.answers(said, could_answer)
    beside = candidates.best({statement.function_id for statement in kinds["own"]}, on, body)
    capped = caps([(one.pk, one.evidence) for one in kinds["used"]], on)
    untold = [function for function in could_answer if answers[function.id] == Answer.NOT_ANSWERED]
    return {
        "body": body,
        "kind": asked.kind_name(body),
        "lineage": lineage.of(body, on),
        "sentences": sentences(body, kinds, beside, answers, on),
        "figure": standing.picture(body.name, asked.kind_name(body), answers) if said and answers else None,
        **{name: rows(kinds[name], on, body, beside, capped) for name in kinds},
        "challenged": under_review.in_words(body.challenged),
        "untold": sorted(untold, key=lambda function: (-function.others, function.name)),
        "letter": None if said else asked.letter(body),
        "said": len(said),
        "confirmed": max((statement.confirmed for statement in said if statement.confirmed), default=None),
        "sources": sorted({statement.recorded_in.source for statement in said if statement.recorded_in.source}),
        "homepage": external(body.homepage),
        "ending": [{**notice, "on": parse_date(notice["on"])} for notice in body.ending],
        "history": history.of(body),
        "today": on,
        "shown": {"held": HELD_SHOWN, "own": OWN_SHOWN, "used": USED_SHOWN, "expired": EXPIRED_SHOWN},
        "breadcrumbs": breadcrumbs(body),
    }


def rows(kind: Iterable[Declaration], on: date, body: Organisation, beside: dict, capped: dict[int, Cap]) -> list[dict]:
    reviewed = under_review.by_statement(body.challenged)
    return [
        statements.row(one, on, body.currency, beside.get(one.function_id))
        | {"review": reviewed.get(under_review.key_of(one)), "cap": capped[one.pk].words if one.pk in capped else ""}
        for one in kind
    ]


def breadcrumbs(body: Organisation, *below: str) -> list[dict]:
    own = (
        {"text": body.name, "href": reverse("registry:organisation", args=[body.slug])}
        if below
        else {"text": body.name}
    )
    return [
        {"text": _("Organisations"), "href": reverse("registry:organisation_list")},
        own,
        *({"text": text} for text in below),
    ]


def sentences(body: Organisation, kinds: dict, beside: dict, answers: dict[int, Answer], on: date) -> list[str]:
    """What it shares, what it runs, what it has not told: three sentences that a citizen can read."""
    ended = lineage.state(body, on) == "ended"
    if not any(kinds.values()):
        if ended:
            return [_("%(name)s ended without telling us how it did its work.") % {"name": body.name}]
        return [_("%(name)s has not told us yet how it does its work. You can ask it.") % {"name": body.name}]
    if ended:
        return [_("What it last said:"), sharing(body, kinds), running(kinds, beside)]
    return [sharing(body, kinds), running(kinds, beside), silence(answers)]


def sharing(body: Organisation, kinds: dict) -> str:
    used = len({statement.component_id for statement in kinds["used"]})
    held = len(body.held)
    if not used and not held:
        return _("%(name)s has not said that it uses any shared component.") % {"name": body.name}
    parts = [
        _("uses %(components)s") % {"components": words.uses(used)} if used else "",
        _("looks after %(components)s that others can use") % {"components": words.components(held)} if held else "",
    ]
    return f"{body.name} {words.listed(parts)}."


def running(kinds: dict, beside: dict) -> str:
    own = kinds["own"]
    if not own:
        return _("It has not said that it runs any system of its own.")
    shareable = sum(1 for statement in own if statement.function_id in beside)
    said = _("It runs %(systems)s") % {"systems": words.systems(len(own))}
    if not shareable:
        return f"{said}."
    return _("%(said)s; beside %(shareable)s of them stands a shared component for the same work.") % {
        "said": said,
        "shareable": words.number(shareable),
    }


def silence(answers: dict[int, Answer]) -> str:
    untold = sum(1 for answer in answers.values() if answer == Answer.NOT_ANSWERED)
    if not untold:
        return _("It has answered for every function that bodies of its kind answer for.")
    return _("It has not told us how it does %(untold)s of the %(total)s that bodies of its kind answer for.") % {
        "untold": words.number(untold),
        "total": words.functions(len(answers)),
    }
