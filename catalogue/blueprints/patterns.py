"""A blueprint with its steps and slots, read in two questions."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from catalogue.assembly import Place, Range
from catalogue.models import Blueprint, Function, Step, Verb
from registry.listings.declarations import CURRENCY

SLOT = ("pk", "slug", "name", "required", "kinds", "uses_low", "uses_high")


@dataclass
class PatternSlot:
    id: int
    slug: str
    name: str
    required: bool
    kinds: list[str]
    uses: Range | None
    functions: list[dict[str, str]]

    def place(self, step: "PatternStep", candidates: int) -> Place:
        return Place(
            slug=self.slug,
            name=self.name,
            step=step.number,
            step_name=step.name,
            required=self.required,
            uses=self.uses,
            candidates=candidates,
        )


@dataclass
class PatternStep:
    slug: str
    number: int
    verb: str
    name: str
    slots: list[PatternSlot] = field(default_factory=list)

    @property
    def verb_label(self) -> str:
        return str(Verb(self.verb).label)


@dataclass
class Pattern:
    """`blueprint` carries the registry's `currency`."""

    blueprint: Blueprint
    steps: list[PatternStep]

    @property
    def slots(self) -> list[PatternSlot]:
        return [slot for step in self.steps for slot in step.slots]

    @property
    def currency(self) -> str:
        return self.blueprint.currency


def pattern(slug: str) -> Pattern:
    """Raises Http404."""
    blueprint = get_object_or_404(Blueprint.objects.select_related("function").annotate(currency=CURRENCY), slug=slug)
    return Pattern(blueprint, steps_of(blueprint))


def steps_of(blueprint: Blueprint) -> list[PatternStep]:
    functions = Function.objects.filter(slots=OuterRef("slots__pk")).order_by("name", "slug")
    rows = (
        Step.objects.filter(blueprint=blueprint)
        .order_by("number", "slug", "-slots__required", "slots__name", "slots__slug")
        .values(
            *("slug", "number", "verb", "name"),
            *(f"slots__{name}" for name in SLOT),
            served=ArraySubquery(functions.values(object=JSONObject(slug="slug", name="name"))),
        )
    )
    steps: dict[str, PatternStep] = {}
    for row in rows:
        step = steps.setdefault(row["slug"], PatternStep(row["slug"], row["number"], row["verb"], row["name"]))
        if row["slots__pk"] is not None:
            step.slots.append(slot_of(row))
    return list(steps.values())


def slot_of(row: dict[str, Any]) -> PatternSlot:
    low, high = row["slots__uses_low"], row["slots__uses_high"]
    return PatternSlot(
        id=row["slots__pk"],
        slug=row["slots__slug"],
        name=row["slots__name"],
        required=row["slots__required"],
        kinds=row["slots__kinds"],
        uses=None if low is None else Range(low, high),
        functions=row["served"],
    )
