import pgtrigger
from django.db import models
from django.db.models import Q

from registry.models.declaration import CURRENT

# Locks the component, so that two statements made at once see each other; 1e-9 is for shares such as a third.
SHARES_AT_MOST_ONE = """
    PERFORM 1 FROM catalogue_component WHERE id = NEW.component_id FOR UPDATE;
    IF (SELECT sum(share) FROM registry_stewardship
        WHERE component_id = NEW.component_id AND superseded_in_id IS NULL) > 1.000000001 THEN
        RAISE EXCEPTION 'The shares of this component''s stewards exceed 1.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stewardship_shares_at_most_one';
    END IF;
    RETURN NULL;
"""


class StewardshipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(CURRENT)


class Stewardship(models.Model):
    """Who looks after a component, and for which part. A declaration like any other: superseded, never edited."""

    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="stewardships")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="stewardships")
    share = models.FloatField(default=1)
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    superseded_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("component", "organisation", condition=CURRENT, name="stewardship_current_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="stewardship_share_is_a_share"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stewardship_shares_at_most_one",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=SHARES_AT_MOST_ONE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} looks after {self.component}"
