"""The operators' pages of benchmarks: the catalogue board's numbers, changed at editions only."""

from django.contrib import admin

from public_value.models import Benchmark, BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm
from registry.admin import AuditedAdmin


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
