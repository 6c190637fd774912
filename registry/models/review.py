import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from catalogue.models import Component, Lifecycle
from registry.models.declaration import CURRENT, STAGES_IN_USE, Declaration, Stage

TRIED = (*STAGES_IN_USE, Stage.RETIRED)
LONGEST = 4_000  # characters of a text: a page's worth
LONGEST_WEEKS = 520  # to adopt: ten years

# Deferred, so that an adoption and a review of it may come in one transaction, in any order.
OF_AN_ADOPTER = f"""
    IF NEW.superseded_in_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM registry_declaration
        WHERE kind = 'adoption' AND organisation_id = NEW.organisation_id AND component_id = NEW.component_id
        AND superseded_in_id IS NULL AND stage IN ({", ".join(f"'{stage.value}'" for stage in TRIED)})
    ) THEN
        RAISE EXCEPTION 'Only a body that uses the component, or stopped using it, can review it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_of_an_adopter';
    END IF;
    RETURN NULL;
"""


def tries(organisation: object, component: object) -> models.QuerySet:
    """What a body says now of its use of a component, ended use included: what makes its word a review."""
    said = Declaration.objects.current().adoptions().filter(stage__in=TRIED)
    return said.filter(organisation=organisation, component=component)


class ReviewQuerySet(models.QuerySet):
    def current(self):
        return self.filter(CURRENT)

    def listed(self):
        """What the public may see: of components that are public, by bodies that still say that they tried them.

        With `since`, `stage` and `evidence` of the body's longest and best evidenced use.
        """
        tried = tries(OuterRef("organisation"), OuterRef("component"))
        first = tried.order_by("-evidence", "since", "pk")
        return (
            self.current()
            .exclude(component__in=Component.objects.filter(lifecycle=Lifecycle.DRAFT))
            .filter(Exists(tried))
            .annotate(
                since=Subquery(tried.order_by("since", "pk").values("since")[:1]),
                stage=Subquery(first.values("stage")[:1]),
                evidence=Subquery(first.values("evidence")[:1]),
            )
        )


class Review(models.Model):
    """What a body found when it took a component up. Superseded like a declaration, never edited; prose is Markdown."""

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="reviews")
    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="reviews")
    went_well = models.TextField(blank=True)
    blocked = models.TextField(blank=True, help_text="What stood in the way.")
    weeks_to_adopt = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="From the decision to the first real case."
    )
    written_on = models.DateField()
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    superseded_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-id"]
        constraints = [
            models.UniqueConstraint("component", "organisation", condition=CURRENT, name="review_current_once"),
            models.CheckConstraint(condition=~Q(went_well="", blocked=""), name="review_says_something"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="review_is_of_an_adopter",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=OF_AN_ADOPTER,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.component}"
