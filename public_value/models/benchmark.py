from django.db import models
from django.db.models import F, Q

from commons.constraints import FINANCIAL_YEAR, SLUG, at_least_zero, keep_history


@keep_history()
class BenchmarkEdition(models.Model):
    """Which yearly set of benchmarks this registry holds, and the financial year whose money they are in. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=60, blank=True, help_text="Blank: there are no benchmarks, so no scores.")
    base_financial_year = models.CharField(max_length=7, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="benchmark_edition_is_one"),
            models.CheckConstraint(
                condition=Q(base_financial_year="") | Q(base_financial_year__regex=FINANCIAL_YEAR),
                name="benchmark_edition_base_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "No benchmarks"


@keep_history()
class Deflator(models.Model):
    """The price index of a financial year: `cost_real = cost × index[base] / index[year]` (method 1.2)."""

    financial_year = models.CharField(max_length=7, unique=True)
    index = models.FloatField()

    class Meta:
        ordering = ["financial_year"]
        constraints = [
            models.CheckConstraint(condition=Q(financial_year__regex=FINANCIAL_YEAR), name="deflator_year_is_a_year"),
            models.CheckConstraint(condition=Q(index__gt=0), name="deflator_index_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.financial_year}: {self.index}"


@keep_history()
class Benchmark(models.Model):
    """What a function costs a body of this kind, and how much of it there is, for each unit of the body's driver."""

    peer_group = models.ForeignKey("catalogue.PeerGroup", models.CASCADE, related_name="benchmarks")
    function = models.ForeignKey("catalogue.Function", models.CASCADE, related_name="benchmarks")
    ref_cost_per_driver = models.FloatField(null=True, blank=True)
    ref_volume_per_driver = models.FloatField(null=True, blank=True)
    observations = models.PositiveIntegerField(
        null=True, blank=True, help_text="Blank: used, and labelled provisional."
    )
    provenance = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer_group", "function"], name="benchmark_stated_once"),
            models.CheckConstraint(condition=at_least_zero("ref_cost_per_driver"), name="benchmark_cost_not_negative"),
            models.CheckConstraint(
                condition=at_least_zero("ref_volume_per_driver"), name="benchmark_volume_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} for {self.peer_group}"


@keep_history()
class PeerGroupNorm(models.Model):
    """Goalposts and means of a peer group, fixed for an edition (method 1.2 and 1.6). All are shares, 0 to 1."""

    peer_group = models.OneToOneField("catalogue.PeerGroup", models.CASCADE, related_name="norm")
    f_lo = models.FloatField(null=True, blank=True)
    f_hi = models.FloatField(null=True, blank=True)
    f_median_share = models.FloatField(null=True, blank=True)
    adoption_mean_custom = models.FloatField(null=True, blank=True)
    adoption_mean_product = models.FloatField(null=True, blank=True)
    adoption_mean_commodity = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(f_lo=None) | Q(f_hi=None) | Q(f_lo__lt=F("f_hi")), name="norm_goalposts_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Norms of {self.peer_group}"


@keep_history()
class FrontlinePost(models.Model):
    """What one front-line post costs a year: puts a saving in words that people know."""

    slug = models.CharField(max_length=120, unique=True)
    label = models.CharField(max_length=200)
    annual_cost = models.DecimalField()
    financial_year = models.CharField(max_length=7)
    source = models.TextField()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="post_slug_is_plain"),
            models.CheckConstraint(condition=at_least_zero("annual_cost"), name="post_cost_not_negative"),
            models.CheckConstraint(condition=Q(financial_year__regex=FINANCIAL_YEAR), name="post_year_is_a_year"),
        ]

    def __str__(self) -> str:
        return self.label
