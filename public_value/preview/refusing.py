"""That no preview can be made: kept for readers, and told to the log once and not with every beat."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from public_value.models import PreviewRefusal

AGAIN = timedelta(hours=1)
"""After so long the log is told once more of what has not changed."""


def keep_refusal(sentence: str) -> bool:
    """Keep why no preview can be made. True where the log is to be told: the first time, when the sentence changes, and
    once an hour. Nothing is written in between."""
    now = timezone.now()
    told = PreviewRefusal.objects.filter(sentence=sentence, logged_at__gt=now - AGAIN)
    if told.exists():
        return False
    with transaction.atomic():
        first = {"sentence": sentence, "since": now, "logged_at": now}
        kept, made = PreviewRefusal.objects.select_for_update().get_or_create(pk=PreviewRefusal.ONLY, defaults=first)
        if made or told.exists():
            return made
        since = kept.since if kept.sentence == sentence else now
        kept.sentence, kept.since, kept.logged_at = sentence, since, now
        kept.save()
    return True


def forget_refusal() -> None:
    """One is being made."""
    PreviewRefusal.objects.all().delete()
