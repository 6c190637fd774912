from django.db import connection
from rest_framework import serializers

from catalogue.listings import ComponentListing, FunctionListing, PeerGroupListing
from catalogue.models import Component, Function, Hosting, search_version
from commons.api.description import (
    BLANK,
    ReferenceSerializer,
    describe_list,
    describe_one,
    fields_of,
    serializer,
)
from commons.api.views import DetailView, ListView
from commons.kept import Kept
from commons.listing.text import as_json

DOCUMENT = "SELECT document FROM catalogue_searchentry WHERE slug = %s"


class ShareSerializer(ReferenceSerializer):
    share = serializers.FloatField(help_text="The part of the work that it answers for, 0 to 1.")


class SourceErrorsSerializer(serializers.Serializer):
    since = serializers.DateField(**BLANK)
    version_of = serializers.DateField(**BLANK, help_text="The day on which it was last read without an error.")


class RelatedSerializer(serializers.Serializer):
    component = ReferenceSerializer()
    relation = serializers.CharField()
    relation_label = serializers.CharField()


class ProfileSerializer(serializers.Serializer):
    """What a body wants to know before it takes a component up; null is not stated."""

    hosting = serializers.ListField(child=serializers.ChoiceField(choices=Hosting.choices))
    start = serializers.CharField(**BLANK, help_text="How to start. Markdown.")
    start_url = serializers.CharField(**BLANK)
    contact_name = serializers.CharField(**BLANK)
    contact_email = serializers.CharField(**BLANK)
    contact_url = serializers.CharField(**BLANK)
    support = serializers.CharField(**BLANK, help_text="Markdown.")
    security_url = serializers.CharField(**BLANK)
    accessibility_url = serializers.CharField(**BLANK)
    api_description_url = serializers.CharField(**BLANK)
    leaving = serializers.CharField(**BLANK, help_text="How a body leaves. Markdown.")
    limits = serializers.CharField(**BLANK, help_text="Known limits and edge cases. Markdown.")
    version = serializers.CharField(**BLANK)
    released_on = serializers.DateField(**BLANK)
    ends_on = serializers.DateField(**BLANK, help_text="When it is switched off.")
    languages = serializers.ListField(child=serializers.CharField(), help_text="BCP 47 tags.")
    keywords = serializers.ListField(child=serializers.CharField())


def text(help_text: str) -> serializers.CharField:
    return serializers.CharField(**BLANK, help_text=help_text)


def flag(help_text: str) -> serializers.BooleanField:
    return serializers.BooleanField(**BLANK, help_text=help_text)


ONE_COMPONENT = serializer(
    "Component",
    fields_of(ComponentListing.columns)
    | {
        "description": text("Markdown."),
        "stewards": ShareSerializer(many=True),
        "successor": ReferenceSerializer(**BLANK),
        "repository": text("Where its code is."),
        "documentation": text("Where its documentation is."),
        "open_licence": flag("Its licence is open."),
        "open_standard": flag("It keeps to an open standard."),
        "valid_metadata": flag("Its metadata are valid."),
        "data_exportable": flag("Its data can be taken out."),
        "price_per_transaction": text("A decimal as text, in `currency`."),
        "fixed_fee": text("A year, for each adopter; a decimal as text, in `currency`."),
        "currency": serializers.CharField(),
        "planned_by": serializers.IntegerField(help_text="Bodies that plan to use it."),
        "stopped_by": serializers.IntegerField(help_text="Bodies that stopped using it."),
        "external_independent_adopters": serializers.IntegerField(**BLANK, help_text="Adopters outside this registry."),
        "relations": RelatedSerializer(many=True, help_text="How it stands to other components."),
        "related_from": RelatedSerializer(many=True, help_text="How other components stand to it."),
        "profile": ProfileSerializer(**BLANK),
        "standards": ReferenceSerializer(many=True, help_text="The standards that it follows."),
        "source": text("Where this description comes from."),
        "source_errors": SourceErrorsSerializer(
            **BLANK, help_text="No source of it can be read without errors: the last good version is shown."
        ),
    },
)
ONE_FUNCTION = serializer(
    "Function",
    fields_of(FunctionListing.columns)
    | {
        "children": ReferenceSerializer(many=True, help_text="The functions right below it."),
        "made_for_it": ReferenceSerializer(many=True, help_text="Listed components made for this function itself."),
    },
)


@describe_list(ComponentListing(), "Component", "Components")
class Components(ListView):
    listing = ComponentListing()
    answers = Kept(256)  # they outlive what is recorded of anything else

    def version(self) -> str:
        return search_version()


@describe_one("component", "Components", ONE_COMPONENT, "The component's slug.")
class OneComponent(DetailView):
    noun = "component"

    def version(self) -> str:
        """Not asked for: to read the document costs no more."""
        return ""

    def text(self, key: str) -> str | None:
        """The document as it was made when the component was recorded."""
        with connection.cursor() as cursor:
            cursor.execute(DOCUMENT, [key])
            found = cursor.fetchone()
        return found[0] if found else None


@describe_list(FunctionListing(), "Function", "Functions")
class Functions(ListView):
    listing = FunctionListing()


@describe_one("function", "Functions", ONE_FUNCTION, "The function's slug.")
class OneFunction(DetailView):
    noun = "function"

    def text(self, key: str) -> str | None:
        row = FunctionListing().one(slug=key)
        if row is None:
            return None
        children = Function.objects.filter(parent__slug=key).values("slug", "name")
        made = Component.objects.listed().filter(functions__slug=key).values("slug", "name")
        return as_json(row | {"children": list(children), "made_for_it": list(made)})


@describe_list(PeerGroupListing(), "PeerGroup", "Peer groups")
class PeerGroups(ListView):
    listing = PeerGroupListing()
