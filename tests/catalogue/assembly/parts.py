"""Assemblies out of a line or two."""

from decimal import Decimal

from catalogue.assembly import Assembly, Brick, Cases, Finding, Named, Place, Range, Tie, findings


def brick(slug: str, **fields) -> Brick:
    fields = {"licence": "MIT", "lifecycle": "live", "standards": (Named("any", "Any"),), **fields}
    return Brick(slug=slug, name=slug.title(), **fields)


def assembled(*bricks: Brick, ties=(), taken: int | None = None, uses="1-1", **fields) -> Assembly:
    """Each of the first `taken` bricks fills a slot of a step of its own; the others only exist."""
    count = len(bricks) if taken is None else taken
    low, high = map(Decimal, uses.split("-"))
    places = tuple(
        Place(slug=f"slot-{number}", name=f"Slot {number}", step=number, uses=Range(low, high), candidates=1)
        for number in range(1, count + 1)
    )
    return Assembly(
        **{
            "places": places,
            "chosen": {place.slug: brick.slug for place, brick in zip(places, bricks, strict=False)},
            "bricks": {brick.slug: brick for brick in bricks},
            "ties": tuple(Tie(*tie.split()) for tie in ties),
            **fields,
        }
    )


def cases(number: int) -> Cases:
    return Cases(number=Decimal(number), basis="stated")


def of_kind(assembly: Assembly, kind: str) -> list[Finding]:
    return [finding for finding in findings(assembly) if finding.kind == kind]


def said(assembly: Assembly, kind: str) -> list[str]:
    return [finding.sentence for finding in of_kind(assembly, kind)]
