"""Formats in which components are described elsewhere: text in, descriptions and problems out, nothing else."""

from catalogue.readers.description import (
    Column,
    ComponentDescription,
    Contact,
    Operation,
    Problem,
    Reading,
    Severity,
)

__all__ = ["Column", "ComponentDescription", "Contact", "Operation", "Problem", "Reading", "Severity"]
