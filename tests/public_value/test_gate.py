"""What the gate holds back is on no public face: not on a page, in an answer, a file, a picture's text or a search.

Before anybody looks, every figure of a body without a score that may not be shown gives way to a number that occurs
nowhere else, and so does what a disputed function adds. So the test need not know where a figure would stand: if one is
found, it has leaked. An edition, the revision that it corrects and the live preview are looked at.
"""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.db.models import QuerySet
from django.urls import resolve
from django.utils import timezone

from commons.formats.faces import FORMS
from public_value.actions import correct_edition
from public_value.api.urls import urlpatterns as api_patterns
from public_value.models import (
    Edition,
    EditionComment,
    EditionOffer,
    EditionState,
    PublishedAs,
    Score,
    ScoreLine,
)
from public_value.models.line import CASE
from tests.public_value.following import settle
from tests.system.crawling import Answer, Outline, is_ours, kind

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HIDDEN = (
    *("S", "R", "N", "F", "C", "O", "pvi", "pvi_peer_imputed", "pvi_max", "arithmetic", "balance_penalty"),
    *(f"contribution_{name}" for name in "SNFCO"),
    *("p50", "rank_low", "rank_high", "shown_rank_low", "shown_rank_high", "rank_members"),
)
HIDDEN_WITHOUT_BAND = (*HIDDEN, "p5", "p95")
HIDDEN_LINE = ("points_S", "points_N", "points_O")
HIDDEN_CASE = tuple(name for name in CASE if name not in ("case_modelled", "case_start"))
CASE_MARK = "8100000"  # amounts have two significant figures, so that all have one mark
MILLIONS = re.compile(r"£8\.1 million")
WIDE = {"p5": 1, "p95": 9_999_999}
FIRST_MARK = 7_000_001  # and on, short of the next amount of two figures
MARK = re.compile(r"(?<![\d.])(?:7\d{6}|8100000)(?=\D|00\D|$)")  # as such, with decimals, or in hundredths
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
FOLLOWED = {"peer_group", "page", "format"}  # other questions give other choices of the same rows
LEFT_OUT = ("/admin/", "/static/", "/health/")
OF_A_KIND = 3  # pages and files that are not about a body held back: so many of each kind
LEAST_ANSWERS = 300


def held_back(edition: Edition) -> QuerySet:
    scores = Score.objects.of(edition).exclude(published_as=PublishedAs.SCORE)
    return scores.select_related("organisation", "peer_group")


class Marks(dict[str, str]):
    """What each mark stands for."""

    def new(self, name: str, whose: str) -> int:
        number = FIRST_MARK + len(self)
        self[str(number)] = f"{name} of {whose}"
        return number

    def put(self, edition: Edition) -> None:
        """Put a mark in place of every figure of the edition that may not be shown.

        A range is drawn round the headline, so one that may be shown is made wide enough to hold the mark.
        """
        for score in held_back(edition).scored():
            whose = f"{score.organisation.slug} ({score.grade}) in {edition}"
            is_band = score.published_as == PublishedAs.BAND
            marks = {name: self.new(name, whose) for name in (HIDDEN if is_band else HIDDEN_WITHOUT_BAND)}
            Score.objects.filter(pk=score.pk).update(**marks, rank_group=score.peer_group, **(WIDE if is_band else {}))
            self.put_on_lines(ScoreLine.objects.filter(score=score), whose)
        disputed = ScoreLine.objects.filter(score__edition=edition, function__in=DISPUTES.values("function"))
        of_bodies = disputed.filter(score__organisation__in=DISPUTES.values("organisation"))
        self.put_on_lines(of_bodies, f"a disputed function in {edition}")
        self[CASE_MARK] = "a saving case of a disputed function"
        of_bodies.filter(case_cost__isnull=False).update(**dict.fromkeys(HIDDEN_CASE, int(CASE_MARK)))

    def put_on_lines(self, lines: QuerySet, whose: str) -> None:
        for line in lines:
            points = {name: self.new(f"{name} of line {line.pk}", whose) for name in HIDDEN_LINE}
            ScoreLine.objects.filter(pk=line.pk).update(**points)


DISPUTES = EditionComment.objects.filter(disputed=True).order_by()


def disputed_cell(edition: Edition) -> ScoreLine:
    """A function that a body with a score runs a system of its own for, where sharing would save: now disputed."""
    lines = ScoreLine.objects.filter(score__edition=edition, score__published_as="score", case_annual_low__gt=0)
    line = lines.select_related("function", "score__organisation").order_by("pk")[0]
    EditionComment.objects.create(
        edition=edition, organisation=line.score.organisation, function=line.function, text="No.", disputed=True
    )
    return line


def corrected(edition: Edition, marks: Marks) -> Edition:
    """The correction of a published edition, both with marks."""
    marks.put(edition)
    states = Edition.objects.filter(label=edition.label)
    states.update(state=EditionState.PUBLISHED, published_at=timezone.now())
    correction = correct_edition(edition=edition, erratum="It was wrong.")
    marks.put(correction)
    states.filter(pk=edition.pk).update(state=EditionState.SUPERSEDED)
    states.filter(pk=correction.pk).update(state=EditionState.PUBLISHED, published_at=timezone.now())
    return Edition.objects.get(pk=correction.pk)


def starts(edition: Edition, line: ScoreLine) -> Iterator[str]:
    """Where to begin: the pages that link to all others, what programs ask, and whatever is about a body held back."""
    api, own = f"/api/v1/editions/{edition.label}", f"/public-value/{edition.label}"
    yield from ("/", "/public-value/", "/organisations/", "/reports/adoption/", "/data/", "/api/", "/api/v1/editions")
    for scores in (f"{api}/scores", f"{api}/revisions/1/scores", f"{api}/revisions/2/scores", "/api/v1/preview/scores"):
        yield from (f"{scores}?limit=500", *(f"{scores}.{form}" for form in FORMS))
        yield from (f"{scores}/{score.organisation.slug}" for score in held_back(edition))
        yield f"{scores}/{line.score.organisation.slug}"
    for others in (f"{api}/revisions", f"{api}/realised"):
        yield from (others, *(f"{others}.{form}" for form in FORMS))
    yield from (api, f"{api}/revisions/1", f"{api}/revisions/2", "/api/v1/preview")
    yield from (f"{api}/functions/{slug}" for slug in edition.function_figures)
    offers = EditionOffer.objects.filter(edition=edition).order_by("component_id").distinct("component_id")
    for slug, function in offers.values_list("component__slug", "function__slug"):
        yield f"{api}/components/{slug}"
        yield f"{own}/components/{slug}/"
        yield f"{own}/functions/{function}/"
    for body in (*(score.organisation for score in held_back(edition)), line.score.organisation):
        yield from (
            f"{api}/scores/{body.slug}/what-if",
            f"{own}/{body.slug}/what-if/",
            f"{own}/revisions/1/{body.slug}/",
        )
        yield from (f"{own}/{body.slug}/", f"{own}/{body.slug}/?format=json", f"/public-value/preview/{body.slug}/")
    yield from (f"{own}/functions/{line.function.slug}/", f"{api}/functions/{line.function.slug}")
    for score in held_back(edition):
        slug, name = score.organisation.slug, quote(score.organisation.name)
        group = score.peer_group.slug if score.peer_group else ""
        yield from (f"{api}/scores?q={name}", f"/api/v1/organisations/{slug}", f"{own}/?peer_group={group}&q={name}")
        yield from (f"/organisations/{slug}/", f"/organisations/?q={name}")


def walk(client, edition: Edition, line: ScoreLine) -> Iterator[tuple[str, str]]:
    """Address and text of every answer."""
    waiting, kinds = deque(dict.fromkeys(starts(edition, line))), Counter[str]()
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
    plain = THOUSANDS.sub(lambda number: number[0].replace(",", ""), body.decode(errors="replace"))
    return MILLIONS.sub(f" {CASE_MARK} ", plain)


def test_no_public_face_shows_what_the_gate_holds_back(demo, client) -> None:
    line, marks = disputed_cell(demo), Marks()
    edition = corrected(demo, marks)
    marks.put(settle())
    leaks, addresses = {}, set()
    for address, found in walk(client, edition, line):
        addresses.add(address)
        leaked = sorted({marks[mark] for mark in MARK.findall(found) if mark in marks})
        leaks |= {address: leaked} if leaked else {}
    assert leaks == {}
    assert len(addresses) > LEAST_ANSWERS
    assert {score.grade for score in held_back(edition)} == {"D", "E"}
    assert unwalked(addresses) == set()


def unwalked(addresses: set[str]) -> set[str]:
    """The index's API by its patterns, without those at whose address nothing was asked."""
    asked_for = {resolve(urlsplit(address).path).view_name for address in addresses if address.startswith("/api/v1/")}
    return {f"public_value_api:{pattern.name}" for pattern in api_patterns if pattern.name} - asked_for
