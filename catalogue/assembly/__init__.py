"""What follows from choosing components for the slots of a blueprint: values in, findings and a price out."""

from catalogue.assembly.cost import Cost, Line, cost_of
from catalogue.assembly.findings import ORDER, findings
from catalogue.assembly.parts import (
    ADVICE,
    NOTE,
    PROBLEM,
    Assembly,
    Body,
    Brick,
    Cases,
    Finding,
    Named,
    Place,
    Range,
    Tie,
)

__all__ = [
    "ADVICE",
    "NOTE",
    "ORDER",
    "PROBLEM",
    "Assembly",
    "Body",
    "Brick",
    "Cases",
    "Cost",
    "Finding",
    "Line",
    "Named",
    "Place",
    "Range",
    "Tie",
    "cost_of",
    "findings",
]
