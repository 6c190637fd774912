"""The shape of an edition's sensitivity figures, for the description of the API."""

from rest_framework import serializers

from commons.api.description import serializer
from public_value.saltelli import FACTORS

VARIED = {
    "weight_S": "Weight of S.",
    "weight_N": "Weight of N.",
    "weight_F": "Weight of F.",
    "weight_C": "Weight of C.",
    "weight_O": "Weight of O.",
    "p": "Power of the mean.",
    "q_pilot": "Credit of a pilot.",
    "kappa_product": "Weight of product functions.",
    "kappa_custom": "Weight of custom functions.",
    "rho": "Credit of evidence, all grades at once.",
    "g": "From which multiple of the reference cost a system earns nothing.",
    "F_lo": "Lower goalpost of the front-line share.",
    "F_hi": "Upper goalpost of the front-line share.",
    "tau": "What unexplained work is, each body's own.",
    "missing_F": "The front-line share where it is not stated, each body's own.",
}
SHARES = serializer(
    "EditionFactor",
    {
        "first": serializers.FloatField(
            allow_null=True,
            help_text="First-order share of the variance: what this brings alone. Null: none varies.",
        ),
        "total": serializers.FloatField(
            allow_null=True, help_text="Total-order share: with all that it brings together with others."
        ),
    },
)
BY_FACTOR = serializer("EditionFactors", {name: SHARES(help_text=VARIED[name]) for name in FACTORS})
SENSITIVITY = serializer(
    "EditionSensitivity",
    {
        "bodies": serializers.IntegerField(help_text="Bodies with a score that were sampled, 500 at most."),
        "runs": serializers.IntegerField(help_text="Rows of each of the two sample matrices."),
        "factors": BY_FACTOR(
            allow_null=True, help_text="Shares of the variance of their scores. Null where they are fewer than 10."
        ),
    },
)
