"""The sheets of what exists and who says what, in the order in which they load."""

from registry.pack.sheets.components import COMPONENTS, RELATIONS
from registry.pack.sheets.declarations import ADOPTIONS, ANSWERS, DUPLICATES
from registry.pack.sheets.functions import FUNCTIONS
from registry.pack.sheets.organisations import ORGANISATIONS
from registry.pack.sheets.pack import COMMONS, PEER_GROUPS
from registry.pack.sheets.payments import PAYMENTS
from registry.pack.sheets.returns import ACCOUNTS, CONTRIBUTIONS, VOLUMES
from registry.pack.sheets.spend import SPEND
from registry.pack.sheets.synonyms import SYNONYMS

__all__ = [
    "ACCOUNTS",
    "ADOPTIONS",
    "ANSWERS",
    "COMMONS",
    "COMPONENTS",
    "CONTRIBUTIONS",
    "DUPLICATES",
    "FUNCTIONS",
    "ORGANISATIONS",
    "PAYMENTS",
    "PEER_GROUPS",
    "RELATIONS",
    "SPEND",
    "SYNONYMS",
    "VOLUMES",
]
