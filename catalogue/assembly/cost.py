"""What an assembly costs a year by its list prices. A blank stays a blank: it is never added up as nothing."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.assembly.parts import Assembly, Brick, Range

ZERO = Decimal(0)
NOTHING = Range(ZERO, ZERO)
NO_PRICE = "its price of a transaction is not stated"
NO_FEE = "its fixed fee is not stated"
NO_USES = "how often a case uses it is not stated"
NO_CASES = "how many cases a year there are is not known"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One component's year. `blanks` say in words what keeps `known` from being all of it."""

    brick: Brick
    transactions: Range | None
    known: Range
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cost:
    """`known` is the sum of what is known; where `blanks` is not 0, so many lines cost more than that, or may."""

    lines: tuple[Line, ...]
    known: Range
    blanks: int

    @property
    def complete(self) -> bool:
        return self.blanks == 0

    @property
    def anything(self) -> bool:
        """Whether the sum says anything: not where every line is blank throughout."""
        return self.complete or self.known.high > 0


def cost_of(assembly: Assembly) -> Cost:
    """Price of a transaction × cases × uses of a case, and the fixed fee once, for each component."""
    lines = tuple(line(assembly, brick) for brick in assembly.parts)
    known = Range(sum((each.known.low for each in lines), ZERO), sum((each.known.high for each in lines), ZERO))
    return Cost(lines=lines, known=known, blanks=sum(bool(each.blanks) for each in lines))


def line(assembly: Assembly, brick: Brick) -> Line:
    handled, unhandled = transactions(assembly, brick)
    running, unpriced = running_cost(brick, handled, unhandled)
    fee = ZERO if brick.fee is None else brick.fee
    blanks = [*unpriced, *([NO_FEE] if brick.fee is None else [])]
    known = Range(running.low + fee, running.high + fee)
    return Line(brick=brick, transactions=handled, known=known, blanks=tuple(blanks))


def transactions(assembly: Assembly, brick: Brick) -> tuple[Range | None, str]:
    """How many it handles a year over all slots that it fills; None with the reason where that is not known."""
    uses = [place.uses for place in assembly.places if assembly.chosen.get(place.slug) == brick.slug]
    if not uses or None in uses:
        return None, NO_USES
    a_case = Range(sum((each.low for each in uses if each), ZERO), sum((each.high for each in uses if each), ZERO))
    if a_case == NOTHING:
        return NOTHING, ""
    if assembly.cases is None:
        return None, NO_CASES
    return Range(a_case.low * assembly.cases.number, a_case.high * assembly.cases.number), ""


def running_cost(brick: Brick, handled: Range | None, unhandled: str) -> tuple[Range, list[str]]:
    """What its transactions cost, and the reasons why that is not known."""
    if brick.price == 0 or handled == NOTHING:
        return NOTHING, []
    if brick.price is None:
        return NOTHING, [NO_PRICE]
    if handled is None:
        return NOTHING, [unhandled]
    return Range(brick.price * handled.low, brick.price * handled.high), []
