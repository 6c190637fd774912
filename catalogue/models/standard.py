from django.db import models
from django.db.models import Q

from commons.constraints import SLUG, keep_history


@keep_history()
class Standard(models.Model):
    """A published rule that components can follow: of data, of an interface, of how things are done."""

    slug = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    address = models.TextField(blank=True, help_text="A URI that names it, where there is one: also how files name it.")

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="standard_slug_is_plain"),
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="standard_address_once"),
        ]

    def __str__(self) -> str:
        return self.name
