"""The operators' pages of the catalogue."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from catalogue.models import Blueprint, Component, Function, PeerGroup, Profile, Relation, Slot, Standard, Step, Synonym
from catalogue.models.component import RESERVED_SLUGS
from registry.audited_admin import AuditedAdmin
from registry.models import Declaration


class RelationInline(admin.TabularInline):
    model = Relation
    fk_name = "component"
    autocomplete_fields = ["other"]
    extra = 0


class ProfileInline(admin.StackedInline):
    model = Profile


class SlugGivenOnceAdmin(AuditedAdmin):
    """The slug is in addresses that others keep, so it is typed once and never changed."""

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(PeerGroup)
class PeerGroupAdmin(SlugGivenOnceAdmin):
    list_display = ["label", "slug", "parent", "driver_unit"]
    list_select_related = ["parent"]
    search_fields = ["label", "slug"]

    def searched(self, obj):
        """Those made for any kind of body, or used by a body of one: an entry names the kinds below those that it is
        made for, and above those that use it, and this one may have moved."""
        used = Declaration.objects.current().adoptions().exclude(organisation__peer_group=None)
        made_for = Component.objects.exclude(available_to=None)
        return [*made_for.values_list("id", flat=True), *used.values_list("component", flat=True).distinct()]


@admin.register(Function)
class FunctionAdmin(SlugGivenOnceAdmin):
    list_display = ["name", "slug", "parent", "kind", "evolution"]
    list_filter = ["kind", "evolution"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent"]

    def searched(self, obj):
        """Those of this function and of all below it: an entry names the functions above its own too."""
        branch = Function.objects.within([obj.slug])
        return list(Component.objects.filter(functions__in=branch).distinct().values_list("id", flat=True))


@admin.register(Standard)
class StandardAdmin(SlugGivenOnceAdmin):
    list_display = ["name", "slug", "address"]
    search_fields = ["name", "slug", "address"]

    def searched(self, obj):
        return list(obj.components.values_list("id", flat=True))


@admin.register(Synonym)
class SynonymAdmin(AuditedAdmin):
    list_display = ["term", "same_as"]
    search_fields = ["term", "same_as"]


class ComponentForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This slug is the address of another page. Choose another one."))
        return slug


@admin.register(Component)
class ComponentAdmin(SlugGivenOnceAdmin):
    form = ComponentForm
    list_display = ["name", "slug", "kind", "lifecycle", "licence"]
    list_filter = ["kind", "lifecycle"]
    search_fields = ["name", "slug", "summary"]
    autocomplete_fields = ["successor", "functions", "standards"]
    filter_horizontal = ["available_to"]
    inlines = [ProfileInline, RelationInline]

    def searched(self, obj):
        return [obj.pk]


class StepInline(admin.TabularInline):
    model = Step
    extra = 0


class SlotInline(admin.TabularInline):
    model = Slot
    autocomplete_fields = ["functions"]
    extra = 0


@admin.register(Blueprint)
class BlueprintAdmin(SlugGivenOnceAdmin):
    list_display = ["name", "slug", "kind", "function"]
    list_select_related = ["function"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["function"]
    inlines = [StepInline]


@admin.register(Step)
class StepAdmin(SlugGivenOnceAdmin):
    list_display = ["name", "slug", "blueprint", "number", "verb"]
    list_select_related = ["blueprint"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["blueprint"]
    inlines = [SlotInline]
