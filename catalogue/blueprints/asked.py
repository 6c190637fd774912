"""Reading what an address asks to be put together."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from catalogue.blueprints.patterns import Pattern
from commons.listing.errors import BadParameter, ParameterError, nearest, shown

SLOT, ALSO, BODY, CASES = "slot-", "also", "body", "cases"
OTHERS = (ALSO, BODY, CASES, "format")
MOST_ALSO = 50
NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class Asked:
    """`choices` are components by slot, by their slugs. `body` is a slug, a name or a code as somebody wrote it."""

    choices: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    body: str = ""
    cases: Decimal | None = None

    @property
    def anything(self) -> bool:
        return bool(self.choices or self.also)

    def query(self, **changes) -> str:
        """The same as an address's parameters; `add` is a component more."""
        params = QueryDict(mutable=True)
        for slot, component in self.choices.items():
            params[f"{SLOT}{slot}"] = component
        params.setlist(ALSO, [*self.also, *([changes["add"]] if changes.get("add") else [])])
        if self.body:
            params[BODY] = self.body
        if self.cases is not None:
            params[CASES] = format(self.cases, "f")
        return params.urlencode()


def read(pattern: Pattern, params: QueryDict) -> Asked:
    """Raises BadParameter with every error at once. Blank values ask for nothing."""
    known = [*(f"{SLOT}{slot.slug}" for slot in pattern.slots), *OTHERS]
    errors = [
        ParameterError(shown(name), "unknown_parameter", f"There is no “{shown(name)}” here.{nearest(name, known)}")
        for name in params
        if name not in known
    ]
    errors += [
        ParameterError(name, "repeated", f"Give “{name}” once.")
        for name in params
        if name in known and name != ALSO and len(filled(params, name)) > 1
    ]
    cases = "".join(filled(params, CASES)[:1]).replace(",", "").replace(" ", "")
    if cases and not NUMBER.fullmatch(cases):
        errors.append(ParameterError(CASES, "not_a_number", "Write how many cases a year there are as a whole number."))
    also = list(dict.fromkeys(filled(params, ALSO)))
    if len(also) > MOST_ALSO:
        errors.append(ParameterError(ALSO, "too_many", f"Take at most {MOST_ALSO} components beside the slots."))
    if errors:
        raise BadParameter(errors)
    choices = {slot.slug: value for slot in pattern.slots for value in filled(params, f"{SLOT}{slot.slug}")}
    return Asked(choices, tuple(also), "".join(filled(params, BODY)), Decimal(cases) if cases else None)


def filled(params: QueryDict, name: str) -> list[str]:
    return [value.replace("\x00", " ").strip()[:300] for value in params.getlist(name) if value.strip("\x00 \t\r\n")]
