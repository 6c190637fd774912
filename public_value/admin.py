"""The operators' pages of benchmarks, changed at editions only, and of editions, which nobody changes."""

from django.contrib import admin

from public_value.actions import comment_on_edition, review_change, settle_dispute
from public_value.forms import CommentForm, ReviewForm, SettlementForm
from public_value.models import (
    Benchmark,
    BenchmarkEdition,
    Deflator,
    Edition,
    EditionComment,
    FrontlinePost,
    HeldChange,
    PeerGroupNorm,
    Score,
    Settlement,
)
from registry.audited_admin import AuditedAdmin, ReadOnlyAdmin


@admin.register(Benchmark)
class BenchmarkAdmin(AuditedAdmin):
    list_display = ["peer_group", "function", "ref_cost_per_driver", "ref_volume_per_driver", "observations"]
    list_filter = ["peer_group"]
    list_select_related = ["peer_group", "function"]
    search_fields = ["function__name"]
    autocomplete_fields = ["peer_group", "function"]


@admin.register(BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm)
class MethodInputAdmin(AuditedAdmin):
    pass


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["label", "revision", "snapshot_date", "state", "method_version", "draws", "computed_at"]
    search_fields = ["label"]


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "edition", "grade", "published_as"]
    list_filter = ["edition", "grade", "published_as"]
    list_select_related = ["organisation", "edition"]
    search_fields = ["organisation__name"]


@admin.register(EditionComment)
class EditionCommentAdmin(ReadOnlyAdmin):
    """An operator puts down what a body has said. A comment is never changed."""

    form = CommentForm
    list_display = ["edition", "organisation", "function", "disputed", "at"]
    list_filter = ["edition", "disputed"]
    list_select_related = ["edition", "organisation", "function"]
    autocomplete_fields = ["organisation", "function"]

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("public_value.add_editioncomment")

    def save_model(self, request, obj, form, change):
        obj.pk = comment_on_edition(by=request.user, **form.cleaned_data).pk

    def log_addition(self, request, obj, message):
        """The act has its own event."""


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    """An operator says how a dispute was settled; what it paused is shown again. A settlement is never changed."""

    form = SettlementForm
    list_display = ["dispute", "at", "by"]
    list_filter = ["dispute__edition"]
    list_select_related = ["dispute__edition", "dispute__organisation", "by"]

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("public_value.add_settlement")

    def save_model(self, request, obj, form, change):
        obj.pk = settle_dispute(by=request.user, **form.cleaned_data).pk

    def log_addition(self, request, obj, message):
        """The act has its own event."""


@admin.register(HeldChange)
class HeldChangeAdmin(ReadOnlyAdmin):
    """Scores that moved far: shown when somebody has looked, with a note for everybody."""

    form = ReviewForm
    list_display = ["organisation", "edition", "points", "reviewed_at"]
    list_filter = ["edition", ("reviewed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["edition", "organisation"]
    readonly_fields = ["edition", "organisation", "previous", "points", "reviewed_at", "reviewed_by"]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("public_value.change_heldchange") and not (obj and obj.reviewed_at)

    def save_model(self, request, obj, form, change):
        review_change(change=obj, note=form.cleaned_data["note"], by=request.user)

    def log_change(self, request, obj, message):
        """The act has its own event."""
