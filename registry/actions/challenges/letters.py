"""The letters in words: to bodies that something is challenged, to whoever challenged what became of it."""

from django.conf import settings
from django.urls import reverse

from commons.formatting import plain_date
from registry.actions.challenges.secrets import secret_of
from registry.models import About, Challenge, ChallengeStep, StepKind

RECEIVED = """Somebody says that this is wrong or missing at {service}:

{thing}

Their words:

{claim}
{evidence}
{name} is asked to answer by {due}: agree and change it, keep it and say why, or ask for more. Until then the page says
that it is under review. Without an answer the moderators decide.

Answer here, after signing in:
{answer}

The challenge, for everybody to read:
{page}
"""
MORE = """Whoever raised challenge {reference} has answered the question of {name}, about:

{thing}

Their words:

{text}
{evidence}
It is for {name} to answer by {due}:
{answer}
"""
RECEIPT = """Thank you. You, or somebody who gave your address, said that this is wrong or missing at {service}:

{thing}

Your challenge has the reference {reference}. Everybody can read it, without your address:
{page}

It is to be answered by {due}. We write to you when it is.

Only you have this link. By it you answer a question, take the challenge back, or have your address deleted:
{mine}

We delete your address 30 days after the end of the challenge.
"""
NEWS = """{headline}

What it is about:

{thing}

What was said:

{text}

{next}
Your own page, by which you can also have your address deleted:
{mine}

The challenge, for everybody to read:
{page}
"""
HEADLINES = {
    StepKind.ASKED: "You are asked for more about challenge {reference}.",
    StepKind.CHANGED: "Challenge {reference} was right: the record was changed.",
    StepKind.KEPT: "Challenge {reference} was answered: the record is kept as it is.",
    StepKind.UPHELD: "The moderators decided that challenge {reference} is right.",
    StepKind.LEFT: "The moderators decided that the record stays as it is (challenge {reference}).",
}
NEXT = {
    StepKind.ASKED: "Please answer by {due}. After that the moderators decide.\n",
    StepKind.KEPT: "If you do not agree, you can ask the moderators once, until {due}.\n",
}


def of_body(step: ChallengeStep, name: str) -> tuple[str, str]:
    challenge = step.challenge
    words = told(challenge) | {"name": name, "text": step.text}
    words["answer"] = settings.SITE_ADDRESS + reverse("registry:answer_challenge", args=[challenge.reference])
    if step.kind == StepKind.REPLIED:
        words["evidence"] = evidence(step.evidence_url)
        return f"More about challenge {challenge.reference}: {thing(challenge)}", MORE.format(**words)
    return f"Challenge {challenge.reference}: {thing(challenge)}", RECEIVED.format(**words)


def of_challenger(step: ChallengeStep) -> tuple[str, str]:
    challenge = step.challenge
    words = told(challenge) | {"text": step.text, "mine": settings.SITE_ADDRESS + own_page(challenge)}
    if step.kind == StepKind.RAISED:
        return f"Your challenge {challenge.reference}", RECEIPT.format(**words)
    kind = StepKind(step.kind)
    headline = HEADLINES[kind].format(**words)
    more = {"headline": headline, "next": NEXT.get(kind, "").format(**words)}
    return headline, NEWS.format(**words | more)


def told(challenge: Challenge) -> dict[str, str]:
    return {
        "service": settings.SERVICE_NAME,
        "reference": challenge.reference,
        "thing": thing(challenge),
        "claim": challenge.claim,
        "evidence": evidence(challenge.evidence_url),
        "due": plain_date(challenge.due_on),
        "page": settings.SITE_ADDRESS + challenge.get_absolute_url(),
    }


def evidence(address: str) -> str:
    return f"\nTheir evidence: {address}\n" if address else ""


def own_page(challenge: Challenge) -> str:
    """The page of whoever raised it, on this site."""
    return reverse("registry:own_challenge", args=[challenge.reference, secret_of(challenge)])


def thing(challenge: Challenge) -> str:
    """“Ash Council, Take payments: Sorrelpost”."""
    if challenge.about == About.COMPONENT:
        return f"{challenge.component}: its description"
    body = str(challenge.organisation)
    if challenge.about == About.ORGANISATION:
        return f"{body}: its record"
    if challenge.about == About.PAYMENT:
        return f"{body}: a payment"
    if challenge.about == About.MISSING:
        return f"{body}, {challenge.function}: something missing"
    named = challenge.component or challenge.system
    return f"{body}, {challenge.function}" + (f": {named}" if named else "")
