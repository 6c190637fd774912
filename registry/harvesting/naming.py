"""Which bodies are meant by names that others wrote."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from registry.models import Identifier, Organisation


def organisations_named(names: Iterable[str]) -> Mapping[str, Organisation]:
    """The body of each name, where exactly one has it as its name, as another name, as its slug or as a code.

    Case, accents, punctuation and what stands in brackets at the end do not count. Codes may stand alone where only one
    scheme has them, or as `scheme:code`.
    """
    wanted = {name: folded(name) for name in names}
    if not wanted:
        return {}
    known: dict[str, set[int]] = {}
    bodies = {body.pk: body for body in Organisation.objects.only("pk", "slug", "name", "aliases")}
    for body in bodies.values():
        for called in (body.name, body.slug, *body.aliases):
            known.setdefault(folded(called), set()).add(body.pk)
    for scheme, code, number in Identifier.objects.values_list("scheme", "code", "organisation"):
        for called in (code, f"{scheme}:{code}"):
            known.setdefault(folded(called), set()).add(number)
    meant = {name: known.get(text, set()) or known.get(unbracketed(text), set()) for name, text in wanted.items()}
    return {name: bodies[next(iter(numbers))] for name, numbers in meant.items() if len(numbers) == 1}


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w()]+", " ", letters.replace("(", " (").replace(")", ") ")).split())


def unbracketed(text: str) -> str:
    """Without what stands in brackets at its end: `Comune di Monopoli (BA)`."""
    return re.sub(r"\s*\([^()]*\)$", "", text).strip()
