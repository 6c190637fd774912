from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What somebody prepares to say about one function of a body. Its own people see it; to publish it is to declare.

    `statements` are those that the function will have, as `registry.said` writes them. `seen` are the current
    declarations, by id, that it was begun from: where they have changed meanwhile, both versions are shown.
    """

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="drafts")
    function = models.ForeignKey("catalogue.Function", models.CASCADE, related_name="+")
    statements = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1, help_text="Counts each time it is saved.")
    ready = models.BooleanField(default=False, help_text="Whoever prepared it asks an owner to publish it.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "function"], name="draft_once_for_a_function"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.function}"
