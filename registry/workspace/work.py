"""One function of a body in hand: what stands, what is prepared, and how it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.models import Component, Function, Lifecycle, PeerGroup
from catalogue.presenters.links import external
from commons import formatting
from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Declaration, DeclarationKind, Draft, EvidenceLink, Organisation, ShownTo, Stage, Why
from registry.presenters.statements import verb
from registry.said import Hold, Said, from_json, problems

CANDIDATES_SHOWN = 12
HISTORY_SHOWN = 20
ENDING = (Lifecycle.DRAFT, Lifecycle.DEPRECATED, Lifecycle.RETIRED)


@dataclass(frozen=True)
class Work:
    """`statements` are those of the draft, or what stands where there is none."""

    body: Organisation
    function: Function
    standing: list[Declaration]
    draft: Draft | None
    statements: list[Said]

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def standing_ids(self) -> list[int]:
        return [one.pk for one in self.standing]

    @property
    def seen(self) -> list[int]:
        return self.draft.seen if self.draft else self.standing_ids

    @property
    def unchanged(self) -> dict[tuple[str, str], Declaration]:
        """What stands and is said again as it is, by what tells it apart."""
        again = {said.key: said for said in self.statements}
        pairs = [(said_of(one), one) for one in self.standing]
        return {said.key: one for said, one in pairs if again.get(said.key) == said}

    @property
    def is_behind(self) -> bool:
        """Whether something else was published since the draft was begun."""
        return self.draft is not None and set(self.draft.seen) != set(self.standing_ids)


def in_hand(body: Organisation, function: Function) -> Work:
    standing = list(of_cell(body, function).select_related("recorded_in__by"))
    draft = Draft.objects.filter(organisation=body, function=function).select_related("saved_by").first()
    statements = [from_json(said) for said in draft.statements] if draft else [said_of(one) for one in standing]
    return Work(body=body, function=function, standing=standing, draft=draft, statements=statements)


def with_answer(statements: Sequence[Said], place: int, said: Said) -> list[Said]:
    """The statements with this one at its place. An answer that stands alone takes the place of all, and gives way."""
    if said.kind not in (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE):
        return [said]
    kept = list(statements)
    kept[place : place + 1] = [said]
    return [one for one in kept if one.kind in (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)]


def candidates(body: Organisation, function: Function) -> list[Component]:
    """Components that serve the function and that bodies of this kind can take up, the most used first."""
    above = PeerGroup.objects.above(body.peer_group_id) if body.peer_group_id else []
    made_for = Q(available_to=None) | Q(available_to__in=list(above))
    offered = Component.objects.filter(made_for, functions=function).exclude(lifecycle__in=ENDING).distinct()
    return list(offered.select_related("entry").order_by("-entry__used_by", "name")[:CANDIDATES_SHOWN])


def link_words(statements: Sequence[Said]) -> dict[str, str]:
    """What is known of each evidence link: whether it answered, and when."""
    addresses = {said.source_url for said in statements if said.source_url}
    return {link.address: said_of_link(link) for link in EvidenceLink.objects.filter(address__in=addresses)}


def said_of_link(link: EvidenceLink) -> str:
    if link.failures:
        return _("It could not be read the last time: %(why)s") % {"why": link.failure}
    if link.answered_at is None:
        return _("It is looked at in the next minutes")
    return _("It answered on %(day)s") % {"day": formatting.plain_date(link.answered_at)}


def names_of(statements: Iterable[Said]) -> dict[str, str]:
    slugs = {said.component for said in statements if said.component}
    return dict(Component.objects.listed().filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def shown(statements: Sequence[Said], names: dict[str, str], currency: str, on: date) -> list[dict[str, Any]]:
    """Each statement for a template: a heading, its facts, and what is wrong with it."""
    wrong = problems(statements, on)
    return [
        {
            "place": place,
            "said": said,
            "heading": heading(said, names),
            "facts": facts(said, currency),
            "problems": [problem.sentence for problem in wrong if problem.statement == place],
        }
        for place, said in enumerate(statements)
    ]


def wrong_together(statements: Sequence[Said], on: date) -> list[str]:
    return [problem.sentence for problem in problems(statements, on) if problem.statement is None]


def heading(said: Said, names: dict[str, str]) -> str:
    if said.kind == DeclarationKind.ADOPTION:
        name = names.get(said.component) or said.component or _("a component that is not named yet")
        return f"{verb(said.stage)} {name}"
    if said.kind == DeclarationKind.DUPLICATE:
        return _("Runs its own: %(system)s") % {"system": said.system or _("not named yet")}
    return said.kind.label


def facts(said: Said, currency: str) -> list[dict[str, Any]]:
    """What is stated, in the order of the questions; `held` says who sees it."""
    rows = [
        (_("Stage"), Stage(said.stage).label if said.stage in Stage.values else "", None),
        (_("Supplier"), said.supplier, said.held.get("supplier")),
        (_("Name"), _("not named in public") if "system" in said.held else "", said.held.get("system")),
        (_("Since"), day(said.since), None),
        (_("Contract ends"), day(said.contract_end), said.held.get("contract_end")),
        (_("Cost a year"), cost(said, currency), said.held.get("annual_cost")),
        (_("Part of the work"), "" if said.coverage is None else formatting.percent(said.coverage), None),
        (_("Transactions a year"), "" if said.transactions is None else formatting.number(said.transactions), None),
        (_("Why nothing shared"), Why(said.why).label if said.why in Why.values else "", None),
        (_("In our words"), said.reason, None),
        (_("Evidence"), said.source_url, None),
        (_("Whom to ask"), said.contact, said.held.get("contact")),
    ]
    return [
        {
            "label": label,
            "value": value,
            "held": held_words(held),
            "href": external(value) if value == said.source_url else "",
        }
        for label, value, held in rows
        if value
    ]


def day(value: date | None) -> str:
    return formatting.plain_date(value) if value else ""


def cost(said: Said, currency: str) -> str:
    if said.annual_cost is None:
        return ""
    words = formatting.money(said.annual_cost, currency)
    return f"{words} ({formatting.financial_year(said.price_fy)})" if said.price_fy[:4].isdecimal() else words


def held_words(hold: Hold | None) -> str:
    if hold is None:
        return ""
    whom = _("seen by bodies of your kind") if hold.shown_to == ShownTo.PEERS else _("seen only by you")
    if hold.until is None:
        return whom
    return _("%(whom)s until %(day)s") % {"whom": whom, "day": formatting.plain_date(hold.until)}


def history(body: Organisation, function: Function) -> list[dict[str, Any]]:
    """What was recorded for the function, the newest first: by whom, and until when it stood."""
    said = Declaration.objects.filter(organisation=body, function=function).order_by("-recorded_in", "-pk")
    rows = said.select_related("component", "recorded_in__by", "superseded_in")[:HISTORY_SHOWN]
    return [
        {
            "at": one.recorded_in.at,
            "act": one.recorded_in.get_act_display(),
            "by": one.recorded_in.by or one.recorded_in.source,
            "what": f"{verb(one.stage)} {one.component}" if one.component else one.system or one.get_kind_display(),
            "until": one.superseded_in.at if one.superseded_in else None,
        }
        for one in rows
    ]
