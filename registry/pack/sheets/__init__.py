"""The sheets of what exists and who says what, in the order in which they load."""

from registry.pack.sheets.blueprints import BLUEPRINTS, SLOTS, STEPS
from registry.pack.sheets.components import COMPONENTS, RELATIONS
from registry.pack.sheets.declarations import ADOPTIONS, ANSWERS, DUPLICATES
from registry.pack.sheets.functions import FUNCTIONS
from registry.pack.sheets.offers import COLUMNS, COMPONENT_STANDARDS, OPERATIONS, PROFILES, STANDARDS
from registry.pack.sheets.organisations import ORGANISATIONS
from registry.pack.sheets.pack import COMMONS, PEER_GROUPS
from registry.pack.sheets.payments import PAYMENTS
from registry.pack.sheets.returns import ACCOUNTS, CONTRIBUTIONS, VOLUMES
from registry.pack.sheets.reviews import REVIEWS
from registry.pack.sheets.spend import SPEND
from registry.pack.sheets.synonyms import SYNONYMS

__all__ = [
    "ACCOUNTS",
    "ADOPTIONS",
    "ANSWERS",
    "BLUEPRINTS",
    "COLUMNS",
    "COMMONS",
    "COMPONENTS",
    "COMPONENT_STANDARDS",
    "CONTRIBUTIONS",
    "DUPLICATES",
    "FUNCTIONS",
    "OPERATIONS",
    "ORGANISATIONS",
    "PAYMENTS",
    "PEER_GROUPS",
    "PROFILES",
    "RELATIONS",
    "REVIEWS",
    "SLOTS",
    "SPEND",
    "STANDARDS",
    "STEPS",
    "SYNONYMS",
    "VOLUMES",
]
