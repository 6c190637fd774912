"""From a statement to rows and back. A declaration holds public values; what is kept back stands beside it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from catalogue.models import Component, Function
from registry.models import Declaration, DeclarationKind, Event, Organisation, ShownTo, Withheld
from registry.models.withheld import NOT_NAMED
from registry.said import VALUES, Hold, Said

BLANK = {field.attname: field.get_default() for field in Declaration._meta.concrete_fields}
CARRIED = [name for name in BLANK if name not in ("id", "recorded_in_id", "superseded_in_id")]
# A record that anybody can check: who is paid, how much, until when, for how much work (the index's O).
OPEN_BOOK = {
    DeclarationKind.ADOPTION: ("annual_cost", "transactions", "since"),
    DeclarationKind.DUPLICATE: ("supplier", "annual_cost", "contract_end", "transactions"),
}
PLAIN = [name for name in VALUES if name not in ("kind", "component")]


def of_cell(organisation: Organisation, function: Function) -> QuerySet[Declaration]:
    """What a body says now about one function, with what it keeps back."""
    return with_all(Declaration.objects.current().filter(organisation=organisation, function=function))


def with_all(declarations: QuerySet[Declaration]) -> QuerySet[Declaration]:
    return declarations.select_related("component").prefetch_related("withheld").order_by("pk")


def said_of(declaration: Declaration) -> Said:
    """The statement as its body made it, kept-back values included. Read by `with_all`."""
    values: dict[str, Any] = {name: getattr(declaration, name) for name in PLAIN}
    held = {}
    for kept in declaration.withheld.all():
        values[kept.field] = kept.value
        if kept.field == "annual_cost":
            values["price_fy"] = kept.price_fy
        held[kept.field] = Hold(ShownTo(kept.shown_to), kept.until)
    slug = declaration.component.slug if declaration.component else ""
    return Said(kind=DeclarationKind(declaration.kind), component=slug, **values, held=held)


def made(
    said: Said, organisation: Organisation, function: Function, component: Component | None, taken: set[str]
) -> tuple[Declaration, list[Withheld]]:
    """The row of a statement and what it keeps back; neither saved. `taken` are system names of the function in use."""
    public: dict[str, Any] = {name: getattr(said, name) for name in PLAIN}
    for name in said.held:
        public[name] = None if name in ("annual_cost", "contract_end") else ""
        if name == "annual_cost":
            public["price_fy"] = ""
    if "system" in said.held:
        public["system"] = not_named(taken)
    taken.add(public["system"])
    declaration = _row(public | {"kind": said.kind, "organisation_id": organisation.pk, "function_id": function.pk})
    declaration.component = component
    return declaration, [withheld(name, hold, said) for name, hold in said.held.items()]


def _row(values: dict[str, Any]) -> Declaration:
    """A row with these values by column, blank in the rest. Filled by position, four times as quick as by name: an
    import makes 50,000."""
    return Declaration(*(BLANK | values).values())


def not_named(taken: set[str]) -> str:
    number = 1
    while (name := NOT_NAMED if number == 1 else f"{NOT_NAMED} ({number})") in taken:
        number += 1
    return name


def withheld(name: str, hold: Hold, said: Said) -> Withheld:
    value = getattr(said, name)
    return Withheld(
        field=name,
        shown_to=hold.shown_to,
        until=hold.until,
        text=value if isinstance(value, str) else "",
        amount=value if name == "annual_cost" else None,
        price_fy=said.price_fy if name == "annual_cost" else "",
        day=value if name == "contract_end" else None,
    )


def open_book(declaration: Declaration) -> bool | None:
    """Whether the complete record is public: on this registry, at an address that stays. None: it has none."""
    facts = OPEN_BOOK.get(DeclarationKind(declaration.kind))
    return all(getattr(declaration, name) not in (None, "") for name in facts) if facts else None


def record(made_rows: Iterable[tuple[Declaration, list[Withheld]]], event: Event) -> list[Declaration]:
    """Write the rows of one act."""
    pairs = list(made_rows)
    for declaration, _ in pairs:
        declaration.recorded_in = event
    declarations = Declaration.objects.bulk_create([declaration for declaration, _ in pairs])
    for declaration, kept in pairs:
        for one in kept:
            one.declaration = declaration
    Withheld.objects.bulk_create([one for _, kept in pairs for one in kept])
    return declarations


def restated(declaration: Declaration, **changes: Any) -> tuple[Declaration, list[Withheld]]:
    """The same statement once more, with what it keeps back; neither saved."""
    again = _row({name: getattr(declaration, name) for name in CARRIED} | changes)
    kept = [
        Withheld(
            **{name: getattr(one, name) for name in ("field", "shown_to", "until", "text", "amount", "price_fy", "day")}
        )
        for one in declaration.withheld.all()
    ]
    return again, kept


def supersede(declarations: Iterable[Declaration], event: Event) -> None:
    Declaration.objects.filter(pk__in=[one.pk for one in declarations]).update(superseded_in=event)


def shown(declaration: Declaration) -> list[str]:
    """How an event names a statement: publicly, for events are."""
    return [declaration.kind, declaration.component.slug if declaration.component else declaration.system]
