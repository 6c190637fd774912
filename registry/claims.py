"""Claims of stewards: a pasted list read and matched with bodies, and what became of each claim. Writes nothing."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Upper

from catalogue.models import Component, Function
from registry.models import Claim, Declaration, Identifier, Organisation, RejectedHint

MOST_LINES, LONGEST_LINE, LIKELY = 2_000, 1_000, 5
ALIKE = 0.3
HEADINGS = {
    "body": ("body", "organisation", "organization", "name", "council", "slug", "code", "customer"),
    "function": ("function", "for", "service"),
    "since": ("since", "from", "start", "started"),
}


@dataclass(frozen=True)
class Line:
    """One line of the list as it was written; `number` from 1."""

    number: int
    body: str
    function: str = ""
    since: str = ""


@dataclass
class Match:
    """A line with the bodies that it may mean; the first is the one where `sure`. `problem` says what to mend."""

    line: Line
    bodies: list[Organisation] = field(default_factory=list)
    sure: bool = False
    function: Function | None = None
    since: date | None = None
    problem: str = ""


def read(text: str) -> list[Line]:
    """The lines of a pasted table, parted by tabs, semicolons or commas, with or without headings, without blanks.

    Raises ValueError with a sentence where it is too long.
    """
    rows = [row for row in cells(text) if any(row)]
    if len(rows) > MOST_LINES:
        raise ValueError(f"The list has {len(rows):,} lines: send at most {MOST_LINES:,} at once.")
    places = headings(rows[0]) if rows else {}
    start = 1 if places else 0
    places = places or {"body": 0, "function": 1, "since": 2}

    def cell(row: Sequence[str], name: str) -> str:
        place = places.get(name)
        return row[place] if place is not None and place < len(row) else ""

    return [
        Line(number, cell(row, "body"), cell(row, "function"), cell(row, "since"))
        for number, row in enumerate(rows[start:], start + 1)
    ]


def cells(text: str) -> Iterator[list[str]]:
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    parting = next((sign for sign in "\t;," if sign in first), ",")
    lines = io.StringIO(text.lstrip("\ufeff").replace("\0", ""))
    try:
        for row in csv.reader(lines, delimiter=parting):
            yield [" ".join(value.split())[:LONGEST_LINE] for value in row]
    except csv.Error as error:
        raise ValueError(f"The list cannot be read as a table: {error}.") from error


def headings(row: Sequence[str]) -> dict[str, int]:
    """Which column is which; nothing where the first line is none of headings."""
    words = [value.casefold() for value in row]
    found = {name: place for name, known in HEADINGS.items() for place, word in enumerate(words) if word in known}
    return found if "body" in found else {}


def matched(lines: Sequence[Line], component: Component, steward: Organisation, on: date) -> list[Match]:
    """Each line with the bodies that it may mean. Four queries, and one for each line that nothing fits exactly."""
    exact = named({line.body for line in lines})
    serves = list(component.functions.order_by("name"))
    found = [match(line, exact, serves, on) for line in lines]
    seen: set[tuple[int, int]] = set()
    for one in found:
        if one.sure and one.function and not one.problem:
            key = one.bodies[0].pk, one.function.pk
            if one.bodies[0].pk == steward.pk:
                one.problem = "It is yourselves. Say on your own pages what you use."
            elif key in seen:
                one.problem = "It is named before in the list."
            seen.add(key)
    return found


def match(line: Line, exact: dict[str, list[Organisation]], serves: list[Function], on: date) -> Match:
    bodies = exact.get(line.body.casefold(), [])
    one = Match(line, bodies or alike(line.body), sure=len(bodies) == 1)
    one.function = function_of(line.function, serves)
    if not one.bodies:
        one.problem = "No body of the registry is called like this. Give its slug or its code."
    elif one.function is None:
        names = ", ".join(function.slug for function in serves) or "none yet"
        one.problem = f"Say for which function of the component: {names}."
    elif line.since:
        try:
            one.since = date.fromisoformat(line.since)
        except ValueError:
            one.problem = f"Give the day as 2026-11-30, not {line.since[:20]}."
        else:
            if not one.since.year >= 1970 or one.since > on:
                one.problem = "The day since when has to be between 1970 and today."
    return one


def function_of(text: str, serves: list[Function]) -> Function | None:
    """The function that is meant; the only one where nothing is said."""
    if not text:
        return serves[0] if len(serves) == 1 else None
    return next((one for one in serves if text.casefold() in (one.slug.casefold(), one.name.casefold())), None)


def named(texts: set[str]) -> dict[str, list[Organisation]]:
    """Bodies by how they may be written, in small letters: slug, name, other name, code, scheme:code."""
    wanted = {text.casefold() for text in texts if text}
    upper = [text.upper() for text in texts if text]
    found: dict[str, list[Organisation]] = {}

    def note(word: str, body: Organisation) -> None:
        if word.casefold() in wanted and body not in found.setdefault(word.casefold(), []):
            found[word.casefold()].append(body)

    by_name = Organisation.objects.annotate(upper=Upper("name")).filter(
        Q(slug__in=[text.lower() for text in wanted]) | Q(upper__in=upper) | Q(aliases__overlap=list(texts))
    )
    for body in by_name:
        for word in (body.slug, body.name, *body.aliases):
            note(word, body)
    codes = {text.rpartition(":")[2] for text in texts}
    written = codes | {code.upper() for code in codes}
    for code in Identifier.objects.filter(code__in=written).select_related("organisation"):
        note(code.code, code.organisation)
        note(f"{code.scheme}:{code.code}", code.organisation)
    return found


def alike(text: str) -> list[Organisation]:
    """Bodies with a name like it, the likest first."""
    if len(text) < 3:
        return []
    near = Organisation.objects.annotate(likeness=TrigramSimilarity(Upper("name"), text.upper()))
    return list(near.filter(likeness__gt=ALIKE).order_by("-likeness", "name")[:LIKELY])


# What became of claims: nothing of it is stored with them.

DECLARED = Exists(
    Declaration.objects.current().filter(organisation=OuterRef("organisation"), component=OuterRef("component"))
)
REJECTED = RejectedHint.objects.filter(organisation=OuterRef("organisation"), component=OuterRef("component"))
ANSWERS = {
    "silent": "Has not said so",
    "declared": "Has said what it uses",
    "rejected": "Says that it does not use it",
}


def with_answers(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Each with `answer`, one of ANSWERS, and the `why` of a rejection."""
    return claims.annotate(
        answer=Case(
            When(DECLARED, then=Value("declared")),
            When(Exists(REJECTED), then=Value("rejected")),
            default=Value("silent"),
            output_field=CharField(),
        ),
        why=Subquery(REJECTED.values("reason")[:1]),
    )


def silent() -> QuerySet[Claim]:
    """Claims that their bodies have neither confirmed nor rejected: they are claims, and count nowhere."""
    return Claim.objects.standing().filter(~DECLARED, ~Exists(REJECTED))
