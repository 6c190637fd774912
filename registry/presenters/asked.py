"""Which functions a body could answer for: those that any body of its kind answered for, or that have benchmarks."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, IntegerField, Q, Value
from django.utils.translation import gettext as _

from catalogue.models import Function
from commons.kept import Kept
from public_value.models import Benchmark
from registry.models import Declaration, Organisation

SHOWN = 12


class Asked(NamedTuple):
    """A function, and how many other bodies of the kind have answered for it."""

    id: int
    slug: str
    name: str
    others: int


class Answered(NamedTuple):
    """A function, how many bodies of a kind have answered for it, and whether it has a benchmark for the kind."""

    id: int
    slug: str
    name: str
    bodies: int
    measured: bool


KINDS: Kept[list[Answered]] = Kept(64)  # by kind of body: to count a country's answers for each page takes too long


def of(body: Organisation, on: date, told: Collection[int], version: str) -> list[Asked]:
    """In the order of names; none where nobody knows what kind of body it is. `told` are the functions, by id, that the
    body has answered for; `version` is that of the database, blank where there is none to keep anything under."""
    like = kind(body)
    if like is None:
        return []
    key = (body.peer_group_id, body.peer_group_id is None and body.type, on)
    own = set(told) if body.exists_on(on) else set()
    counted = [
        (function, function.bodies - (function.id in own))
        for function in KINDS.get(version, key, lambda: by_kind(like, body.peer_group_id, on))
    ]
    return [Asked(*function[:3], others) for function, others in counted if others or function.measured]


def by_kind(like: Q, peer_group: int | None, on: date) -> list[Answered]:
    """What all bodies of a kind have answered for, and what is measured of them. Two queries: to count by names as well
    would sort a country's statements by them."""
    bodies = Organisation.objects.existing(on).filter(like)
    said = Declaration.objects.listed().current().filter(organisation__in=bodies).order_by()
    answered = said.values_list("function").annotate(bodies=Count("organisation", distinct=True))
    measured = Benchmark.objects.filter(peer_group=peer_group).order_by().values_list("function")
    rows = list(answered.union(measured.annotate(bodies=Value(0, output_field=IntegerField())), all=True))
    answers = {function: number for function, number in rows if number}
    benchmarks = {function for function, number in rows if not number}
    named = Function.objects.filter(pk__in=answers.keys() | benchmarks).order_by("name", "slug")
    return [
        Answered(key, slug, name, answers.get(key, 0), key in benchmarks)
        for key, slug, name in named.values_list("pk", "slug", "name")
    ]


def kind(body: Organisation) -> Q | None:
    """The bodies it is compared with: its peer group, else its type."""
    if body.peer_group_id:
        return Q(peer_group=body.peer_group_id)
    return Q(peer_group=None, type=body.type) if body.type else None


def kind_name(body: Organisation) -> str:
    return body.peer_group.label if body.peer_group else body.type


def letter(body: Organisation) -> dict:
    """A letter that a citizen can copy. `mail` opens it in their own program, without an address."""
    subject = _("How does %(name)s share its digital services?") % {"name": body.name}
    paragraphs = [
        _("Dear %(name)s,") % {"name": body.name},
        _(
            "“%(service)s” shows which digital components public bodies share and which systems they run for "
            "themselves. It has nothing yet from you."
        )
        % {"service": settings.SERVICE_NAME},
        _(
            "Please tell it, for each of your functions, whether you use a shared component or run a system of your "
            "own, what your own system costs a year, when its contract ends, and why no shared component is used."
        ),
        _("Yours faithfully,"),
    ]
    return {"subject": subject, "paragraphs": paragraphs, "text": "\n\n".join(paragraphs)}
