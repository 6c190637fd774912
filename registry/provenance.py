"""Where the registry's data come from and on what terms, for the first sheet of its spreadsheets."""

from django.conf import settings

from commons.formats.about import Provenance
from registry.models import Commons


def provenance() -> Provenance:
    registry = Commons.objects.first()
    titles = dict.fromkeys(filter(None, [settings.SERVICE_NAME, registry.title if registry else ""]))
    return Provenance(source=", ".join(titles), licence=registry.licence if registry else "")
