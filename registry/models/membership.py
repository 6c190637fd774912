from django.conf import settings
from django.db import models
from django.db.models import Q

from commons.constraints import one_of


class Role(models.TextChoices):
    """What somebody is for a body, or for the registry as a whole. What each may do is in `registry.permissions`."""

    READER = "reader", "Reader"
    EDITOR = "editor", "Editor"
    OWNER = "owner", "Owner"
    FINANCE_ATTESTOR = "finance_attestor", "Finance attestor"
    STEWARDS_OFFICER = "stewards_officer", "Steward's officer"
    ANALYST = "analyst", "Analyst"
    MODERATOR = "moderator", "Moderator"
    OPERATOR = "operator", "Operator"


OF_THE_REGISTRY = (Role.ANALYST, Role.MODERATOR, Role.OPERATOR)
OF_A_BODY = tuple(role for role in Role if role not in OF_THE_REGISTRY)
STANDING, ASKED = Q(ended_in=None, granted_in__isnull=False), Q(ended_in=None, granted_in=None)


class MembershipQuerySet(models.QuerySet):
    def standing(self):
        """Granted, and not ended. Whether the body still exists is asked beside (`Organisation.existing`)."""
        return self.filter(STANDING)

    def asked(self):
        """Asked for, and neither granted nor refused yet."""
        return self.filter(ASKED)

    def owners(self):
        return self.filter(role=Role.OWNER)


class Membership(models.Model):
    """One role of one person, for a body or for the registry. It is asked for, granted and ended, and stays as history.

    Somebody who is invited has it granted in the act that made it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "registry.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        help_text="Blank: the registry as a whole.",
    )
    role = models.CharField(max_length=20, choices=Role)
    asked_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    granted_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    ended_in = models.ForeignKey(
        "registry.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where it was never granted: refused, or taken back.",
    )
    reason = models.TextField(blank=True, help_text="What who asks says of themselves, or why it was refused.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "person__email", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ended_in=None),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(condition=one_of("role", Role), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=OF_THE_REGISTRY, organisation=None)
                | Q(role__in=OF_A_BODY, organisation__isnull=False),
                name="membership_role_fits",
            ),
            models.CheckConstraint(
                condition=Q(asked_in__isnull=False) | Q(granted_in__isnull=False), name="membership_begins_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["organisation"], condition=Q(ended_in=None), name="membership_of_body")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} of {self.organisation or 'the registry'}"
