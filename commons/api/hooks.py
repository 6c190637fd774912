"""What drf-spectacular is told beside the views."""


def without_endings(endpoints, **kwargs):
    """`components.csv` is `components` in another form, and described there."""
    return [endpoint for endpoint in endpoints if not endpoint[0].endswith((".csv", ".json"))]
