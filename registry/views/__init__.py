"""The public pages of bodies: who they are, what they share, what they spend. Everybody may read them."""

from registry.views.adoption import adoption
from registry.views.jobs import job
from registry.views.organisations import organisation, organisation_list, statements
from registry.views.sources import difference, source, source_history, source_list, source_log
from registry.views.spending import spending

__all__ = [
    "adoption",
    "difference",
    "job",
    "organisation",
    "organisation_list",
    "source",
    "source_history",
    "source_list",
    "source_log",
    "spending",
    "statements",
]
