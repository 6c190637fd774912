"""Every page that stands where a component's slug does has its word kept free."""

from collections.abc import Iterable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from catalogue.models.component import RESERVED_SLUGS
from registry.models import organisation


def addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = f"{before}{one.pattern}"
        yield from addresses(one.url_patterns, here) if isinstance(one, URLResolver) else [here]


@pytest.mark.parametrize(
    ("collection", "reserved"),
    [
        ("components/", RESERVED_SLUGS),
        ("api/v1/components/", RESERVED_SLUGS),
        ("organisations/", organisation.RESERVED_SLUGS),
        ("api/v1/organisations/", organisation.RESERVED_SLUGS),
    ],
)
def test_every_page_in_the_place_of_a_slug_is_reserved(collection: str, reserved: frozenset[str]) -> None:
    below = [
        address.removeprefix(collection)
        for address in addresses(get_resolver().url_patterns)
        if address.startswith(collection)
    ]
    assert any(rest.startswith("<") for rest in below)
    fixed = {rest.partition("/")[0] for rest in below if rest and not rest.startswith("<")}
    assert fixed <= reserved
