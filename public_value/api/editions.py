"""Editions for programs: those that count, and every revision that was published once."""

from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from commons.api.description import describe_list, describe_one, fields_of, serializer
from commons.api.views import DetailView, ListView
from commons.listing.errors import shown
from commons.listing.text import as_json
from public_value.api.robustness import ROBUSTNESS
from public_value.api.savings import SECTOR, sector_savings
from public_value.api.sensitivity import SENSITIVITY
from public_value.ladder import RealisedListing
from public_value.listings import EditionListing, RevisionListing
from public_value.models import Edition

LABEL = OpenApiParameter("label", OpenApiTypes.STR, OpenApiParameter.PATH, description="The edition's label: 2026Q3.")
REVISION = OpenApiParameter(
    "revision", OpenApiTypes.INT, OpenApiParameter.PATH, description="The number of a revision that was published."
)

ONE_EDITION = serializer(
    "Edition",
    fields_of(EditionListing.columns)
    | SECTOR
    | {
        "parameters": serializers.DictField(help_text="The method's parameter file."),
        "peer_groups": serializers.DictField(help_text="By peer group: its label, unit, parent, goalposts, means."),
        "functions": serializers.DictField(help_text="By function: what is shared, how concentrated. Never scored."),
        "robustness": ROBUSTNESS(allow_null=True, help_text="Null in editions calculated before it was."),
        "sensitivity": SENSITIVITY(allow_null=True, help_text="Null in editions calculated before it was."),
    },
)


def edition_of(label: str) -> Edition:
    found = None if "\x00" in label else Edition.objects.listed().filter(label=label).first()
    if found is None:
        raise Http404(f"There is no edition “{shown(label)}”.")
    return found


def revision_of(label: str, revision: int) -> Edition:
    """One that was published once, superseded or not."""
    edition_of(label)
    found = Edition.objects.standing().filter(label=label, revision=revision).first()
    if found is None:
        raise Http404(f"The edition “{label}” has no published revision {shown(str(revision))}.")
    return found


@describe_list(EditionListing(), "Edition", "Editions")
class Editions(ListView):
    listing = EditionListing()


@describe_one("edition", "Editions", ONE_EDITION, "The edition's label.")
class OneEdition(DetailView):
    """An edition with its parameters, the yardsticks of each peer group, what is used for each function, what sharing
    could save in all bodies together, how far its scores depend on the way of adding up, and which judgements move them
    most."""

    noun = "edition"

    def text(self, key: str) -> str | None:
        found = Edition.objects.listed().filter(label=key).first()
        return found and text_of(found, EditionListing())


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_list(RealisedListing(), "Realised", "Editions", "not-found")
class Realised(ListView):
    listing = RealisedListing()

    def get(self, request, label: str, **kwargs: Any) -> HttpResponseBase:
        self.listing = RealisedListing(edition_of(label))
        return super().get(request, **kwargs)


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_list(RevisionListing(), "Revision", "Editions", "not-found")
class Revisions(ListView):
    listing = RevisionListing()

    def get(self, request, label: str, **kwargs: Any) -> HttpResponseBase:
        self.listing = RevisionListing(edition_of(label).label)
        return super().get(request, **kwargs)


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_one("revision", "Editions", ONE_EDITION, "The revision's number.", OpenApiTypes.INT)
class OneRevision(DetailView):
    """A revision as it was published, whether a correction took its place or not: the same as of an edition."""

    noun = "revision"

    def get(self, request, label: str, key: int, **kwargs: Any) -> HttpResponseBase:
        self.edition = revision_of(label, key)
        return super().get(request, key=key, **kwargs)

    def text(self, key: int) -> str:
        return text_of(self.edition, RevisionListing(self.edition.label))


def text_of(edition: Edition, listing: EditionListing) -> str:
    """`listing` is one that the edition is in."""
    more = {"peer_groups": edition.peer_groups, "functions": edition.function_figures}
    more |= sector_savings(edition)
    more |= {"robustness": edition.robustness or None, "sensitivity": edition.sensitivity or None}
    parts = as_json(listing.one(pk=edition.pk) | more)
    return f'{parts[:-1]},"parameters":{edition.parameters.strip()}}}'
