"""What each change says, in words, as the public may read it."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons import formatting
from registry.history.reading import ENDED, KEPT, KEPT_NO_MORE, SAID, STEP, Change
from registry.history.who import Who, knowing
from registry.listings.declarations import CURRENCY, HELD
from registry.models import ChallengeStep, Declaration, Event, Organisation, Stewardship
from registry.presenters.statements import says

WHAT = {
    SAID: gettext_lazy("Said"),
    ENDED: gettext_lazy("Said no more"),
    KEPT: gettext_lazy("Looks after"),
    KEPT_NO_MORE: gettext_lazy("No longer looks after"),
    STEP: gettext_lazy("Challenge"),
    "source": gettext_lazy("Source"),
    "reorganisation": gettext_lazy("Reorganisation"),
    "edition": gettext_lazy("Edition of the index"),
    "lifecycle": gettext_lazy("Stage of life"),
    "name": gettext_lazy("Name"),
    "licence": gettext_lazy("Licence"),
    "price_per_transaction": gettext_lazy("Price of a transaction"),
    "fixed_fee": gettext_lazy("Fixed fee a year"),
    "type": gettext_lazy("Type"),
    "homepage": gettext_lazy("Homepage"),
    "nation": gettext_lazy("Nation"),
    "region": gettext_lazy("Region"),
    "start": gettext_lazy("Began"),
    "end": gettext_lazy("Ended"),
}
FIELDS = {
    "stage": gettext_lazy("Stage"),
    "supplier": gettext_lazy("Supplier"),
    "coverage": gettext_lazy("Coverage"),
    "transactions": gettext_lazy("Transactions a year"),
    "annual_cost": gettext_lazy("Cost a year"),
    "price_fy": gettext_lazy("Price year"),
    "since": gettext_lazy("Since"),
    "contract_end": gettext_lazy("Contract ends"),
    "confirmed": gettext_lazy("Last confirmed"),
    "evidence": gettext_lazy("Evidence"),
    "exempt_until": gettext_lazy("Exempt until"),
    "exempt_reason": gettext_lazy("Exempt because"),
    "why": gettext_lazy("Why no shared component is used"),
    "reason": gettext_lazy("In its own words"),
    "contact": gettext_lazy("Whom to ask"),
    "source_url": gettext_lazy("Source"),
}
LABELLED = ("stage", "evidence", "exempt_reason", "why")
KEEPING = Stewardship.objects.select_related("organisation", "component")
STEPS = ChallengeStep.objects.select_related(
    *(f"challenge__{name}" for name in ("organisation", "function", "component")), "organisation"
)
Row = dict[str, Any]


class Teller(ABC):
    """Rows of history from changes, some hundred at a time."""

    def __init__(self, *, inside: Collection[int] | None = ()) -> None:
        """`inside`: the bodies whose people's names are shown; None: everybody's."""
        self.inside = inside

    def rows(self, changes: Sequence[Change]) -> list[Row]:
        acts = Event.objects.select_related("by", "token__organisation")
        events = acts.in_bulk({one.event for one in changes} - {0})
        found = [
            self.row(change, events.get(change.event)) | told
            for change, told in zip(changes, self.told(changes, events), strict=True)
        ]
        names = knowing(events.values(), {row["body"] for row in found if row["body"]})
        for row in found:
            self.sign(row, names)
        return found

    @abstractmethod
    def told(self, changes: Sequence[Change], events: Mapping[int, Event]) -> Iterable[Row]:
        """Of each change what it is about and what it says. `body` is whose people are told by their role."""

    def row(self, change: Change, event: Event | None) -> Row:
        return {
            "at": change.at,
            "act": event.act if event else None,
            "act_label": event.get_act_display() if event else None,
            "what": change.what,
            "what_label": str(WHAT[change.what]),
            **dict.fromkeys(("organisation", "function", "component", "before", "after", "reference", "body")),
            "source": (event.source or None) if event else None,
            "event": change.event or None,
            "recorded": event,
        }

    def sign(self, row: Row, names: Who) -> None:
        event, body = row.pop("recorded"), row.pop("body")
        if event is None:
            row["who"] = None
            return
        shown = self.inside is None or (body is not None and body.pk in self.inside)
        row["who"] = names.inside(event, body) if shown else names.public(event, body)


class StatementTeller(Teller):
    """What was said, who looked after what, and what was challenged: at most five queries for each batch."""

    currency = ""

    def told(self, changes: Sequence[Change], events: Mapping[int, Event]) -> Iterable[Row]:
        stated = [change for change in changes if change.what in (SAID, ENDED)]
        said = statements({number for change in stated for number in (change.key, change.before)})
        kept = KEEPING.in_bulk(keys(changes, KEPT, KEPT_NO_MORE))
        steps = STEPS.in_bulk(keys(changes, STEP))
        self.currency = next((one.currency for one in said.values()), "")
        for change in changes:
            if change.what in (SAID, ENDED):
                yield self.of_statement(change, said)
            elif change.what in (KEPT, KEPT_NO_MORE):
                yield of_stewardship(change, kept[change.key])
            elif change.what == STEP:
                yield of_step(steps[change.key])
            else:
                yield {"before": change.was or None, "after": change.now or None}

    def of_statement(self, change: Change, said: dict[int, Declaration]) -> Row:
        one, earlier = said[change.key], said.get(change.before or 0)
        told = about(one.organisation, one.function, one.component)
        if change.what == ENDED:
            return told | {"before": self.whole(one)}
        if earlier is None:
            return told | {"after": self.whole(one)}
        old, new = self.fields(earlier), self.fields(one)
        changed = [name for name in FIELDS if old.get(name) != new.get(name)]
        if not changed:
            return told | {"before": says(earlier), "after": says(one)}
        return told | {"before": listed(says(earlier), old, changed), "after": listed(says(one), new, changed)}

    def whole(self, one: Declaration) -> str:
        told = self.fields(one)
        return listed(says(one), told, [name for name in FIELDS if name in told])

    def fields(self, one: Declaration) -> dict[str, str]:
        """What it states, in words. What it keeps back is only said to be."""
        told = {name: self.words(one, name) for name in FIELDS if getattr(one, name) not in (None, "")}
        return told | {name: _("kept back") for name in one.held if name in FIELDS}

    def words(self, one: Declaration, name: str) -> str:
        value = getattr(one, name)
        if name in LABELLED:
            return str(getattr(one, f"get_{name}_display")())
        if name == "annual_cost":
            return formatting.money(value, self.currency)
        if name == "coverage":
            return formatting.percent(value)
        if name == "transactions":
            return formatting.number(value)
        return formatting.plain_date(value) if hasattr(value, "isoformat") else str(value)


def statements(numbers: Collection[int | None]) -> dict[int, Declaration]:
    asked: QuerySet = Declaration.objects.select_related("organisation", "function", "component")
    return asked.annotate(held=HELD, currency=CURRENCY).in_bulk({one for one in numbers if one})


def keys(changes: Sequence[Change], *kinds: str) -> set[int]:
    return {change.key for change in changes if change.what in kinds}


def listed(name: str, told: Mapping[str, str], shown: Iterable[str], labels: Mapping[str, Any] = FIELDS) -> str:
    """“Uses Sorrelpost. Stage: Live; Cost a year: £1,200”."""
    facts = [f"{labels[one]}: {told.get(one) or _('not stated')}" for one in shown]
    return ". ".join(filter(None, [name, "; ".join(facts)]))


def difference(labels: Mapping[str, Any], before: Mapping[str, str], after: Mapping[str, str]) -> Row:
    """What differs of what stood before and what stands after; all that is stated where nothing stood before."""
    if not before:
        return {"after": listed("", after, [name for name in labels if after.get(name)], labels) or None}
    changed = [name for name in labels if before.get(name) != after.get(name)]
    return {side: listed("", told, changed, labels) or None for side, told in (("before", before), ("after", after))}


def about(body: Organisation | None, function=None, component=None) -> Row:
    return {
        "organisation": reference(body),
        "function": reference(function),
        "component": reference(component),
        "body": body,
    }


def reference(thing: Any) -> dict[str, str] | None:
    return {"slug": thing.slug, "name": thing.name} if thing else None


def of_stewardship(change: Change, one: Stewardship) -> Row:
    told = about(one.organisation, None, one.component)
    share = formatting.percent(one.share)
    return told | ({"after": share} if change.what == KEPT else {"before": share})


def of_step(step: ChallengeStep) -> Row:
    challenge = step.challenge
    told = about(challenge.organisation, challenge.function, challenge.component)
    if step.organisation is not None:
        told["body"] = step.organisation
    said = _("%(reference)s: %(step)s") % {"reference": challenge.reference, "step": step.get_kind_display()}
    return told | {"after": said, "reference": challenge.reference}
