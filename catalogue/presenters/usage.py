"""Who uses a component: by stage, by kind of body, on what evidence, and since when we know."""

from dataclasses import replace
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, ExpressionWrapper, Min, OuterRef, Q, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Component, PeerGroup
from catalogue.presenters import words
from catalogue.presenters.links import external
from commons.formatting import number
from public_value.charts import Bar, Figure, bars
from registry.models import STAGES_IN_USE, Evidence, Organisation
from registry.models.organisation import existing

KINDS_SAID = 3
ENDED = "Bodies that have ended"
# What a body may say, in the order of the table's columns; the blank one is silence.
SAID = {
    "uses": "Use it",
    "plans": "Plan to",
    "stopped": "Stopped",
    "expired": "Expired",
    "other": "Something else",
    "": "Have not said",
}

# The kinds of body that a component was made for, as {id, label}; none means all. Its page and its adopters' carry it.
OFFERED_TO = ArraySubquery(
    PeerGroup.objects.filter(components=OuterRef("pk"))
    .order_by("label")
    .values(group=JSONObject(id="id", label="label"))
)


def of(component: Component, on: date) -> dict:
    kinds = by_kind(component, on)
    total = totals(kinds)
    outside = component.external_independent_adopters
    return {
        "headline": headline(total),
        "anyone": any(kind["said"].get(said) for kind in kinds for said in ("uses", "plans", "stopped", "expired")),
        "total": total,
        "silence": silence(total[""]),
        "outside": words.bodies(outside) if outside else "",
        "table": table(kinds, total, headline(total, component.name)),
        "figure": picture(component, kinds, total),
        "evidence": evidence(component, on) if total["uses"] else [],
    }


def totals(kinds: list[dict]) -> dict[str, int]:
    """Of bodies that exist: what one said that has ended is said by its successor, if at all."""
    there = [kind for kind in kinds if kind["label"] != ENDED]
    return {said: sum(kind["said"].get(said, 0) for kind in there) for said in SAID}


def headline(total: dict[str, int], name: str = "") -> str:
    """“594 public bodies use GOV.UK Pay, 48 stopped”; without a name, “use it”."""
    name = name or _("it")
    if not total["uses"]:
        return _("No public body has declared that it uses %(name)s") % {"name": name}
    verb = ngettext("uses", "use", total["uses"])
    parts = [f"{words.bodies(total['uses'])} {verb} {name}"]
    if total["plans"]:
        parts.append(_("%(count)s plan to") % {"count": number(total["plans"])})
    if total["stopped"]:
        parts.append(_("%(count)s stopped") % {"count": number(total["stopped"])})
    return ", ".join(parts)


def silence(bodies: int) -> str:
    """How many bodies have not answered for what the component does; blank where all have."""
    if not bodies:
        return ""
    sentence = ngettext(
        "%(count)s public body that could use it has not said how it does this work.",
        "%(count)s public bodies that could use it have not said how they do this work.",
        bodies,
    )
    return sentence % {"count": number(bodies)}


def by_kind(component: Component, on: date) -> list[dict]:
    """{label, said: {what: bodies}} for each kind of body; bodies that ended stand apart, in a kind of their own."""
    rows = (
        Organisation.objects.towards(component, on)
        .annotate(
            kind=Coalesce("peer_group__label", NullIf("type", Value("")), Value(_("No kind stated"))),
            exists_now=ExpressionWrapper(existing(on), output_field=BooleanField()),
        )
        .order_by()
        .values_list("kind", "peer_group", "exists_now", "said")
        .annotate(bodies=Count("pk"))
    )
    offered = {group["id"] for group in component.offered_to}
    kinds: dict[str, dict] = {}
    for label, group, exists_now, said, count in rows:
        if said == "" and (not exists_now or (offered and group not in offered)):
            continue
        kind = kinds.setdefault(label if exists_now else ENDED, {})
        kind[said] = kind.get(said, 0) + count
    ordered = sorted(kinds.items(), key=lambda item: (item[0] == ENDED, -item[1].get("uses", 0), item[0]))
    return [{"label": label, "said": said} for label, said in ordered]


def table(kinds: list[dict], total: dict[str, int], title: str) -> dict:
    """What each kind of body says, and all of them: the answers that nobody gives are left out."""
    shown = [said for said in SAID if total[said] or said in ("uses", "")]

    def row(label: str, said: dict[str, int]) -> list[str]:
        return [label, *(number(said.get(one, 0)) for one in shown), number(sum(said.values()))]

    return {
        "title": title,
        "columns": [_("Kind of body"), *(SAID[said] for said in shown), _("All")],
        "rows": [
            *(row(kind["label"], kind["said"]) for kind in kinds if kind["label"] != ENDED),
            row(_("All kinds"), total),
            *(row(kind["label"], kind["said"]) for kind in kinds if kind["label"] == ENDED),
        ],
        "links": (),
    }


def picture(component: Component, kinds: list[dict], total: dict[str, int]) -> Figure | None:
    """Bars of the bodies that use it, where more kinds than one do, with the whole table of what each kind says."""
    users = [kind for kind in kinds if kind["said"].get("uses") and kind["label"] != ENDED]
    if len(users) < 2:
        return None
    figure = bars(
        id="users",
        title=_("Used most by: %(kind)s") % {"kind": users[0]["label"]},
        overview=_("Bodies that use %(name)s, by kind: %(kinds)s.")
        % {"name": component.name, "kinds": listed([(kind["label"], kind["said"]["uses"]) for kind in users])},
        rows=[Bar(kind["label"], [kind["said"]["uses"]]) for kind in users],
        measure=SAID["uses"],
        show=number,
    )
    whole = table(kinds, total, figure.title)
    return replace(figure, columns=whole["columns"], rows=whole["rows"], links=())


def listed(users: list[tuple[str, int]]) -> str:
    """“District 92, County 12 and 7 other kinds”."""
    said = [f"{label} {number(count)}" for label, count in users[:KINDS_SAID]]
    rest = len(users) - KINDS_SAID
    more = [ngettext("%(n)s other kind", "%(n)s other kinds", rest) % {"n": rest}] if rest > 0 else []
    *head, last = said + more
    return _(" and ").join([", ".join(head), last]) if head else last


def evidence(component: Component, on: date) -> list[dict]:
    """How well the uses are evidenced, best first: {words, bodies, stages, since, sources, source}."""
    stated = ~Q(source_url="")
    rows = (
        component.declarations.current()
        .in_use()
        .counting(on)
        .values("evidence")
        .annotate(
            bodies=Count("organisation", distinct=True),
            **{stage: Count("organisation", distinct=True, filter=Q(stage=stage)) for stage in STAGES_IN_USE},
            first=Min("since"),
            sources=Count("source_url", distinct=True, filter=stated),
            source=Min("source_url", filter=stated),
        )
        .order_by("-evidence")
    )
    return [
        {
            "words": Evidence(row["evidence"]).label if row["evidence"] else _("No evidence stated"),
            "bodies": words.bodies(row["bodies"]),
            "stages": ", ".join(f"{stage.label.lower()} {number(row[stage])}" for stage in STAGES_IN_USE if row[stage]),
            "since": row["first"],
            "sources": words.sources(row["sources"]) if row["sources"] else _("No source stated"),
            "source": external(row["source"]) if row["sources"] == 1 else None,
        }
        for row in rows
    ]
