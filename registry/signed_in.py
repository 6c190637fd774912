"""Who a page's request comes from, with what their roles allow."""

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from registry.models import Membership, Organisation
from registry.permissions import ANYBODY, Actor, of_person
from registry.signing_in.factors import second_factor


def actor_of(request: HttpRequest) -> Actor:
    """Asked once a request; no query for whoever is not signed in."""
    if not hasattr(request, "registry_actor"):
        request.registry_actor = asked(request)
    return request.registry_actor


def asked(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANYBODY
    return of_person(
        request.user,
        memberships(request.user),
        second_factor=second_factor(request),
        own_machine=not settings.BEHIND_HTTPS,
    )


def memberships(person) -> list[Membership]:
    """The roles that somebody has today: those of a body that has ended, or has not begun, give them nothing."""
    bodies = Organisation.objects.existing(timezone.localdate())
    standing = Membership.objects.standing().filter(person=person)
    return list(standing.filter(Q(organisation=None) | Q(organisation__in=bodies)).select_related("organisation"))
