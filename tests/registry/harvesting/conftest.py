"""A server on loopback that has descriptions, and nothing else."""

import pytest

from registry.actions.harvests import harvest
from registry.models import Harvest, Source, SourceKind
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.sites import Site, said

FILE = """publiccodeYmlVersion: "0.5.0"
name: {name}
url: {url}
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
softwareVersion: "{version}"
description:
  en:
    shortDescription: {summary}
    longDescription: {long}
    features: [Says when bins are collected]
legal:
  license: {licence}
maintenance:
  type: internal
  contacts:
    - name: Ada Lovelace
      email: ada@county.example
localisation:
  localisationReady: true
  availableLanguages: [en]
{more}"""


def publiccode(**said_: str) -> bytes:
    """A valid publiccode.yml."""
    usual = {
        "name": "Bin days",
        "url": "https://git.example/county/bins",
        "version": "1.0",
        "summary": "Says when bins are collected.",
        "long": "Says when bins are collected. " * 8,
        "licence": "EUPL-1.2",
        "more": "",
    }
    return FILE.format(**usual | said_).encode()


@pytest.fixture
def shop(site: Site) -> Site:
    """Has only what a test puts into it."""
    site.otherwise = said(b"nothing here", 404)
    return site


def source_at(shop: Site, path: str, kind: SourceKind = SourceKind.FILE, **fields) -> Source:
    return factories.source(kind=kind, address=shop.at(path), **fields)


def read(source: Source, **asked) -> Harvest:
    source.refresh_from_db()
    return harvest(source=source, by=COMMAND_LINE, **asked)


def counts(done: Harvest) -> dict[str, int]:
    named = ("new", "changed", "unchanged", "refused", "missing")
    return {name: number for name in named if (number := getattr(done, name))}


def offer(shop: Site, path: str = "/publiccode.yml", *, content: bytes | None = None, etag: str = "", **file) -> None:
    """Put a file there, which is not sent again to whoever has its `etag`."""
    content = publiccode(**file) if content is None else content

    def answer(handler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            said(status=304)(handler)
        else:
            said(content, **({"ETag": etag} if etag else {}))(handler)

    shop.answers[path] = answer
