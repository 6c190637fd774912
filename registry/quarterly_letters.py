"""What the letter of a quarter says."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from registry.models import Organisation, QuarterlyReader

TEXT = """{first}

{body} last confirmed them more than 90 days ago. Look through the list, and confirm it in one go:
{page}

You sign in there: nothing is confirmed by opening this link.
{more}
You get this once a quarter because you are an owner or an editor of {body} in {service}. Stop these letters:
{stop}
"""


@dataclass(frozen=True)
class Waiting:
    """How many of each wait for a body: `ready` can be confirmed at once, `lacking` need a cost or a number first."""

    ready: int = 0
    lacking: int = 0
    ageing: int = 0
    expired: int = 0
    attestations: int = 0
    challenges: int = 0
    contracts: int = 0


def subject(body: Organisation, waiting: Waiting) -> str:
    return f"{first(waiting)} ({body})"


def first(waiting: Waiting) -> str:
    if waiting.ready == 1:
        return "Nothing changed? Confirm it"
    if waiting.ready:
        return f"Nothing changed? Confirm all {waiting.ready:,}"
    number = waiting.lacking
    return f"{number:,} statement{'' if number == 1 else 's'} to look at"


def text(body: Organisation, waiting: Waiting, quarter: str, reader: QuarterlyReader) -> str:
    more = "\n".join(f"- {line}" for line in beside(body, waiting))
    return TEXT.format(
        first=first(waiting),
        body=body,
        page=address("registry:confirm", body.slug),
        more=f"\nAlso, in {quarter}:\n{more}\n" if more else "",
        service=settings.SERVICE_NAME,
        stop=address("registry:quarterly", reader.pk),
    )


def beside(body: Organisation, waiting: Waiting) -> Iterator[str]:
    if waiting.lacking and waiting.ready:
        yield counted(waiting.lacking, "needs a cost or a number of transactions first", "need one first")
    if waiting.ageing:
        yield counted(waiting.ageing, "is older than a year and counts for less", "are older than a year")
    if waiting.expired:
        yield counted(waiting.expired, "is too old to count until it is confirmed", "are too old to count")
    if waiting.attestations:
        page = address("registry:attestations", body.slug)
        yield f"{waiting.attestations:,} asked of you to attest: {page}"
    if waiting.challenges:
        page = f"{address('registry:challenge_list')}?state=open&organisation={body.slug}"
        yield f"{waiting.challenges:,} open challenge{'' if waiting.challenges == 1 else 's'}: {page}"
    if waiting.contracts:
        page = f"{address('registry:workspace_of', body.slug)}?status=ending"
        ends = "contract ends" if waiting.contracts == 1 else "contracts end"
        yield f"{waiting.contracts:,} {ends} in the next 180 days: {page}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} statement{'' if number == 1 else 's'} {one if number == 1 else many}"


def address(name: str, *args: object) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=args)}"
