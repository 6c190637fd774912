"""Bodies that are not in the registry: asked for by their people, added or returned by a moderator."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from catalogue.describing.cleaning import line, prose, web_address
from catalogue.models import PeerGroup
from commons.exceptions import Refused
from registry import domains
from registry.actions.looking import settle
from registry.actions.members import acting_moderators
from registry.actions.post import write_letter, write_letters
from registry.models import Act, BodyRequest, Event, Identifier, Organisation, Waiting
from registry.models.organisation import RESERVED_SLUGS
from registry.permissions import Actor, may_moderate

ASKED_A_DAY = 3  # by one person: each asking is a letter to moderators
LONGEST_NAME, LONGEST_WHY = 300, 4_000


@dataclass(frozen=True, kw_only=True)
class AskedBody:
    """A body as it is asked for, or as a moderator adds it. `identifier` is scheme:code."""

    name: str
    homepage: str = ""
    identifier: str = ""
    peer_group: PeerGroup | None = None


@transaction.atomic
def ask_for_body(*, body: AskedBody, why: str = "", by: Actor) -> BodyRequest:
    """Ask that a body be added. Whoever asks signs in with an address of the public sector: its domain is kept.

    Raises Refused: not signed in, no name, there already or asked for, or asked too often.
    """
    if by.person is None:
        raise Refused("Sign in first: a body is asked for by one of its people.")
    body = tidied(body)
    refuse_there(body)
    since = timezone.now() - timedelta(days=1)
    if Event.objects.filter(act=Act.ASK_FOR_BODY, by=by.person, at__gt=since).count() >= ASKED_A_DAY:
        raise Refused("You have asked for several bodies today. Ask for more tomorrow.")
    event = Event.objects.create(act=Act.ASK_FOR_BODY, **by.signature, detail={"name": body.name})
    try:
        with transaction.atomic():
            made = BodyRequest.objects.create(
                **facts(body),
                why=prose(why, LONGEST_WHY),
                domain=domains.of_address(by.person.email),
                asked_in=event,
            )
    except IntegrityError:
        raise Refused(f"{body.name} has been asked for already: a moderator looks at it.") from None
    write_letters(
        to=acting_moderators().values_list("person__email", flat=True),
        about=f"body request {made.pk}",
        subject=f"{made.name} is to be added",
        text=f"Somebody of {made.domain} asks that {made.name} be added.\n\n{page(made)}\n",
    )
    return made


@transaction.atomic
def add_body(*, request: BodyRequest, body: AskedBody, own_domain: bool = False, by: Actor) -> Organisation:
    """Add a body that was asked for, as the moderator has it: names and codes are often mended on the way.

    `own_domain`: the domain of whoever asked is the body's own, so that its people are told by it.

    Raises Refused: not allowed, decided or looked at by somebody else, or there already.
    """
    request = waiting(request, by)
    body = tidied(body)
    refuse_there(body, besides=request)
    settle(Waiting.BODY, request.pk, by)
    made = Organisation.objects.create(
        slug=free_slug(body.name),
        name=body.name,
        type=body.peer_group.label[:120] if body.peer_group else "",
        peer_group=body.peer_group,
        homepage=body.homepage,
        email_domains=[request.domain] if own_domain and request.domain not in homepage_domains(body) else [],
    )
    if body.identifier:
        scheme, _, code = body.identifier.partition(":")
        Identifier.objects.create(organisation=made, scheme=scheme, code=code)
    detail = {"organisation": made.slug, "request": request.pk}
    request.organisation, request.decided_in = (
        made,
        Event.objects.create(act=Act.ADD_BODY, **by.signature, detail=detail),
    )
    request.save(update_fields=["organisation", "decided_in"])
    ask = f"{settings.SITE_ADDRESS}{reverse('registry:ask_for_role', args=[made.slug])}"
    answer(request, f"{made} is added", f"Ask to be its owner, and begin: {ask}")
    return made


@transaction.atomic
def return_body(*, request: BodyRequest, reason: str, by: Actor) -> BodyRequest:
    """Do not add it, and say why. Raises Refused: not allowed, decided or looked at by somebody else, or no reason."""
    request = waiting(request, by)
    reason = prose(reason, LONGEST_WHY)
    if not reason:
        raise Refused("Say why: whoever asked is told.")
    settle(Waiting.BODY, request.pk, by)
    detail = {"request": request.pk, "reason": reason}
    request.returned, request.decided_in = (
        reason,
        Event.objects.create(act=Act.RETURN_BODY, **by.signature, detail=detail),
    )
    request.save(update_fields=["returned", "decided_in"])
    answer(request, f"{request.name} is not added", f"The reason given: {reason}")
    return request


def waiting(request: BodyRequest, by: Actor) -> BodyRequest:
    found = BodyRequest.objects.select_for_update(of=("self",)).select_related("asked_in__by").get(pk=request.pk)
    if not may_moderate(by):
        raise Refused("Only a moderator adds bodies that are asked for.")
    if found.decided_in_id:
        raise Refused("This was decided already.")
    return found


def tidied(body: AskedBody) -> AskedBody:
    """Raises Refused: no name, no web address, or a code that names no scheme."""
    name, homepage, identifier = line(body.name, LONGEST_NAME), body.homepage.strip(), "".join(body.identifier.split())
    if not name:
        raise Refused("Say what the body is called.")
    if homepage and not (homepage := web_address(homepage)):
        raise Refused("The website must be a web address, such as https://www.example.org/.")
    scheme, _, code = identifier.partition(":")
    if identifier and not (0 < len(scheme) <= 60 and 0 < len(code) <= 200):
        raise Refused("Give the official code with its scheme, such as gss:E07000223.")
    return AskedBody(name=name, homepage=homepage, identifier=identifier, peer_group=body.peer_group)


def refuse_there(body: AskedBody, besides: BodyRequest | None = None) -> None:
    there = Organisation.objects.filter(name__iexact=body.name).first()
    if there is None and body.identifier:
        scheme, _, code = body.identifier.partition(":")
        there = Organisation.objects.filter(identifiers__scheme=scheme, identifiers__code=code).first()
    if there is not None:
        raise Refused(f"{there} is in the registry already: find it among the organisations, and ask for a role.")
    asked = BodyRequest.objects.waiting().filter(name__iexact=body.name)
    if asked.exclude(pk=besides.pk if besides else None).exists():
        raise Refused(f"{body.name} has been asked for already: a moderator looks at it.")


def facts(body: AskedBody) -> dict:
    return {name: getattr(body, name) for name in ("name", "homepage", "identifier", "peer_group")}


def homepage_domains(body: AskedBody) -> list[str]:
    return domains.of_body(Organisation(homepage=body.homepage))


def free_slug(name: str) -> str:
    base = slugify(name)[:110].strip("-") or "body"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def answer(request: BodyRequest, subject: str, rest: str) -> None:
    """To whoever asked."""
    asker = request.asked_in.by
    if asker is not None and asker.is_active:
        text = f"You asked the {settings.SERVICE_NAME} to add {request.name}.\n\n{subject}. {rest}\n"
        write_letter(to=asker.email, about=f"body request {request.pk} decided", subject=subject, text=text)


def page(request: BodyRequest) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('registry:body_request', args=[request.pk])}"
