from django.db import models

from catalogue.addresses import RepositoryKey


class RepositoryAlias(models.Model):
    """Another address of a component's repository: where it was before, or is mirrored."""

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="aliases")
    address = models.TextField()

    class Meta:
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(RepositoryKey("address"), name="repository_alias_of_one_component"),
            models.CheckConstraint(condition=~models.Q(address=""), name="repository_alias_says_something"),
        ]
        verbose_name_plural = "repository aliases"

    def __str__(self) -> str:
        return self.address
