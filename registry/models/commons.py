from django.db import models
from django.db.models import Q

from commons.constraints import keep_history


class CommonsQuerySet(models.QuerySet):
    def currency(self) -> str:
        """In which sums are stated; blank until that is recorded."""
        return self.values_list("currency", flat=True).first() or ""


@keep_history()
class Commons(models.Model):
    """What this registry is a registry of. One row: a pack's title, country, currency and licence."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    title = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    licence = models.CharField(max_length=300, blank=True)

    objects = CommonsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "commons"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="commons_is_one")]

    def __str__(self) -> str:
        return self.title

    def fiction(self) -> list[str]:
        """Titles of the made-up packs in it: the present one, or one that another was loaded on top of."""
        titles = [self.title, *self.events.order_by("-pgh_id").values_list("title", flat=True)]
        return [title for title in dict.fromkeys(titles) if "fiction" in title.casefold()]
