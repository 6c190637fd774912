"""What is found by following links from the home page, as a program reads it: no browser needed."""

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

LONGEST_CRAWL = 150  # answers
MOVED = (301, 302, 303, 307, 308)
LARGEST_KIND = 10  # answers of one kind: details of components, pages of a list, files of a list …
SECONDS = 30


class Answer(NamedTuple):
    address: str  # from the root, with its query
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get_content_type() == "text/html" and self.status not in MOVED


class Outline(HTMLParser):
    """A page's title, its main headings, and where it links to."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.title, self.headings, self.links = "", [], []
        self._inside: list[str] = []
        self.feed(answer.body.decode())
        self.links = [urljoin(answer.address, link) for link in self.links]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag in ("title", "h1", "svg"):
            self._inside.append(tag)
        if tag == "h1":
            self.headings.append("")
        for name in ("href", "src"):
            if said.get(name):
                self.links.append(said[name])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, text: str) -> None:
        if self._inside == ["title"]:
            self.title += text
        elif self._inside == ["h1"]:
            self.headings[-1] += text


def get(root: str, address: str) -> Answer:
    """One answer as it comes: a redirect is not followed."""
    connection = HTTPConnection(urlsplit(root).netloc, timeout=SECONDS)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return Answer(address, response.status, response.headers, response.read())
    finally:
        connection.close()


def crawl(root: str, start: str = "/") -> Iterator[Answer]:
    """Answers in breadth, some of each kind, from the links of the pages before them."""
    waiting, known, kinds = deque([start]), {start}, Counter[str]()
    while waiting and kinds.total() < LONGEST_CRAWL:
        address = waiting.popleft()
        if kinds[kind(address)] >= LARGEST_KIND:
            continue
        kinds[kind(address)] += 1
        answer = get(root, address)
        yield answer
        for link in onward(answer):
            if link not in known:
                known.add(link)
                waiting.append(link)


def onward(answer: Answer) -> list[str]:
    if answer.status in MOVED:
        return [answer.headers["Location"]]
    if not answer.is_page:
        return []
    return [link.split("#")[0] for link in Outline(answer).links if is_ours(link)]


def is_ours(link: str) -> bool:
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc and parts.path.startswith("/")


def kind(address: str) -> str:
    """`/components/sorrelpost/` and `/components/pagequern/` are one kind; so are two files of one list."""
    parts = urlsplit(address)
    first, *more = [part for part in parts.path.split("/") if part] or [""]
    ending = more[1:] if more else []
    asked = "format" if "format=" in parts.query else "?" if parts.query else ""
    return "/".join([first, str(len(more)), *ending, asked])
