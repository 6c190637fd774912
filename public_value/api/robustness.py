"""The shape of an edition's robustness figures, for the description of the API."""

from rest_framework import serializers

from commons.api.description import serializer
from public_value.methodology import DIMENSIONS, PANEL

ORDERS = {
    "arithmetic": "With the plain weighted sum.",
    "geometric": "With the weighted geometric mean, no part below its floor.",
    "ampi": "With the weighted adjusted Mazziotta–Pareto index.",
    "merged": "With S and N merged into one part, before the power mean.",
    "equal_weights": "With every part weighing the same.",
}

WEIGHT = serializer(
    "EditionWeight",
    {
        "nominal": serializers.FloatField(help_text="The method's weight, 0 to 1."),
        "effective": serializers.FloatField(
            allow_null=True, help_text="Squared correlation of the part with the score. Null: it does not vary."
        ),
        "effective_equal": serializers.FloatField(
            allow_null=True, help_text="The same with an index in which every part weighs the same."
        ),
    },
)
WEIGHTS = serializer("EditionWeights", {name: WEIGHT() for name in DIMENSIONS})
ORDER = serializer(
    "EditionOrder",
    {name: serializers.FloatField(allow_null=True, help_text=ORDERS[name]) for name in PANEL},
)
GROUP = serializer(
    "EditionGroupRobustness",
    {
        "bodies": serializers.IntegerField(help_text="Bodies of the peer group with a score."),
        "weights": WEIGHTS(),
        "order": ORDER(help_text="Spearman correlation of the score with the index otherwise added up."),
    },
)
ROBUSTNESS = serializer(
    "EditionRobustness",
    {
        "bodies": serializers.IntegerField(help_text="Bodies with a score: only these count here."),
        "weights": WEIGHTS(allow_null=True, help_text="Of all of them. Null where they are fewer than 10."),
        "groups": serializers.DictField(child=GROUP(), help_text="By peer group, those with 10 scores or more."),
    },
)
