"""That a component is on its way out, and that those who use it have been told."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from catalogue.models import Lifecycle
from registry.models.declaration import CURRENT


class DeprecationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(CURRENT)


class Deprecation(models.Model):
    """Who looks after a component has named the one to take instead, and the day on which it is switched off.

    What was before is kept, so that a mistake can be undone. Superseded when it is undone, or by a new one.
    """

    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="deprecations")
    successor = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="+")
    ends_on = models.DateField()
    lifecycle_before = models.CharField(max_length=20, choices=Lifecycle, blank=True)
    successor_before = models.ForeignKey("catalogue.Component", models.PROTECT, null=True, related_name="+")
    ends_on_before = models.DateField(null=True)
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    superseded_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = DeprecationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("component", condition=CURRENT, name="deprecation_current_once"),
            models.CheckConstraint(condition=~Q(successor=F("component")), name="deprecation_names_another"),
        ]

    def __str__(self) -> str:
        return f"{self.component} ends on {self.ends_on}"


class NoticeQuerySet(models.QuerySet):
    def standing(self):
        """Of what still holds."""
        return self.filter(deprecation__superseded_in=None)

    def to_mail(self, today: date):
        """Those whose letter is due: not on the day itself, on which a mistake is undone, and never a second time."""
        due = self.standing().filter(deprecation__recorded_in__at__date__lt=today, claimed_at=None)
        known = due.exclude(organisation__contact_email="")
        return known.select_related("organisation", "deprecation__component", "deprecation__successor")


class Notice(models.Model):
    """Tells one body that a component which it uses or plans to use ends. It stands on its page, and goes by mail.

    `claimed_at` is set before the letter is sent and `mailed_at` after: a letter that is claimed and not mailed was
    cut off in between, and nobody knows whether it went, so it does not go again.
    """

    deprecation = models.ForeignKey("registry.Deprecation", models.CASCADE, related_name="notices")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="notices")
    claimed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deprecation", "organisation"], name="notice_given_once"),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(claimed_at__isnull=False), name="notice_claimed_before_mailed"
            ),
        ]

    def __str__(self) -> str:
        return f"To {self.organisation}: {self.deprecation}"
