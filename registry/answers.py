"""How a body does a function: the one answer that all its current statements about it come down to."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, IntegerChoices, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from registry.models.declaration import (
    ADOPTION,
    DUPLICATE,
    EXPIRES_AFTER,
    STAGES_IN_USE,
    Declaration,
    DeclarationKind,
    Stage,
)
from registry.models.organisation import Organisation

TALLY = """
    SELECT function, kind, answer, count(*), count(*) FILTER (WHERE body IN ({bodies}))
    FROM ({answers}) said (function, body, kind, answer)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT function, kind, {silent}, 0, 0 FROM ({measured}) measured (function, kind)
"""


class Answer(IntegerChoices):
    """The strongest statement first. A body that both shares and runs a system of its own shares.

    Only the first four say how the work is done today. The last is a silence, the rest are blanks of another sort.
    """

    SHARED = 1, "Uses a shared component"
    OWN = 2, "Runs its own"
    NOT_RESPONSIBLE = 3, "Not responsible"
    NOT_SURE = 4, "Not sure"
    PLANNED = 5, "Only plans to share"
    STOPPED = 6, "Stopped sharing"
    EXPIRED = 7, "Answer expired"
    NOT_ANSWERED = 8, "Not answered"


def strength(on: date) -> Case:
    """Which answer a single statement gives on the date `on`. That a body stopped does not expire."""
    counts = Q(confirmed__gte=on - EXPIRES_AFTER)
    answers = (
        (counts & ADOPTION & Q(stage__in=STAGES_IN_USE), Answer.SHARED),
        (counts & DUPLICATE, Answer.OWN),
        (counts & Q(kind=DeclarationKind.NOT_RESPONSIBLE), Answer.NOT_RESPONSIBLE),
        (counts & Q(kind=DeclarationKind.NOT_SURE), Answer.NOT_SURE),
        (counts & Q(stage=Stage.PLANNED), Answer.PLANNED),
        (Q(stage=Stage.RETIRED), Answer.STOPPED),
    )
    return Case(
        *(When(rule, then=Value(answer.value)) for rule, answer in answers),
        default=Value(Answer.EXPIRED.value),
        output_field=IntegerField(),
    )


def kind_of_body(path: str = "") -> Coalesce:
    """With whom a body at `path` is compared: its peer group's label, else its type; blank where it has neither."""
    return Coalesce(f"{path}peer_group__label", NullIf(f"{path}type", Value("")), Value(""))


def answers(on: date) -> QuerySet:
    """`function`, `kind`, `body` and `answer`, one row for every body that exists and function it has answered for."""
    return (
        Declaration.objects.listed()
        .current()
        .filter(organisation__in=Organisation.objects.existing(on))
        .order_by()
        .annotate(kind_of_body=kind_of_body("organisation__"))
        .values("function_id", "organisation_id", "kind_of_body")
        .annotate(answer=Min(strength(on)))
    )


class Tally(NamedTuple):
    """How many bodies of a kind give an answer for a function: everywhere, and among the bodies asked about."""

    function: int
    kind: str
    answer: Answer
    everywhere: int
    bodies: int


def tally(on: date, bodies: QuerySet, measured: QuerySet) -> Iterator[Tally]:
    """The answers of every function, counted for all existing bodies and for those in `bodies`.

    `measured` reads (function, kind) pairs that count as asked about though no body of the kind has answered.
    """
    inner, values = answers(on).query.sql_with_params()
    scope, scope_values = bodies.order_by().values("pk").query.sql_with_params()
    pairs, pair_values = measured.order_by().query.sql_with_params()
    sql = TALLY.format(bodies=scope, answers=inner, measured=pairs, silent=Answer.NOT_ANSWERED.value)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*scope_values, *values, *pair_values])
        for function, kind, answer, everywhere, inside in cursor.fetchall():
            yield Tally(function, kind, Answer(answer), everywhere, inside)
