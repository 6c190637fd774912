"""A repository: the first of the files that describe it, where its host serves files as they are. No key is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from commons.fetching import Fetched, Unfetchable
from registry.importers.found import Ask, Found, Text, Unreadable, text_of
from registry.importers.parts import parts
from registry.importers.politeness import Unwelcome
from registry.models import Source

FILES = (
    *("publiccode.yml", "publiccode.yaml", "code.json", "catalog-info.yaml"),
    *("openapi.yaml", "openapi.yml", "openapi.json"),
)
ITSELF = "the repository"
ABSENT = (400, 401, 403, 404, 410)
NOTHING = "No file that describes it is in the repository. Add a publiccode.yml at its top."

# How hosts serve a file of the branch that they show first.
GITHUB = "https://raw.githubusercontent.com{path}/HEAD/{file}"
GITLAB = "{root}{path}/-/raw/HEAD/{file}"
GITEA = "{root}/api/v1/repos{path}/raw/{file}"  # and Forgejo
BITBUCKET = "{root}{path}/raw/HEAD/{file}"
PLAIN = "{root}{path}/{file}"
KNOWN = {"github.com": [GITHUB], "bitbucket.org": [BITBUCKET], "gitlab.com": [GITLAB], "codeberg.org": [GITEA]}
NAMED = {"gitlab.": [GITLAB], "git.": [GITLAB, GITEA, PLAIN], "gitea.": [GITEA], "forgejo.": [GITEA]}
ANY = [GITLAB, GITEA, PLAIN]
ENDINGS = ("/-/tree/", "/tree/", "/src/branch/", "/src/", "/-/blob/", "/blob/")


def fetch(source: Source, ask: Ask) -> Iterator[Text]:
    """The first that is there; where it was the last time, only if it has changed since."""
    known = {"etag": source.etag, "last_modified": source.last_modified}
    for address in in_turn(addresses(source.address), source.read_from):
        found = present(ask, address, **(known if address == source.read_from else {}))
        if found is not None:
            yield text_of(found, address, urlsplit(address).path)
            return
    raise Unreadable(NOTHING)


def in_turn(order: list[str], known: str) -> list[str]:
    """First as its host served it the last time: the files that come before the one that was there, and that one."""
    if known not in order:
        return order
    place, ways = order.index(known), len(order) // len(FILES)
    first = order[place % ways : place + 1 : ways]
    return [*first, *(address for address in order if address not in first)]


def present(ask: Ask, address: str, **conditions: str) -> Fetched | None:
    """None where there is no such file: also where a page stands in for it, or a sign-in, which robots.txt often
    closes."""
    try:
        found = ask(address, **conditions)
    except Unwelcome as error:
        if error.led:
            return None
        raise
    except Unfetchable as error:
        if error.status in ABSENT:
            return None
        raise
    return None if "text/html" in found.content_type.lower() else found


def addresses(repository: str) -> list[str]:
    """Every address that may have a description: file after file, the way that its host likely serves it first."""
    parts = urlsplit(repository)
    root, path = f"{parts.scheme}://{parts.netloc}", trimmed(parts)
    return [shape.format(root=root, path=path, file=file) for file in FILES for shape in shapes(parts.hostname or "")]


def trimmed(parts: SplitResult) -> str:
    path = parts.path
    for ending in ENDINGS:
        path = path.partition(ending)[0]
    return path.rstrip("/").removesuffix(".git")


def shapes(host: str) -> list[str]:
    host = host.removeprefix("www.")
    named = (shapes for start, shapes in NAMED.items() if host.startswith(start))
    return KNOWN.get(host) or next(named, ANY)


def read(text: Text) -> Sequence[Found]:
    """What it describes is the repository, whichever file says so and whatever it is called there."""
    found = parts(text)
    return [replace(found[0], identifier=ITSELF)] if len(found) == 1 else found
