from django.db import models

PUBLICCODE = "publiccode.yml"  # the format's name; its reader is not loaded with the models


class DescriptionQuerySet(models.QuerySet):
    def of_format(self, name: str):
        """Those in one format of `catalogue.readers.formats`, the one read last first."""
        return self.filter(format=name).order_by("-read_at", "-id")


class Description(models.Model):
    """A text that describes a component, kept whole as it was when it was last read without an error.

    `format` is a name of `catalogue.readers.formats`; `address` is where it was read, blank where it was handed in.
    """

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="descriptions")
    format = models.CharField(max_length=40)
    address = models.TextField(blank=True)
    text = models.TextField()
    read_at = models.DateTimeField()

    objects = DescriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["component", "format", "address"], name="description_kept_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="description_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.format} of {self.component}"
