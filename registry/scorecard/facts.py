"""What is known about one component: each fact with its day, its source and how it is found. Nothing is judged."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Component, Lifecycle, Profile

type Value = bool | int | date | str | None


@dataclass(frozen=True)
class Fact:
    """`value` is None where nobody stated it; a number of 0 was counted. `on` is the day of which it tells."""

    fact: str
    value: Value
    on: date | None
    source: str


def facts_of(component: Component) -> dict[str, Fact]:
    """`component` is as `held` gives it. Asks the database nothing."""
    profile = getattr(component, "profile", None)
    facts = [*described(component), *profiled(profile), *counted(component)]
    return {fact.fact: fact for fact in facts}


def described(component: Component) -> list[Fact]:
    """What its description says."""
    successor = component.successor
    named = successor.name if successor and successor.lifecycle != Lifecycle.DRAFT else ""
    said: dict[str, Value] = {
        "open_licence": component.open_licence,
        "documentation": component.documentation or None,
        "source_code": component.repository or None,
        "data_exportable": component.data_exportable,
        "open_standard": component.open_standard,
        "successor": named or None,
    }
    source = component.source or _("The component's description")
    return [Fact(name, value, day(component.updated_at), source) for name, value in said.items()]


def profiled(profile: Profile | None) -> list[Fact]:
    """What its profile says, where it has one."""
    found, on = profile or Profile(), day(profile.updated_at) if profile else None
    said: dict[str, Value] = {
        "released_on": found.released_on,
        "leaving": found.leaving or None,
        "security_statement": found.security_url or None,
        "accessibility_statement": found.accessibility_url or None,
        "support": found.support or None,
        "contact": found.contact_email or found.contact_url or None,
    }
    source = _("The component's profile")
    return [Fact(name, value, on, source) for name, value in said.items()]


def counted(component: Component) -> list[Fact]:
    """What is counted here, and so never blank, and what was read here."""
    read_at = component.api_read_at
    read_from = component.api_read_from or _("A text that was handed in")
    return [
        Fact("api_description_read", day(read_at), day(read_at), read_from if read_at else _("No text is kept")),
        Fact("stewards", component.stewards_count, day(component.stewards_on), _("Statements of stewardship")),
        Fact("standards", component.standards_count, day(component.updated_at), _("The component's description")),
        Fact("evidenced_adopters", component.proven_count, component.proven_on, _("Declarations of public bodies")),
    ]


def day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
