"""A whole portfolio as a file: received, read, checked against what stands, shown, and published in one act.

People send and decide; a worker does the rest, batch by batch. What is recorded in PostgreSQL is all that it knows, so
that another worker goes on where one has died.
"""

from registry.actions.imports.deciding import AlreadyImported, apply_import, drop_import, name_columns
from registry.actions.imports.forgetting import forget_imports
from registry.actions.imports.receiving import Received, receive_import
from registry.actions.imports.working import work_due

__all__ = [
    "AlreadyImported",
    "Received",
    "apply_import",
    "drop_import",
    "forget_imports",
    "name_columns",
    "receive_import",
    "work_due",
]
