"""The scorecard of a component: facts, and apart from them what the rules say. No total, no rank."""

from django.utils import timezone
from rest_framework import serializers

from catalogue.models import Component
from catalogue.presenters.scorecard import document
from commons.api.description import BLANK, ReferenceSerializer, describe_one, serializer
from commons.api.views import DetailView
from commons.listing.text import as_json
from registry.scorecard import Result, held


class FactSerializer(serializers.Serializer):
    fact = serializers.CharField()
    label = serializers.CharField()
    value = serializers.JSONField(**BLANK, help_text="True or false, a number, a day or a text, by the fact.")
    value_status = serializers.CharField(**BLANK, help_text="not_answered where nobody stated it.")
    on = serializers.DateField(**BLANK, help_text="The day of which it tells.")
    source = serializers.CharField()
    formula = serializers.CharField(help_text="How it is found.")


class RuleResultSerializer(serializers.Serializer):
    rule = serializers.CharField()
    text = serializers.CharField()
    fact = serializers.CharField(help_text="The fact that it is about.")
    result = serializers.ChoiceField([result.value for result in Result])


SCORECARD = serializer(
    "Scorecard",
    {
        "component": ReferenceSerializer(),
        "on": serializers.DateField(help_text="The day of the answer."),
        "facts": FactSerializer(many=True),
        "rules_version": serializers.CharField(),
        "rules": RuleResultSerializer(many=True),
    },
)


@describe_one("scorecard", "Components", SCORECARD, "The component's slug.")
class OneScorecard(DetailView):
    noun = "component"

    def text(self, key: str) -> str | None:
        on = timezone.localdate()
        found = held(Component.objects.listed(), on).filter(slug=key).first()
        return as_json(document(found, on)) if found else None
