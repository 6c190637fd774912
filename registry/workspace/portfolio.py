"""What a body's portfolio holds: each function that it could answer for, what it says there, and what is to be done."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from catalogue.models import Function
from commons import formatting
from registry.actions.declarations.confirming import confirmable
from registry.actions.declarations.rows import said_of, with_all
from registry.hints import hints
from registry.models import (
    Challenge,
    ChallengeState,
    Declaration,
    Draft,
    Import,
    ImportState,
    Membership,
    Organisation,
    Scope,
    Source,
    SourceState,
)
from registry.permissions import Actor, may_act_for
from registry.presenters import asked, attestations, looks, statements
from registry.said import Said

CONTRACTS_WITHIN = timedelta(days=180)
STATUSES = {
    "due": gettext_lazy("To confirm"),
    "inherited": gettext_lazy("From a predecessor"),
    "draft": gettext_lazy("Has a draft"),
    "ending": gettext_lazy("Contract ends in 180 days"),
    "unanswered": gettext_lazy("Not answered"),
    "used": gettext_lazy("Uses a shared component"),
    "own": gettext_lazy("Runs its own"),
    "planned": gettext_lazy("Plans to use"),
    "stopped": gettext_lazy("Stopped using"),
    "answers": gettext_lazy("Not responsible, or not sure"),
    "expired": gettext_lazy("Too old to count"),
}


@dataclass(frozen=True)
class Standing:
    """A declaration as its own body sees it: `said` has what is kept back. `place` is one of STATUSES."""

    declaration: Declaration
    said: Said
    place: str
    due: bool
    ending: bool
    confirmable: bool

    @property
    def name(self) -> str:
        """The component or the system; what is answered where there is neither."""
        component = self.declaration.component
        return component.name if component else self.said.system or self.declaration.get_kind_display()


@dataclass
class Row:
    """One function of the portfolio."""

    function: Function
    standing: list[Standing] = field(default_factory=list)
    draft: Draft | None = None
    others: int = 0  # bodies of the kind that have answered

    @property
    def statuses(self) -> set[str]:
        found = {one.place for one in self.standing} or {"unanswered"}
        marks = {
            "due": any(one.due for one in self.standing),
            "inherited": any(one.declaration.inherited_from_id for one in self.standing),
            "ending": any(one.ending for one in self.standing),
            "draft": self.draft is not None,
        }
        return found | {name for name, marked in marks.items() if marked}


def standing_of(declaration: Declaration, on: date) -> Standing:
    said = said_of(declaration)
    return Standing(
        declaration=declaration,
        said=said,
        place=statements.place(declaration, on),
        due=declaration.is_due(on),
        ending=said.contract_end is not None and on <= said.contract_end <= on + CONTRACTS_WITHIN,
        confirmable=confirmable(declaration),
    )


def portfolio(body: Organisation, on: date, version: str = "") -> list[Row]:
    """Every function that the body says something about, prepares something for, or could answer for, by name."""
    current = Declaration.objects.current().filter(organisation=body)
    said = list(with_all(current).select_related("function", "component", "recorded_in"))
    drafts = list(Draft.objects.filter(organisation=body).select_related("function", "saved_by"))
    rows: dict[int, Row] = {}
    for one in said:
        rows.setdefault(one.function_id, Row(one.function)).standing.append(standing_of(one, on))
    for draft in drafts:
        rows.setdefault(draft.function_id, Row(draft.function)).draft = draft
    for known in asked.of(body, on, {one.function_id for one in said}, version):
        function = Function(pk=known.id, slug=known.slug, name=known.name)
        rows.setdefault(known.id, Row(function)).others = known.others
    return sorted(rows.values(), key=lambda row: (row.function.name.casefold(), row.function.slug))


def narrowed(rows: Collection[Row], *, text: str, status: str) -> list[Row]:
    """Those of one status, and with all the words in the names of the function or of what does it."""
    words = text.casefold().split()

    def names(row: Row) -> str:
        return " ".join([row.function.name, *(f"{one.name} {one.said.supplier}" for one in row.standing)])

    return [
        row
        for row in rows
        if (not status or status in row.statuses) and all(word in names(row).casefold() for word in words)
    ]


@dataclass(frozen=True)
class ToDo:
    """One thing to do, with where. `number` is how many."""

    text: str
    href: str
    number: int


def to_do(body: Organisation, actor: Actor, rows: Collection[Row], on: date) -> list[ToDo]:
    """What waits for the body's people, the most pressing first; nothing that is not there."""
    home = reverse("registry:workspace_of", args=[body.slug])
    standing = [one for row in rows for one in row.standing]
    drafts = [row.draft for row in rows if row.draft]
    ready = sum(1 for draft in drafts if draft.ready)
    failing = Source.objects.filter(organisation=body).in_state(SourceState.FAILING).count()
    sources = f"{reverse('registry:source_list')}?organisation={body.slug}&state=failing"
    things = [
        *to_answer(body),
        thing(
            Import.objects.filter(organisation=body, state=ImportState.READY).exclude(new=0, changed=0).count(),
            "%s import waits to be applied by an owner",
            "%s imports wait to be applied by an owner",
            f"{reverse('registry:import', args=[body.slug])}#uploaded",
        ),
        attestations_asked(body, on),
        thing(ready, "%s draft waits for an owner", "%s drafts wait for an owner", f"{home}?status=draft"),
        thing(
            len(hints(body, on)),
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
        thing(len(drafts) - ready, "%s draft is not finished", "%s drafts are not finished", f"{home}?status=draft"),
        thing(failing, "%s source of ours cannot be read", "%s sources of ours cannot be read", sources),
        thing(
            looks.of_body(body),
            "%s component of ours was returned by the moderators",
            "%s components of ours were returned by the moderators",
            reverse("registry:organisation", args=[body.slug]),
        ),
        people_asking(body) if may_act_for(actor, body, Scope.MEMBERS_WRITE) else None,
    ]
    return [one for one in things if one is not None and one.number]


def thing(number: int, one: str, many: str, href: str) -> ToDo:
    return ToDo(ngettext(one, many, number) % formatting.number(number), href, number)


def to_answer(body: Organisation) -> list[ToDo]:
    """Challenges of what it says, and of the components that it looks after."""
    waiting, page = (
        Challenge.objects.filter(state=ChallengeState.OPEN),
        f"{reverse('registry:challenge_list')}?state=open",
    )
    kept = body.stewardships.current().values_list("component__slug", flat=True)
    asked = list(waiting.filter(organisation=None, component__slug__in=kept).values_list("component__slug", flat=True))
    components = urlencode({"component": sorted(set(asked))}, doseq=True)
    return [
        thing(
            waiting.filter(organisation=body).count(),
            "%s challenge to answer",
            "%s challenges to answer",
            f"{page}&organisation={body.slug}",
        ),
        thing(
            len(asked),
            "%s challenge of a component that you look after",
            "%s challenges of components that you look after",
            f"{page}&{components}",
        ),
    ]


def attestations_asked(body: Organisation, on: date) -> ToDo:
    """Of components that it looks after."""
    page = reverse("registry:attestations", args=[body.slug])
    waiting = attestations.asked_of(body, on).count()
    return thing(waiting, "%s attestation asked of us", "%s attestations asked of us", page)


def people_asking(body: Organisation) -> ToDo:
    waiting = Membership.objects.asked().filter(organisation=body).count()
    page = reverse("registry:members", args=[body.slug])
    return thing(waiting, "%s person asks for a role", "%s people ask for a role", page)
