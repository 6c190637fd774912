from registry.models.moderation.body_request import BodyRequest
from registry.models.moderation.exemption import Exemption, ExemptionOutcome, PanelSeat
from registry.models.moderation.lease import Lease, Waiting
from registry.models.moderation.look import Look, LookOutcome, SeenThrough
from registry.models.moderation.unwanted import UnwantedLetter
from registry.models.moderation.withdrawal import Withdrawal

__all__ = [
    "BodyRequest",
    "Exemption",
    "ExemptionOutcome",
    "Lease",
    "Look",
    "LookOutcome",
    "PanelSeat",
    "SeenThrough",
    "UnwantedLetter",
    "Waiting",
    "Withdrawal",
]
