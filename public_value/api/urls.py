from django.urls import URLPattern, path

from commons.api.urls import published
from commons.api.views import ListView
from public_value.api import editions, preview, scores, sharing
from public_value.api.what_if import WhatIf

app_name = "public_value_api"


def listed(address: str, view: type[ListView], name: str) -> list[URLPattern]:
    """A list that belongs to one thing, and is named with it: `<address>`, `<address>.json` and `<address>.csv`."""
    files = [
        path(f"{address}.{form}", view.as_view(schema=None), {"suffix": form}, name=f"{name}.{form}")
        for form in view.offered
    ]
    return [path(address, view.as_view(), name=name), *files]


EDITION, REVISION = "editions/<str:label>", "editions/<str:label>/revisions"
urlpatterns = [
    *published("editions", "Editions of the public value index", editions.Editions),
    path("editions/<str:key>", editions.OneEdition.as_view(), name="edition"),
    *listed(f"{EDITION}/scores", scores.Scores, "scores"),
    *listed(f"{EDITION}/realised", editions.Realised, "realised"),
    path(f"{EDITION}/scores/<str:key>", scores.OneScore.as_view(), name="score"),
    path(f"{EDITION}/scores/<str:key>/what-if", WhatIf.as_view(), name="what_if"),
    path(f"{EDITION}/components/<str:key>", sharing.ComponentOpenings.as_view(), name="component"),
    path(f"{EDITION}/functions/<str:key>", sharing.FunctionCase.as_view(), name="function"),
    *listed(REVISION, editions.Revisions, "revisions"),
    path(f"{REVISION}/<int:key>", editions.OneRevision.as_view(), name="revision"),
    *listed(f"{REVISION}/<int:revision>/scores", scores.RevisionScores, "revision_scores"),
    path(f"{REVISION}/<int:revision>/scores/<str:key>", scores.OneRevisionScore.as_view(), name="revision_score"),
    # Beside the editions, so that no label can stand in its way.
    path("preview", preview.OnePreview.as_view(), name="preview"),
    *listed("preview/scores", preview.PreviewScores, "preview_scores"),
    path("preview/scores/<str:key>", preview.OnePreviewScore.as_view(), name="preview_score"),
]
