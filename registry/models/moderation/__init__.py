from registry.models.moderation.body_request import BodyRequest
from registry.models.moderation.claim import Claim, Waiting
from registry.models.moderation.exemption import Exemption, ExemptionOutcome, PanelSeat
from registry.models.moderation.look import Look, LookOutcome, SeenThrough
from registry.models.moderation.unwanted import UnwantedLetter
from registry.models.moderation.withdrawal import Withdrawal

__all__ = [
    "BodyRequest",
    "Claim",
    "Exemption",
    "ExemptionOutcome",
    "Look",
    "LookOutcome",
    "PanelSeat",
    "SeenThrough",
    "UnwantedLetter",
    "Waiting",
    "Withdrawal",
]
