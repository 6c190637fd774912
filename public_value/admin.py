"""The operators' pages of benchmarks, changed at editions only, and of editions, which nobody changes."""

from django.contrib import admin

from public_value.models import Benchmark, BenchmarkEdition, Deflator, Edition, FrontlinePost, PeerGroupNorm, Score
from registry.admin import AuditedAdmin, ReadOnlyAdmin


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
    list_display = ["label", "snapshot_date", "state", "method_version", "draws", "computed_at"]


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "edition", "grade", "published_as"]
    list_filter = ["edition", "grade", "published_as"]
    list_select_related = ["organisation", "edition"]
    search_fields = ["organisation__name"]
