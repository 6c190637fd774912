"""What waits for a body's people, the most pressing first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.urls import reverse
from django.utils.translation import ngettext

from commons import formatting
from commons.listing.expressions import CountOf
from registry.hints import number_of_hints
from registry.models import (
    Challenge,
    ChallengeState,
    Import,
    ImportState,
    Membership,
    Organisation,
    Scope,
    Source,
    SourceState,
)
from registry.permissions import Actor, may_act_for
from registry.presenters import attestations, looks
from registry.workspace.portfolio import Row


@dataclass(frozen=True)
class ToDo:
    """One thing to do, with where. `number` is how many."""

    text: str
    href: str
    number: int


def to_do(body: Organisation, actor: Actor, rows: Collection[Row], on: date) -> list[ToDo]:
    """Nothing that is not there."""
    waits = waiting(body, on)
    things = [
        *to_answer(body, waits),
        *to_publish(body, rows, waits["imports"]),
        *to_confirm(body, rows, on),
        *of_others(body, waits),
    ]
    if may_act_for(actor, body, Scope.MEMBERS_WRITE):
        page = reverse("registry:members", args=[body.slug])
        things.append(thing(waits["people"], "%s person asks for a role", "%s people ask for a role", page))
    return [one for one in things if one.number]


def waiting(body: Organisation, on: date) -> dict:
    """How many there are of everything that is not in the portfolio, asked at once; `components` that are challenged
    by their slugs, one for each challenge."""
    challenges = Challenge.objects.filter(state=ChallengeState.OPEN)
    kept = body.stewardships.current().values("component")
    of_components = challenges.filter(organisation=None, component__in=kept)
    counts = {
        "challenges": challenges.filter(organisation=body),
        "attestations": attestations.asked_of(body, on),
        "imports": Import.objects.filter(organisation=body, state=ImportState.READY).exclude(new=0, changed=0),
        "sources": Source.objects.filter(organisation=body).in_state(SourceState.FAILING),
        "returned": looks.of_body(body),
        "people": Membership.objects.asked().filter(organisation=body),
    }
    found = Organisation.objects.filter(pk=body.pk).annotate(
        components=ArraySubquery(of_components.values("component__slug")),
        **{f"number_of_{name}": CountOf(rows) for name, rows in counts.items()},
    )
    row = found.values("components", *(f"number_of_{name}" for name in counts)).get()
    return {name.removeprefix("number_of_"): value for name, value in row.items()}


def thing(number: int, one: str, many: str, href: str) -> ToDo:
    return ToDo(ngettext(one, many, number) % formatting.number(number), href, number)


def to_answer(body: Organisation, waits: dict) -> list[ToDo]:
    """Challenges of what it says and of what it looks after, and stewards' own to attest."""
    page = f"{reverse('registry:challenge_list')}?state=open"
    components = urlencode({"component": sorted(set(waits["components"]))}, doseq=True)
    return [
        thing(
            waits["challenges"],
            "%s challenge to answer",
            "%s challenges to answer",
            f"{page}&organisation={body.slug}",
        ),
        thing(
            len(waits["components"]),
            "%s challenge of a component that you look after",
            "%s challenges of components that you look after",
            f"{page}&{components}",
        ),
        thing(
            waits["attestations"],
            "%s attestation asked of us",
            "%s attestations asked of us",
            reverse("registry:attestations", args=[body.slug]),
        ),
    ]


def to_publish(body: Organisation, rows: Collection[Row], imports: int) -> list[ToDo]:
    """What is prepared and not public yet."""
    drafts = [row.draft for row in rows if row.draft]
    ready = sum(1 for draft in drafts if draft.ready)
    page = f"{reverse('registry:workspace_of', args=[body.slug])}?status=draft"
    return [
        thing(
            imports,
            "%s import waits to be applied by an owner",
            "%s imports wait to be applied by an owner",
            f"{reverse('registry:import', args=[body.slug])}#uploaded",
        ),
        thing(ready, "%s draft waits for an owner", "%s drafts wait for an owner", page),
        thing(len(drafts) - ready, "%s draft is not finished", "%s drafts are not finished", page),
    ]


def to_confirm(body: Organisation, rows: Collection[Row], on: date) -> list[ToDo]:
    """What others know or said of it, and what is to be looked at again."""
    home = reverse("registry:workspace_of", args=[body.slug])
    standing = [one for row in rows for one in row.standing]
    return [
        thing(
            number_of_hints(body, on),
            "%s thing that we think you use: confirm, change or reject it",
            "%s things that we think you use: confirm, change or reject each",
            reverse("registry:hints", args=[body.slug]),
        ),
        thing(
            sum(1 for one in standing if one.declaration.inherited_from_id),
            "%s statement is from a predecessor: confirm, change or end it",
            "%s statements are from predecessors: confirm, change or end each",
            f"{home}?status=inherited",
        ),
        thing(
            sum(1 for one in standing if one.due),
            "%s statement to confirm",
            "%s statements to confirm",
            reverse("registry:confirm", args=[body.slug]),
        ),
        thing(
            sum(1 for one in standing if one.ending),
            "%s contract ends in the next 180 days",
            "%s contracts end in the next 180 days",
            f"{home}?status=ending",
        ),
    ]


def of_others(body: Organisation, waits: dict) -> list[ToDo]:
    """What machines and moderators found."""
    sources = f"{reverse('registry:source_list')}?organisation={body.slug}&state=failing"
    return [
        thing(waits["sources"], "%s source of ours cannot be read", "%s sources of ours cannot be read", sources),
        thing(
            waits["returned"],
            "%s component of ours was returned by the moderators",
            "%s components of ours were returned by the moderators",
            reverse("registry:organisation", args=[body.slug]),
        ),
    ]
