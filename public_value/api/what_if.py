"""A what-if for programs: the page's answer, behind the same gate."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from commons.api.description import ReferenceSerializer, parameter, problems, serializer
from commons.api.views import ReadView
from commons.formatting import significant
from commons.kept import Kept as KeptAnswers
from commons.listing.errors import shown
from commons.listing.text import as_json
from public_value import changes
from public_value.api.editions import LABEL, edition_of
from public_value.api.savings import SAVINGS, both_bases
from public_value.evidence.kept import Kept, kept
from public_value.gate import Face
from public_value.methodology import Parameters
from public_value.models import Score
from public_value.presenters.what_if_cells import solution
from public_value.savings import SCENARIOS
from public_value.supposing import Supposed, suppose

_BLANK = {"allow_null": True}
_WORTH = ("annual", "npv")
FACE = serializer(
    "WhatIfFace",
    {
        "published_as": serializers.CharField(help_text="score, band or not_published: what is shown here."),
        "grade": serializers.CharField(help_text="Confidence, of the evidence as it is or as it is supposed."),
        "score": serializers.IntegerField(**_BLANK, help_text="Whole points; never where today's is not shown."),
        "low": serializers.IntegerField(**_BLANK),
        "high": serializers.IntegerField(**_BLANK),
    },
)
DIFFERENCE = serializer(
    "WhatIfDifference",
    {
        "points": serializers.FloatField(**_BLANK, help_text="Null unless both scores are shown."),
        "low": serializers.FloatField(**_BLANK, help_text="P5 of the differences of paired draws, or `points`."),
        "high": serializers.FloatField(**_BLANK, help_text="P95 of them, or `points`."),
        "higher": serializers.FloatField(help_text="Part of the draws in which the score is higher then, 0 to 1."),
        "lower": serializers.FloatField(help_text="Part of the draws in which it is lower."),
    },
)
SYSTEM = serializer(
    "WhatIfSystem",
    {
        "declaration": serializers.IntegerField(),
        "system": serializers.CharField(),
        "function": ReferenceSerializer(),
        "component": ReferenceSerializer(allow_null=True, help_text="What is assumed in its place."),
        "basis": serializers.CharField(help_text="declared, or modelled where cost or share is assumed."),
        **{
            f"{what}_{scenario}": serializers.FloatField(help_text="To two significant figures, base-year prices.")
            for what in _WORTH
            for scenario in SCENARIOS
        },
    },
)
WHAT_IF = serializer(
    "WhatIf",
    {
        "now": FACE(),
        "then": FACE(),
        "difference": DIFFERENCE(help_text="Never a reason by itself: read it beside the savings."),
        "savings": SAVINGS(allow_null=True, help_text="Of systems that end, where cost and share are stated."),
        "savings_modelled": SAVINGS(allow_null=True, help_text="Where one of them is assumed. Never to be added."),
        "systems": SYSTEM(many=True, help_text="Systems that end and have a saving case."),
        "without_price": serializers.ListField(
            child=serializers.IntegerField(), help_text="Declarations of systems that end, without a price beside them."
        ),
    },
)
_TEXTS = {"type": {"type": "array", "items": {"type": "string"}}, "explode": True, "style": "form"}
PARAMETERS = [
    LABEL,
    OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The organisation's slug."),
    parameter("adopt", "function:component, both by slug: the component takes what is not shared.", **_TEXTS),
    parameter("retire", "A declaration's number: this system of its own stops.", **_TEXTS),
    parameter("evidence", "declaration:grade, such as 12:E2: its evidence is raised.", **_TEXTS),
    parameter("format", "As the Accept header.", enum=["json"]),
]


@extend_schema_view(
    get=extend_schema(
        operation_id="get_what_if",
        summary="What would follow if one body shared more",
        tags=["Scores"],
        parameters=PARAMETERS,
        responses={
            (200, "application/json"): WHAT_IF,
            **problems("bad-parameter", "not-found", "not-acceptable"),
        },
    )
)
class WhatIf(ReadView):
    """Score now and then, compared in the edition's own draws, and what the changes would save. At most 15 changes,
    worked out together. Today's number is never given where it is not published, nor anything to read it off from."""

    answers: KeptAnswers = KeptAnswers(64)  # of its own: there is no end of addresses, and lists are asked for more

    def get(self, request, label: str, key: str, **kwargs: Any) -> HttpResponseBase:
        asked: HttpRequest = request._request
        edition = edition_of(label)
        related = ("edition", "organisation", "peer_group")
        scores = Score.objects.of(edition).listed().select_related(*related)
        score = None if "\x00" in key else scores.filter(organisation__slug=key).first()
        if score is None:
            raise Http404(f"There is no score “{shown(key)}”.")
        return self.answer(asked, lambda: (text_of(asked, kept(score)).encode(), ""))


def text_of(request: HttpRequest, found: Kept) -> str:
    if not found.can_repeat:
        raise Http404("Nothing can be supposed of this body: nothing counts for it, or the edition is too old.")
    asked = changes.read(request.GET, found, also=("format",))
    result = suppose(Parameters.from_json(found.score.edition.parameters), found, asked)
    return as_json(
        {
            "now": face_of(result.now),
            "then": face_of(result.then),
            "difference": difference_of(result),
            **both_bases(result.savings),
            "systems": systems_of(result, found),
            "without_price": [line.declaration_id for line in result.moves.unpriced],
        }
    )


def face_of(face: Face) -> dict:
    return {name: getattr(face, name) for name in ("published_as", "grade", "score", "low", "high")}


def difference_of(result: Supposed) -> dict:
    points: dict[str, float | None] = dict.fromkeys(("points", "low", "high"))
    if result.delta:
        points = {name: round(getattr(result.delta, name), 1) for name in points}
    return points | {"higher": round(result.higher, 4), "lower": round(result.lower, 4)}


def systems_of(result: Supposed, found: Kept) -> list[dict]:
    offers, cases = {offer.component_id: offer for offer in found.offers}, result.moves.cases
    made = []
    for place, line in enumerate(result.moves.priced):
        cell, offer = found.cells[line.function_id], offers.get(int(cases.component[place]))
        worth = {
            f"{what}_{scenario}": significant(float(getattr(cases, what)[row, place]))
            for what in _WORTH
            for row, scenario in enumerate(SCENARIOS)
        }
        names = {
            "declaration": line.declaration_id,
            "system": solution(line),
            "function": {"slug": cell.slug, "name": cell.name},
            "component": {"slug": offer.slug, "name": offer.name} if offer else None,
            "basis": "modelled" if cases.modelled[place] else "declared",
        }
        made.append(names | worth)
    return made
