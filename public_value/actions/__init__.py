"""The acts of the index."""

from public_value.actions.editions import METHOD, Computing, compute_edition, compute_first_edition, correct_edition
from public_value.actions.publication import (
    PUBLISHED_DRAWS,
    comment_on_edition,
    open_reply,
    publish_edition,
    review_change,
    settle_dispute,
)

__all__ = [
    "METHOD",
    "PUBLISHED_DRAWS",
    "Computing",
    "comment_on_edition",
    "compute_edition",
    "compute_first_edition",
    "correct_edition",
    "open_reply",
    "publish_edition",
    "review_change",
    "settle_dispute",
]
