"""The public pages of what follows. Everybody may read them, as far as the gate of the method lets them."""

from public_value.views.bundles import bundle, bundle_of_revision
from public_value.views.editions import edition, edition_history, edition_list, index, parameters
from public_value.views.method import method
from public_value.views.preview import preview, preview_score
from public_value.views.score import score
from public_value.views.sharing import component, function, of_latest
from public_value.views.weights import weights
from public_value.views.what_if import what_if

__all__ = [
    "bundle",
    "bundle_of_revision",
    "component",
    "edition",
    "edition_history",
    "edition_list",
    "function",
    "index",
    "method",
    "of_latest",
    "parameters",
    "preview",
    "preview_score",
    "score",
    "weights",
    "what_if",
]
