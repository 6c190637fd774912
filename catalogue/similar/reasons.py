"""Why a component or a function is like a question, in words. A likeness is never a bare number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.similar.facts import Facts, Overlap
from catalogue.similar.functions import Meant
from catalogue.similar.scoring import overlap

WORDS = 8  # named in a reason
LEVELS = {"very": "Very alike", "alike": "Alike", "somewhat": "Somewhat alike"}


@dataclass(frozen=True)
class Reason:
    """`kind` is repository, name, operations, columns, function, text or components; `shared` of `asked`, counted."""

    kind: str
    sentence: str
    words: tuple[str, ...] = ()
    shared: int | None = None
    asked: int | None = None


def of_component(facts: Facts, function: str) -> Iterator[Reason]:
    """The strongest reason first. `function` is the name of the one it is made for and the question is about."""
    if facts.same_repository:
        yield Reason("repository", _("Has the same source code address"))
    if facts.same_name:
        yield Reason("name", _("Has the same name"))
    if facts.operations and overlap(facts.operations):
        yield counted("operations", facts.operations)
    if facts.columns and overlap(facts.columns):
        yield counted("columns", facts.columns)
    if function:
        yield Reason("function", _("Is made for “%(function)s”") % {"function": function})
    words = tuple(dict.fromkeys(one.word for one in facts.words))
    if words:
        yield Reason("text", sharing(words), words)


def of_function(found: Meant) -> Iterator[Reason]:
    if found.words:
        yield Reason("name", _("Its name has %(words)s") % {"words": listed(found.words)}, found.words)
    if found.voters:
        sentence = ngettext(
            "%(number)s of the components most alike is made for it",
            "%(number)s of the components most alike are made for it",
            found.voters,
        )
        yield Reason("components", sentence % {"number": found.voters}, shared=found.voters)


def counted(kind: str, found: Overlap) -> Reason:
    """“12 of 15 operations are the same; it has 40”."""
    sentences = {
        "operations": _("%(shared)s of %(asked)s operations are the same; it has %(theirs)s"),
        "columns": _("%(shared)s of %(asked)s columns have the same names; it has %(theirs)s"),
    }
    said = sentences[kind] % {"shared": found.shared, "asked": found.asked, "theirs": found.theirs}
    return Reason(kind, said, shared=found.shared, asked=found.asked)


def sharing(words: tuple[str, ...]) -> str:
    return ngettext("Shares the word %(words)s", "Shares the words %(words)s", len(words)) % {"words": listed(words)}


def listed(words: tuple[str, ...]) -> str:
    """“bin”, “waste” and 3 more."""
    shown = [_("“%(word)s”") % {"word": word} for word in words[:WORDS]]
    beyond = len(words) - len(shown)
    if beyond:
        return _("%(words)s and %(number)s more") % {"words": _(", ").join(shown), "number": beyond}
    return _(" and ").join(filter(None, [_(", ").join(shown[:-1]), shown[-1]]))
