"""What a reader supposes of one body, read from an address: every error at once, each in a sentence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from commons.listing import BadParameter, ParameterError
from commons.listing.errors import nearest, shown
from public_value.evidence.kept import Cell, Kept, Line, Offer
from public_value.methodology import EVIDENCE_LEVELS
from public_value.what_if import Adoption, Changes, open_share

ADOPT, RETIRE, EVIDENCE = "adopt", "retire", "evidence"
MOST_CHANGES = 15
"""In one address: the page that shows them all stays below its budget."""


@dataclass(frozen=True)
class Asked:
    """`adoptions` by function, `retired` and `evidence` by declaration, each as the address gave it."""

    adoptions: dict[int, Offer] = field(default_factory=dict)
    retired: set[int] = field(default_factory=set)
    evidence: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.adoptions or self.retired or self.evidence)

    @property
    def components(self) -> dict[int, int]:
        return {function: offer.component_id for function, offer in self.adoptions.items()}

    def changes(self, found: Kept) -> Changes:
        return Changes(
            adoptions=[
                Adoption(
                    function=function,
                    evolution=found.cells[function].evolution,
                    envelope=found.cells[function].envelope,
                    openness=offer.openness,
                )
                for function, offer in sorted(self.adoptions.items())
            ],
            retired=self.retired,
            evidence={line: EVIDENCE_LEVELS.index(grade) for line, grade in self.evidence.items()},
        )


def read(params: QueryDict, found: Kept, also: Iterable[str] = ()) -> Asked:
    """The changes that an address asks for; `also` are the face's own parameters. Raises BadParameter.

    A blank is no change: a form sends one for every question that was left as it is.
    """
    reader = _Reader(found)
    known = (ADOPT, RETIRE, EVIDENCE, *also)
    for name in params:
        if name not in known:
            reader.refuse(name, "unknown_parameter", _("There is no parameter “%(word)s” here."), name, known)
    given = {name: [text for text in params.getlist(name) if text] for name in (ADOPT, RETIRE, EVIDENCE)}
    if sum(map(len, given.values())) > MOST_CHANGES:
        reader.refuse(ADOPT, "too_many", _("Suppose at most %(word)s changes at a time."), str(MOST_CHANGES))
        raise BadParameter(reader.errors)
    asked = Asked(
        dict(reader.read(ADOPT, given[ADOPT], reader.adoption)),
        {declaration for declaration, _nothing in reader.read(RETIRE, given[RETIRE], reader.retirement)},
        dict(reader.read(EVIDENCE, given[EVIDENCE], reader.evidence)),
    )
    if reader.errors:
        raise BadParameter(reader.errors)
    return asked


class _Unusable(Exception):
    """A value that cannot be read: its code, the sentence, the word it is about and words that would do."""


class _Reader:
    def __init__(self, found: Kept) -> None:
        self.found, self.errors = found, []
        self.lines = {str(line.declaration_id): line for line in found.lines}
        self.cells = {cell.slug: cell for cell in found.cells.values()}

    def read[T](self, name: str, texts: list[str], one: Callable[[str], tuple[int, T]]) -> Iterator[tuple[int, T]]:
        seen: set[int] = set()
        for text in texts:
            try:
                place, value = one(text)
                if place in seen:
                    raise _Unusable("repeated", _("“%(word)s” comes after another choice for the same."), text)
                seen.add(place)
                yield place, value
            except _Unusable as unusable:
                self.refuse(name, *unusable.args)

    def refuse(self, name: str, code: str, sentence: str, word: str, known: Iterable[str] = ()) -> None:
        detail = sentence % {"word": shown(word)} + nearest(word, known)
        self.errors.append(ParameterError(shown(name), code, detail))

    def adoption(self, text: str) -> tuple[int, Offer]:
        """“function:component”."""
        function, _colon, component = text.partition(":")
        cell = self.cell(function)
        offers = {offer.slug: offer for offer in self.found.offers if offer.function_id == cell.function_id}
        if component not in offers:
            sentence = _("No shared component “%(word)s” is on offer for this function.")
            raise _Unusable("unknown_value", sentence, component, offers)
        if not open_share(self.found.arrays, cell.function_id):
            sentence = _("Nothing of “%(word)s” is left to share: all of it is shared or exempt.")
            raise _Unusable("nothing_left", sentence, function)
        return cell.function_id, offers[component]

    def cell(self, slug: str) -> Cell:
        if slug not in self.cells:
            sentence = _("No function “%(word)s” counts for this body. Ask for adopt=function:component.")
            raise _Unusable("unknown_value", sentence, slug, self.cells)
        self.refuse_paused(self.cells[slug].function_id, slug)
        return self.cells[slug]

    def retirement(self, text: str) -> tuple[int, None]:
        line = self.line(text)
        if not line.is_own:
            sentence = _("The declaration %(word)s is no system of its own that could be retired here.")
            raise _Unusable("not_own", sentence, text)
        return line.declaration_id, None

    def evidence(self, text: str) -> tuple[int, str]:
        """“declaration:grade”."""
        number, _colon, grade = text.partition(":")
        line = self.line(number)
        better = EVIDENCE_LEVELS[EVIDENCE_LEVELS.index(line.evidence) + 1 :]
        if grade not in better:
            sentence = _("“%(word)s” is no better evidence than the declaration has. Ask for evidence=declaration:E3.")
            raise _Unusable("not_better", sentence, grade)
        return line.declaration_id, grade

    def line(self, number: str) -> Line:
        if number not in self.lines:
            sentence = _("No declaration “%(word)s” of this body counts in this edition.")
            raise _Unusable("unknown_value", sentence, number)
        self.refuse_paused(self.lines[number].function_id, number)
        return self.lines[number]

    def refuse_paused(self, function: int, text: str) -> None:
        if function in self.found.paused:
            sentence = _("The body disputes what “%(word)s” is about. Nothing is supposed of it until that is settled.")
            raise _Unusable("disputed", sentence, text)
