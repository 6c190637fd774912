"""Adding, changing and removing catalogues of the Open Catalog API."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from commons.exceptions import Refused
from registry.models import Act, Catalog, Event
from registry.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class WantedCatalog:
    name: str
    alternative_id: str | None = None
    active: bool = True
    publishers_namespace: str = ""
    scopes: Sequence[str] = ()
    sources: Sequence[dict[str, Any]] = ()


@transaction.atomic
def create_catalog(*, wanted: WantedCatalog, by: Actor) -> Catalog:
    """Raises Refused: another one has the alternative id."""
    catalog = kept(Catalog(), wanted)
    Event.objects.create(act=Act.CREATE_CATALOG, **by.signature, detail={"catalog": str(catalog.uuid)} | asdict(wanted))
    return catalog


@transaction.atomic
def update_catalog(*, catalog: Catalog, wanted: WantedCatalog, by: Actor) -> Catalog:
    """Raises Refused: another one has the alternative id."""
    kept(catalog, wanted)
    Event.objects.create(act=Act.UPDATE_CATALOG, **by.signature, detail={"catalog": str(catalog.uuid)} | asdict(wanted))
    return catalog


@transaction.atomic
def analyse_catalog(*, catalog: Catalog, analysis: Mapping[str, Any], by: Actor) -> None:
    """Keep the analysis of a catalogue: all namespaces, those that are not new among them."""
    Catalog.objects.filter(pk=catalog.pk).update(analysis=analysis)
    detail = {"catalog": str(catalog.uuid), "namespaces": sorted(analysis)}
    Event.objects.create(act=Act.ANALYSE_CATALOG, **by.signature, detail=detail)


@transaction.atomic
def delete_catalog(*, catalog: Catalog, by: Actor) -> None:
    """Raises Refused: publishers or software belong to it."""
    catalog = Catalog.objects.select_for_update().get(pk=catalog.pk)
    if catalog.publishers.exists() or catalog.software.exists():
        raise Refused("Catalog still has associated publishers or software")
    detail = {"catalog": str(catalog.uuid), "name": catalog.name}
    Event.objects.create(act=Act.DELETE_CATALOG, **by.signature, detail=detail)
    catalog.delete()


def kept(catalog: Catalog, wanted: WantedCatalog) -> Catalog:
    refuse_uuid(wanted.alternative_id)
    for name, value in asdict(wanted).items():
        setattr(catalog, name, list(value) if name in ("scopes", "sources") else value)
    catalog.alternative_id = catalog.alternative_id or None
    try:
        with transaction.atomic():
            catalog.save()
    except IntegrityError as error:
        if "alternative_id" not in str(error):
            raise
        raise Refused(f"alternativeId already exists: {wanted.alternative_id}") from error
    catalog.refresh_from_db()
    return catalog


def refuse_uuid(alternative_id: str | None) -> None:
    """One catalogue's id must not become another one's name."""
    try:
        named = Q(uuid=UUID(alternative_id or ""))
    except ValueError:
        return
    if Catalog.objects.filter(named).exists():
        raise Refused(f"alternativeId already exists: {alternative_id}")
