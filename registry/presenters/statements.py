"""What a body says about itself, statement by statement, as a page shows it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue.presenters.links import external
from commons import formatting
from registry.answers import strength
from registry.candidates import Candidate
from registry.models import STAGES_IN_USE, Declaration, DeclarationKind, Organisation
from registry.models.declaration import EXPIRES_AFTER


def of(body: Organisation, on: date) -> QuerySet:
    """Everything it says now, each with `answer`: what that alone would answer for its function."""
    return (
        Declaration.objects.listed()
        .current()
        .filter(organisation=body)
        .select_related("function", "component", "recorded_in")
        .annotate(answer=strength(on))
        .order_by("function__name", "component__name", "system", "pk")
    )


def sort_out(said: Iterable[Declaration], on: date) -> dict[str, list[Declaration]]:
    """`used`, `planned`, `stopped`, `own` and `answers` count today; `expired` are too old to."""
    kinds: dict[str, list[Declaration]] = {
        name: [] for name in ("used", "planned", "stopped", "own", "answers", "expired")
    }
    for statement in said:
        kinds[place(statement, on)].append(statement)
    return kinds


def place(statement: Declaration, on: date) -> str:
    if statement.stage == "retired":
        return "stopped"
    if not statement.confirmed or statement.confirmed < on - EXPIRES_AFTER:
        return "expired"
    if statement.kind == DeclarationKind.ADOPTION:
        return "used" if statement.stage in STAGES_IN_USE else "planned"
    return "own" if statement.kind == DeclarationKind.DUPLICATE else "answers"


def row(statement: Declaration, on: date, currency: str, beside: Candidate | None = None) -> dict:
    """One statement for a template. `beside` is a shared component for the same function."""
    return {
        "function": statement.function,
        "component": statement.component,
        "system": statement.system,
        "supplier": statement.supplier,
        "says": says(statement),
        "stage": statement.get_stage_display(),
        "coverage": "" if statement.coverage is None else formatting.percent(statement.coverage),
        "since": statement.since,
        "cost": cost(statement, currency),
        "contract_end": statement.contract_end,
        "confirmed": statement.confirmed,
        "evidence": statement.evidence,
        "source": external(statement.source_url),
        "reason": statement.reason,
        "exemption": exemption(statement, on),
        "beside": beside,
        "inherited": statement.inherited_from_id is not None,
    }


def says(statement: Declaration) -> str:
    """“Uses Sorrelpost”, “Runs its own: Emberfold Tax Roll”, “Not responsible”."""
    if statement.component:
        return f"{verb(statement.stage)} {statement.component.name}"
    if statement.system:
        return _("Runs its own: %(system)s") % {"system": statement.system}
    return statement.get_kind_display()


def verb(stage: str) -> str:
    return {"planned": _("Plans to use"), "retired": _("Stopped using"), "pilot": _("Tries")}.get(stage, _("Uses"))


def cost(statement: Declaration, currency: str) -> str:
    """“£522,100 a year, in prices of 2025 to 2026”; blank where no sum is stated."""
    if statement.annual_cost is None:
        return ""
    said = _("%(sum)s a year") % {"sum": formatting.money(statement.annual_cost, currency)}
    if not statement.price_fy:
        return said
    return _("%(cost)s, in prices of %(year)s") % {"cost": said, "year": formatting.financial_year(statement.price_fy)}


def exemption(statement: Declaration, on: date) -> str:
    if not statement.exempt_until:
        return ""
    words = _("Exempt until %(day)s") if statement.exempt_until >= on else _("Was exempt until %(day)s")
    said = words % {"day": formatting.plain_date(statement.exempt_until)}
    reason = statement.get_exempt_reason_display().lower()
    return f"{said} ({reason})" if reason else said
