"""What bodies say about themselves: declared, confirmed, taken back, prepared in drafts, shown when its day comes."""

from registry.actions.declarations.confirming import confirm_declarations, confirmable
from registry.actions.declarations.declaring import Changed, Wrong, declare
from registry.actions.declarations.disclosing import disclose_due
from registry.actions.declarations.drafting import drop_draft, save_draft
from registry.actions.declarations.undoing import undo_declarations, undoable

__all__ = [
    "Changed",
    "Wrong",
    "confirm_declarations",
    "confirmable",
    "declare",
    "disclose_due",
    "drop_draft",
    "save_draft",
    "undo_declarations",
    "undoable",
]
