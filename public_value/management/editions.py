"""What the commands of editions share."""

from datetime import date

from django.core.management.base import CommandError

from public_value.models import Edition


def edition_named(label: str, revision: int | None = None) -> Edition:
    """The newest revision of a label, or a given one. Raises CommandError, naming what there is."""
    found = Edition.objects.dated().labelled(label).order_by("-revision")
    edition = (found.filter(revision=revision) if revision else found).first()
    if edition is None:
        raise CommandError(f"There is no edition {label}{f', revision {revision}' if revision else ''}. {known()}")
    return edition


def known() -> str:
    labels = list(dict.fromkeys(Edition.objects.dated().values_list("label", flat=True)))[:5]
    return f"There are: {', '.join(labels)}." if labels else "Compute one with compute_index."


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a date. Write it as 2026-03-31.") from error
