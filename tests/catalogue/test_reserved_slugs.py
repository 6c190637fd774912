"""Every page that stands where a component's slug does has its word kept free."""

from collections.abc import Iterable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from catalogue.models.component import RESERVED_SLUGS


def addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = f"{before}{one.pattern}"
        yield from addresses(one.url_patterns, here) if isinstance(one, URLResolver) else [here]


@pytest.mark.parametrize("collection", ["components/", "api/v1/components/"])
def test_every_page_in_the_place_of_a_slug_is_reserved(collection: str) -> None:
    below = [
        address.removeprefix(collection)
        for address in addresses(get_resolver().url_patterns)
        if address.startswith(collection)
    ]
    assert any(rest.startswith("<") for rest in below)
    fixed = {rest.partition("/")[0] for rest in below if rest and not rest.startswith("<")}
    assert fixed <= RESERVED_SLUGS
