"""The scorecard of a component in words and as JSON, and the page that explains facts and rules. Never a total."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Component, ComponentKind
from catalogue.presenters.links import external
from commons.formatting import number, plain_date, stated
from registry.scorecard import Fact, Result, Rule, Verdict, facts_of, judged, rule_book

RESULTS = {
    Result.YES: "yes",
    Result.NO: "no",
    Result.NOT_STATED: "not stated",
    Result.NOT_APPLICABLE: "not applicable",
}


def of(component: Component, on: date) -> dict:
    """Rows of what each rule says; `component` is as `registry.scorecard.held` gives it."""
    verdicts = verdicts_of(component, on)
    return {
        "rows": [row(one) for one in verdicts if one.result != Result.NOT_APPLICABLE],
        "left_out": ", ".join(one.rule.text for one in verdicts if one.result == Result.NOT_APPLICABLE),
        "version": rule_book().version,
    }


def verdicts_of(component: Component, on: date) -> list[Verdict]:
    return judged(facts_of(component), component.kind, component.lifecycle, on)


def row(verdict: Verdict) -> dict:
    fact = verdict.fact
    return {
        "rule": verdict.rule.rule,
        "text": verdict.rule.text,
        "result": RESULTS[verdict.result],
        "is_stated": verdict.result != Result.NOT_STATED,
        "label": verdict.meaning.label,
        "value": in_words(verdict),
        "on": fact.on,
        "source": external(fact.source),
    }


def in_words(verdict: Verdict) -> str:
    """The fact's value, but for long texts, which stand elsewhere on the page."""
    value = verdict.fact.value
    if isinstance(value, date):
        return plain_date(value)
    if isinstance(value, str):
        return external(value)["text"] if external(value)["href"] else _("stated")
    return str(stated(value)) if isinstance(value, bool) or value is None else number(value)


def document(component: Component, on: date) -> dict[str, Any]:
    """As JSON: facts with day, source and formula; and, apart, what each rule says."""
    verdicts, facts, book = verdicts_of(component, on), facts_of(component), rule_book()
    return {
        "component": {"slug": component.slug, "name": component.name},
        "on": on.isoformat(),
        "facts": [fact_json(facts[name], book.facts[name].label, book.facts[name].formula) for name in book.facts],
        "rules_version": book.version,
        "rules": [
            {"rule": one.rule.rule, "text": one.rule.text, "fact": one.rule.fact, "result": one.result.value}
            for one in verdicts
        ],
    }


def fact_json(fact: Fact, label: str, formula: str) -> dict[str, Any]:
    value = fact.value.isoformat() if isinstance(fact.value, date) else fact.value
    return {
        "fact": fact.fact,
        "label": label,
        "value": value,
        "value_status": "not_answered" if value is None else None,
        "on": fact.on.isoformat() if fact.on else None,
        "source": fact.source,
        "formula": formula,
    }


def explained() -> dict:
    """The page of the rules."""
    book = rule_book()
    return {
        "version": book.version,
        "published": date.fromisoformat(book.published),
        "facts": book.facts.values(),
        "rules": [
            {
                "rule": rule.rule,
                "text": rule.text,
                "label": book.facts[rule.fact].label,
                "fact": rule.fact,
                "condition": condition(rule),
                "kinds": ", ".join(str(ComponentKind(kind).label).lower() for kind in rule.kinds),
            }
            for rule in book.rules
        ],
        "breadcrumbs": [
            {"text": _("Components"), "href": reverse("catalogue:component_list")},
            {"text": _("Scorecards")},
        ],
    }


def condition(rule: Rule) -> str:
    if rule.is_ is not None:
        said = _("is yes") if rule.is_ else _("is no")
    elif rule.at_least is not None:
        said = _("is %(number)s or more") % {"number": number(rule.at_least)}
    elif rule.within_months is not None:
        said = _("is in the last %(number)s months") % {"number": number(rule.within_months)}
    else:
        said = _("is stated")
    if rule.lifecycles is None:
        return said
    stages = ", ".join(filter(None, rule.lifecycles))
    return _("%(said)s; only at the stages %(stages)s") % {"said": said, "stages": stages}
