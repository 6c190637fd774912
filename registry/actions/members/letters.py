"""What people are told about roles."""

from django.conf import settings
from django.urls import reverse

from registry.actions.members.owners import answerers
from registry.actions.post import write_letter, write_letters
from registry.models import Membership, Role


def named(membership: Membership) -> str:
    """“editor of Birch Council”."""
    return f"{membership.get_role_display().lower()} of {membership.organisation or 'the registry'}"


def workspace() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('registry:workspace')}"


def tell(membership: Membership, subject: str, rest: str) -> None:
    write_letter(
        to=membership.person.email,
        about=f"membership {membership.pk} {membership.ended_in_id or membership.granted_in_id}",
        subject=subject,
        text=f"{subject} at the {settings.SERVICE_NAME}.\n\n{rest}\n",
    )


def tell_of_asking(membership: Membership) -> None:
    """Its owners. Where there are none, the moderators of who wants to be the first; others wait for that one."""
    person, body = membership.person, membership.organisation
    write_letters(
        to=answerers(body, Role(membership.role)),
        about=f"membership {membership.pk} asked",
        subject=f"Somebody asks to be {named(membership)}",
        text=f"{person} ({person.email}) asks to be {named(membership)}.\n\n"
        f"Approve or refuse: {settings.SITE_ADDRESS}{reverse('registry:members', args=[body.slug])}\n",
    )
