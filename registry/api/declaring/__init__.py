"""Declaring for programs: one statement with POST, all of a function with PUT, and confirming what stands."""

from registry.api.declaring.cells import Cell, Confirmations
from registry.api.declaring.described import Declaring
from registry.api.declaring.statements import Declarations

__all__ = ["Cell", "Confirmations", "Declarations", "Declaring"]
