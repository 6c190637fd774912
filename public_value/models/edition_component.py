"""What an edition took a component to be: part of the yardstick that a live preview measures with."""

from django.db import models


class EditionComponent(models.Model):
    """Whether a component was shared in an edition, how many independent adopters it had, how open it was (AG-4).

    It goes with its component: a score's lines, not this row, keep what a component did to a score.
    """

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="components", db_index=False)
    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="+")
    shared = models.BooleanField()
    independent_adopters = models.IntegerField()
    openness = models.FloatField(help_text="Mean of its four openness flags, 0 to 1.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "component"], name="edition_component_once")]

    def __str__(self) -> str:
        return f"{self.component} in {self.edition}"
