"""The page that answers “have we got this already?”."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.forms import AlreadyForm
from catalogue.presenters.components import row_in_words
from catalogue.similar import Answer, Likeness, Question
from catalogue.similar.question import LONGEST
from commons import formatting


def already_page(form: AlreadyForm, answer: Answer | None = None) -> dict[str, Any]:
    return {
        "form": form,
        "result": result(form.question, answer) if answer else None,
        "breadcrumbs": [{"text": _("Home"), "href": "/"}, {"text": _("Have we got this already?")}],
    }


def result(question: Question, answer: Answer) -> dict[str, Any]:
    return {
        "headline": headline(answer),
        "understood": understood(question),
        "components": [in_words(found) for found in answer.components],
        "functions": answer.functions,
    }


def headline(answer: Answer) -> str:
    found = len(answer.components)
    if not found:
        return _("Nothing like this was found")
    return ngettext("%(number)s component is like this", "%(number)s components are like this", found) % {
        "number": found
    }


def in_words(found: Likeness) -> dict[str, Any]:
    return {
        **row_in_words(dict(found.card)),
        "level": found.level_label,
        "reasons": [reason.sentence for reason in found.reasons],
    }


def understood(question: Question) -> list[str]:
    """Sentences on what was read besides words."""
    said = []
    if question.operations:
        number = len(question.operations)
        sentence = ngettext("%(number)s operation was read.", "%(number)s operations were read.", number)
        said.append(sentence % {"number": formatting.number(number)})
    if question.columns:
        number = len(question.columns)
        sentence = ngettext("%(number)s column was read.", "%(number)s columns were read.", number)
        said.append(sentence % {"number": formatting.number(number)})
    if question.unread:
        sentence = _("Only its words were compared, because it cannot be read as what it looks like: %(unread)s")
        said.append(sentence % {"unread": question.unread})
    if len(question.text) >= LONGEST:
        said.append(_("Only the first %(number)s characters were read.") % {"number": formatting.number(LONGEST)})
    return said


def warning(found: Sequence[Likeness]) -> str:
    """“3 components already do this”, where a description is about to be registered; blank where none does."""
    if not found:
        return ""
    sentence = ngettext(
        "%(number)s component may already do this", "%(number)s components may already do this", len(found)
    )
    return sentence % {"number": len(found)}
