"""Gathering numbers: the database in, the arrays of the methodology out. Sets only, no loop over declarations."""

from public_value.evidence.bodies import Bodies
from public_value.evidence.gathering import Gathered, declarations, gather

__all__ = ["Bodies", "Gathered", "declarations", "gather"]
