from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from commons.constraints import Touched, keep_history


class Hosting(models.TextChoices):
    HOSTED = "hosted", "Hosted by who looks after it"
    SUPPLIER = "supplier", "Hosted by suppliers"
    SELF_RUN = "self_run", "Each body runs its own"


@keep_history()
class Profile(models.Model):
    """What a body wants to know before it takes a component up. Not stated is blank, or no row at all."""

    component = models.OneToOneField("catalogue.Component", models.CASCADE, primary_key=True, related_name="profile")
    hosting = ArrayField(models.CharField(max_length=20, choices=Hosting), default=list, blank=True)
    start = models.TextField(blank=True, help_text="How to start, in steps. Markdown.")
    start_url = models.TextField(blank=True, help_text="Where to start: a form, a guide.")
    contact_name = models.CharField(max_length=300, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_url = models.TextField(blank=True)
    support = models.TextField(blank=True, help_text="Who helps, when, and how fast. Markdown.")
    security_url = models.TextField(blank=True, help_text="The security statement.")
    accessibility_url = models.TextField(blank=True, help_text="The accessibility statement.")
    api_description_url = models.TextField(blank=True, help_text="The interface's description: OpenAPI.")
    leaving = models.TextField(blank=True, help_text="How a body leaves and takes its data along. Markdown.")
    limits = models.TextField(blank=True, help_text="Known limits and edge cases. Markdown.")
    version = models.CharField(max_length=120, blank=True)
    released_on = models.DateField(null=True, blank=True, help_text="The day of that version.")
    ends_on = models.DateField(null=True, blank=True, help_text="The day on which it is switched off.")
    languages = ArrayField(models.CharField(max_length=35), default=list, blank=True, help_text="BCP 47 tags.")
    keywords = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hosting__contained_by=Hosting.values), name="profile_hosting_is_known"),
        ]
        triggers = [Touched(name="profile_touched")]

    def __str__(self) -> str:
        return f"Profile of {self.component}"
