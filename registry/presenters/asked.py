"""Which functions a body could answer for: those that any body of its kind answered for, or that have benchmarks."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, IntegerField, Q, Value
from django.utils.translation import gettext as _

from public_value.models import Benchmark
from registry.models import Declaration, Organisation

SHOWN = 12


class Asked(NamedTuple):
    """A function, and how many other bodies of the kind have answered for it."""

    id: int
    slug: str
    name: str
    others: int


def of(body: Organisation, on: date) -> list[Asked]:
    """In the order of names; none where nobody knows what kind of body it is."""
    like = kind(body)
    if like is None:
        return []
    others = Organisation.objects.existing(on).filter(like).exclude(pk=body.pk)
    said = Declaration.objects.listed().current().filter(organisation__in=others).order_by()
    answered = said.values(key=F("function_id"), address=F("function__slug"), called=F("function__name")).annotate(
        others=Count("organisation", distinct=True)
    )
    measured = Benchmark.objects.filter(peer_group=body.peer_group_id).order_by()
    benchmarked = measured.values(
        key=F("function_id"), address=F("function__slug"), called=F("function__name")
    ).annotate(others=Value(0, output_field=IntegerField()))
    found: dict[int, Asked] = {}
    for row in answered.union(benchmarked, all=True).order_by("called", "address", "-others"):
        found.setdefault(row["key"], Asked(row["key"], row["address"], row["called"], row["others"]))
    return list(found.values())


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
            "%(service)s shows which digital components public bodies share and which systems they run for themselves. "
            "It has nothing yet from you."
        )
        % {"service": settings.SERVICE_NAME},
        _(
            "Please tell it, for each of your functions, whether you use a shared component or run a system of your "
            "own, what your own system costs a year, when its contract ends, and why no shared component is used."
        ),
        _("Yours faithfully,"),
    ]
    return {"subject": subject, "paragraphs": paragraphs, "text": "\n\n".join(paragraphs)}
