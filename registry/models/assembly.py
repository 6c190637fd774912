"""Components that a body has put together for a blueprint, and saved."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from commons.constraints import keep_history


class AssemblyQuerySet(models.QuerySet):
    def listed(self):
        """What anybody may see who has its address: everything that was not withdrawn."""
        return self.filter(withdrawn_in=None)


@keep_history()
class Assembly(models.Model):
    """`uuid` is in its address. `planned_in`: the act that declared that the body plans to use what is chosen."""

    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="assemblies")
    blueprint = models.ForeignKey("catalogue.Blueprint", models.PROTECT, related_name="assemblies")
    name = models.CharField(max_length=200)
    cases = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Cases a year. Blank: what the body states, or an estimate."
    )
    forked_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="forks")
    saved_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", help_text="By its last change.")
    planned_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "assemblies"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="assembly_has_a_name"),
            models.CheckConstraint(
                condition=Q(withdrawn_in=None) | Q(planned_in=None), name="assembly_planned_is_not_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history()
class Part(models.Model):
    """A component of an assembly: what fills a slot or, without one, what is taken besides."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="parts")
    slot = models.ForeignKey("catalogue.Slot", models.CASCADE, null=True, blank=True, related_name="parts")
    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="parts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "slot"], name="part_fills_a_slot_once"),
            models.UniqueConstraint(
                fields=["assembly", "component"], condition=Q(slot=None), name="part_taken_besides_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} in {self.assembly}"
