"""The addresses of the API's lists. An app's `api/urls.py` is a list of these and of paths to its details."""

from typing import NamedTuple

from django.urls import URLPattern, path

from commons.api.views import ListView


class Published(NamedTuple):
    """A list that the API has: for the pages that tell of it."""

    name: str
    title: str
    text: str


PUBLISHED: list[Published] = []


def published(name: str, title: str, view: type[ListView]) -> list[URLPattern]:
    """`<name>`, and `<name>.json`, `.csv`, `.xlsx` and `.ods`; the list is also named on /data/ and in the guide."""
    first = (view.listing.__doc__ or "").replace("`", "").split("\n\n")[0]
    entry = Published(name, title, " ".join(first.split()))
    if entry not in PUBLISHED:
        PUBLISHED.append(entry)
    return [
        path(name, view.as_view(), name=name),
        *(path(f"{name}.{form}", view.as_view(schema=None), {"suffix": form}) for form in view.offered),
    ]
