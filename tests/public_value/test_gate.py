"""What the gate holds back is on no public face: not on a page, in an answer, a file, a picture's text or a search.

Before anybody looks, every figure of a body without a score that may not be shown gives way to a number that occurs
nowhere else. So the test need not know where a figure would stand: if one is found, it has leaked.
"""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.db.models import QuerySet

from public_value.actions import compute_edition
from public_value.models import Edition, PublishedAs, Score, ScoreLine
from public_value.pack import EVERY_SHEET
from registry.pack.loading import load_pack
from tests.public_value.test_editions import DEMO
from tests.public_value.test_evidence import SNAPSHOT
from tests.system.crawling import Answer, Outline, is_ours, kind

pytestmark = pytest.mark.django_db

HIDDEN = (
    *("S", "R", "N", "F", "C", "O", "pvi", "pvi_peer_imputed", "pvi_max", "arithmetic", "balance_penalty"),
    *(f"contribution_{name}" for name in "SNFCO"),
    *("p50", "rank_low", "rank_high", "shown_rank_low", "shown_rank_high", "rank_members"),
)
HIDDEN_WITHOUT_BAND = (*HIDDEN, "p5", "p95")
HIDDEN_LINE = ("points_S", "points_N", "points_O")
WIDE = {"p5": 1, "p95": 9_999_999}
FIRST_MARK = 7_000_001  # and on, short of the next amount of two figures
MARK = re.compile(r"(?<![\d.])7\d{6}(?=\D|00\D|$)")  # as such, with decimals, or in hundredths
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
FOLLOWED = {"peer_group", "page", "format"}  # other questions give other choices of the same rows
LEFT_OUT = ("/admin/", "/static/", "/health/")
OF_A_KIND = 3  # pages and files that are not about a body held back: so many of each kind
LEAST_ANSWERS = 300


@pytest.fixture
def edition() -> Edition:
    load_pack(DEMO, sheets=EVERY_SHEET)
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=50)


def held_back(edition: Edition) -> QuerySet:
    scores = Score.objects.of(edition).exclude(published_as=PublishedAs.SCORE)
    return scores.select_related("organisation", "peer_group")


def marked(edition: Edition) -> dict[str, str]:
    """Put a mark in place of every hidden figure, and say what each mark stands for.

    A range is drawn round the headline, so one that may be shown is made wide enough to hold the mark.
    """
    meaning: dict[str, str] = {}

    def mark(name: str, whose: str) -> int:
        number = FIRST_MARK + len(meaning)
        meaning[str(number)] = f"{name} of {whose}"
        return number

    for score in held_back(edition).scored():
        whose = f"{score.organisation.slug} ({score.grade})"
        is_band = score.published_as == PublishedAs.BAND
        marks = {name: mark(name, whose) for name in (HIDDEN if is_band else HIDDEN_WITHOUT_BAND)}
        Score.objects.filter(pk=score.pk).update(**marks, rank_group=score.peer_group, **(WIDE if is_band else {}))
        for line in ScoreLine.objects.filter(score=score):
            points = {name: mark(f"{name} of line {line.pk}", whose) for name in HIDDEN_LINE}
            ScoreLine.objects.filter(pk=line.pk).update(**points)
    return meaning


def starts(edition: Edition) -> Iterator[str]:
    """Where to begin: the pages that link to all others, what programs ask, and whatever is about a body held back."""
    api, own = f"/api/v1/editions/{edition.label}", f"/public-value/{edition.label}"
    yield from ("/", "/public-value/", "/organisations/", "/reports/adoption/", "/data/", "/api/", "/api/v1/editions")
    yield from (api, f"{api}/scores?limit=500", f"{api}/scores.csv", f"{api}/scores.json")
    for score in held_back(edition):
        slug, name = score.organisation.slug, quote(score.organisation.name)
        group = score.peer_group.slug if score.peer_group else ""
        yield from (f"{api}/scores/{slug}", f"{api}/scores?q={name}", f"/api/v1/organisations/{slug}")
        yield from (f"{own}/{slug}/", f"{own}/{slug}/?format=json", f"{own}/?peer_group={group}&q={name}")
        yield from (f"/organisations/{slug}/", f"/organisations/?q={name}")


def walk(client, edition: Edition) -> Iterator[tuple[str, str]]:
    """Address and text of every answer."""
    waiting, kinds = deque(starts(edition)), Counter[str]()
    known = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, text(body)
        if answer.headers["Content-Type"].startswith("text/html"):
            for link in sorted(onward(Answer(address, 200, answer.headers, body)) - known):
                known.add(link)
                kinds[sort_of(link)] += 1
                waiting.extend([link] if kinds[sort_of(link)] <= OF_A_KIND else [])


def onward(answer: Answer) -> set[str]:
    links = (link.split("#")[0] for link in Outline(answer).links)
    return {
        link for link in links if is_ours(link) and not link.startswith(LEFT_OUT) and asked(link).keys() <= FOLLOWED
    }


def asked(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query, keep_blank_values=True)


def sort_of(link: str) -> str:
    """Its kind, and of files their format too."""
    return f"{kind(link)} {asked(link).get('format', '')}"


def text(body: bytes) -> str:
    """The text of an answer, or of all that a workbook packs; numbers without marks between thousands."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return THOUSANDS.sub(lambda number: number[0].replace(",", ""), body.decode(errors="replace"))


def test_no_public_face_shows_what_the_gate_holds_back(edition, client) -> None:
    meaning, leaks, seen = marked(edition), {}, 0
    for address, found in walk(client, edition):
        seen += 1
        leaked = sorted({meaning[mark] for mark in MARK.findall(found) if mark in meaning})
        leaks |= {address: leaked} if leaked else {}
    assert leaks == {}
    assert seen > LEAST_ANSWERS
    assert {score.grade for score in held_back(edition)} == {"D", "E"}
