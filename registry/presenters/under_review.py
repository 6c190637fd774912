"""What of a body or a component is under review, read with it in one question."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from registry.models import About, Challenge, Declaration

TOLD = {
    "reference": "reference",
    "since": "raised_on",
    "about": "about",
    "function": "function_id",
    "component": "component_id",
    "system": "system",
    "function_name": "function__name",
    "component_name": "component__name",
}
Key = tuple[int | None, int | None, str]


def of_a_body() -> ArraySubquery:
    return told(Challenge.objects.filter(organisation=OuterRef("pk")))


def of_a_component() -> ArraySubquery:
    return told(Challenge.objects.filter(about=About.COMPONENT, component=OuterRef("pk")))


def told(challenges: Any) -> ArraySubquery:
    """The oldest first; nothing about drafts."""
    standing = challenges.listed().standing().order_by("raised_on", "pk")
    return ArraySubquery(standing.values_list(JSONObject(**TOLD)))


def in_words(found: Iterable[dict]) -> list[dict[str, Any]]:
    """{reference, since, words} for a page; `words` say which part of it is meant, blank for the whole."""
    return [{"reference": one["reference"], "since": parse_date(one["since"]), "words": words(one)} for one in found]


def words(one: dict) -> str:
    match one["about"]:
        case About.MISSING:
            return _("%(function)s: something missing") % {"function": one["function_name"]}
        case About.DECLARATION:
            named = one["component_name"] or one["system"]
            return f"{one['function_name']}: {named}" if named else one["function_name"]
        case About.PAYMENT:
            return _("A payment")
        case About.ORGANISATION:
            return _("Its record")
        case _:
            return ""


def by_statement(found: Iterable[dict]) -> dict[Key, dict[str, Any]]:
    """The oldest challenge of each statement, by what the statement is about."""
    said = [one for one in found if one["about"] == About.DECLARATION]
    return {
        (one["function"], one["component"], one["system"]): {
            "since": parse_date(one["since"]),
            "reference": one["reference"],
        }
        for one in reversed(said)
    }


def key_of(statement: Declaration) -> Key:
    return statement.function_id, statement.component_id, statement.system
