from django.db import models


class Publishing(models.Model):
    """Somebody asks to publish an edition as it was computed then: it waits for the agreement of another person.

    Where the edition was computed anew since, nothing waits: others would agree to figures that nobody has asked about.
    """

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="publishings")
    computed_at = models.DateTimeField()
    asked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "computed_at"], name="publishing_asked_once"),
        ]

    def __str__(self) -> str:
        return f"Publishing {self.edition}"
