"""What drf-spectacular is told beside the views."""

from commons.formats.faces import FORMS


def without_endings(endpoints, **kwargs):
    """`components.csv` is `components` in another form, and described there."""
    return [endpoint for endpoint in endpoints if not endpoint[0].endswith(tuple(f".{form}" for form in FORMS))]
