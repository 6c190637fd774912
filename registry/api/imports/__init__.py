"""Importing a portfolio for programs: send the file, watch its job, read every problem, apply or drop it."""

from registry.api.imports.sending import Imports
from registry.api.imports.watching import Applying, OneImport, OneJob, ToMend

__all__ = ["Applying", "Imports", "OneImport", "OneJob", "ToMend"]
