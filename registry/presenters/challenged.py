"""Finding what somebody challenges, and what the record says of it now."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Component, Function
from catalogue.presenters.words import statements
from commons.formatting import money_exact, plain_date
from registry.actions.challenges import Subject
from registry.models import About, Challenge, Commons, Declaration, Organisation, Payment
from registry.presenters import statements as said_by

Fact = dict[str, str]


def of_declaration(pk: int) -> Subject:
    """What the public may see and is said now. Raises Http404."""
    one = get_object_or_404(spoken(Declaration.objects.listed().current()), pk=pk)
    return with_words(
        Subject(
            about=About.DECLARATION,
            organisation=one.organisation,
            function=one.function,
            component=one.component,
            system=one.system,
            declaration=one,
        )
    )


def of_missing(organisation: str, function: str) -> Subject:
    body = get_object_or_404(Organisation, slug=organisation)
    work = get_object_or_404(Function, slug=function)
    return with_words(Subject(about=About.MISSING, organisation=body, function=work))


def of_component(slug: str) -> Subject:
    found = get_object_or_404(Component.objects.listed(), slug=slug)
    return with_words(Subject(about=About.COMPONENT, component=found))


def of_organisation(slug: str) -> Subject:
    return with_words(Subject(about=About.ORGANISATION, organisation=get_object_or_404(Organisation, slug=slug)))


def of_payment(pk: int) -> Subject:
    paid = get_object_or_404(Payment.objects.select_related("organisation"), pk=pk)
    return with_words(Subject(about=About.PAYMENT, organisation=paid.organisation, payment=paid))


def replaced(pk: int) -> Declaration | None:
    """A statement that is not made any more."""
    return spoken(Declaration.objects.listed().exclude(superseded_in=None)).filter(pk=pk).first()


def same(one: Declaration | Challenge) -> Declaration | None:
    """What is said now of the same thing."""
    now = spoken(Declaration.objects.listed().current())
    return now.filter(
        organisation=one.organisation, function=one.function, component=one.component, system=one.system
    ).first()


def spoken(declarations: QuerySet) -> QuerySet:
    return declarations.select_related("organisation", "function", "component")


def with_words(subject: Subject) -> Subject:
    said = "\n".join(f"{fact['key']}: {fact['value']}" for fact in facts(subject))
    return Subject(**{name: value for name, value in vars(subject).items() if name != "said"}, said=said)


def now(challenge: Challenge) -> list[Fact]:
    """What the record says today of what was challenged; empty where it says nothing any more."""
    declaration = same(challenge) if challenge.about == About.DECLARATION else None
    gone = {About.DECLARATION: declaration, About.PAYMENT: challenge.payment}
    if challenge.about in gone and gone[About(challenge.about)] is None:
        return []
    named = {name: getattr(challenge, name) for name in ("organisation", "function", "component", "payment")}
    return facts(Subject(about=About(challenge.about), declaration=declaration, system=challenge.system, **named))


def facts(subject: Subject) -> list[Fact]:
    """What is recorded of it, as {key, value}; what is not stated is left out."""
    return [{"key": str(key), "value": str(value)} for key, value in FACTS[subject.about](subject) if value]


def of_a_statement(subject: Subject) -> list[tuple]:
    one = subject.declaration
    assert one is not None
    row = said_by.row(one, timezone.localdate(), Commons.objects.currency())
    return [
        (_("Function"), one.function.name),
        (_("Statement"), row["says"]),
        (_("Stage"), row["stage"]),
        (_("Supplier"), one.supplier),
        (_("Part of the work"), row["coverage"]),
        (_("Cost"), row["cost"]),
        (_("Since"), one.since and plain_date(one.since)),
        (_("Contract ends"), one.contract_end and plain_date(one.contract_end)),
        (_("Why it does not share"), one.reason),
        (_("Last confirmed"), one.confirmed and plain_date(one.confirmed)),
        (_("Evidence"), one.get_evidence_display()),
        (_("Source"), one.source_url),
    ]


def of_what_is_missing(subject: Subject) -> list[tuple]:
    body, work = subject.organisation, subject.function
    current = spoken(Declaration.objects.listed().current()).filter(organisation=body, function=work)
    rows = [said_by.says(one) for one in current.order_by("pk")[:10]]
    nothing = _("%(body)s has said nothing of this") % {"body": body}
    assert work is not None
    return [
        (_("Function"), work.name),
        (statements(len(rows)) if rows else _("Statements"), "; ".join(rows) or nothing),
    ]


def of_a_component(subject: Subject) -> list[tuple]:
    one = subject.component
    assert one is not None
    return [
        (_("Name"), one.name),
        (_("Kind"), one.get_kind_display()),
        (_("Lifecycle"), one.get_lifecycle_display()),
        (_("Summary"), one.summary[:600]),
        (_("Licence"), one.licence),
        (_("Website"), one.url),
        (_("Source code"), one.repository),
        (_("Documentation"), one.documentation),
    ]


def of_a_body(subject: Subject) -> list[tuple]:
    one = subject.organisation
    assert one is not None
    return [
        (_("Name"), one.name),
        (_("Also called"), ", ".join(one.aliases)),
        (_("Type"), one.type),
        (_("Place"), ", ".join(filter(None, [one.region, one.nation]))),
        (_("Began"), one.start and plain_date(one.start)),
        (_("Ended"), one.end and plain_date(one.end)),
        (_("Website"), one.homepage),
    ]


def of_a_payment(subject: Subject) -> list[tuple]:
    one = subject.payment
    assert one is not None
    return [
        (_("Supplier"), one.supplier),
        (_("Amount"), money_exact(one.amount, Commons.objects.currency())),
        (_("Paid on"), one.paid_on and plain_date(one.paid_on)),
        (_("Reference"), " ".join(filter(None, [one.reference, one.line]))),
        (_("Category"), one.category),
        (_("Purpose"), one.purpose),
        (_("Source"), one.source_url),
    ]


FACTS: dict[About, Callable[[Subject], list[tuple]]] = {
    About.DECLARATION: of_a_statement,
    About.MISSING: of_what_is_missing,
    About.COMPONENT: of_a_component,
    About.ORGANISATION: of_a_body,
    About.PAYMENT: of_a_payment,
}
