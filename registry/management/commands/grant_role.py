from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.members import invite
from registry.models import Organisation, Role
from registry.models.membership import OF_A_BODY, OF_THE_REGISTRY
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Give somebody a role of a body or of the registry; the first moderator, say. See docs/operations.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="The address that they sign in with.")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--organisation", default="", help="The body's slug; without it, the registry as a whole.")
        parser.add_argument("--name", default="", help="Their name, where they have never signed in.")

    def handle(self, *, email: str, role: str, organisation: str, name: str, **options) -> None:
        body = body_for(Role(role), organisation)
        try:
            made = invite(organisation=body, email=email, role=Role(role), name=name, by=COMMAND_LINE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{made.person.email} is now {made.get_role_display().lower()} of {body or 'the registry'}.")


def body_for(role: Role, slug: str) -> Organisation | None:
    """The body that a role is of; None for one of the registry. Raises CommandError where the two do not fit."""
    if role in OF_THE_REGISTRY and slug:
        raise CommandError(f"{role.label} is a role of the registry: leave --organisation out.")
    if role in OF_A_BODY and not slug:
        raise CommandError(f"{role.label} is a role of a body: name it with --organisation.")
    found = Organisation.objects.filter(slug=slug).first()
    if slug and found is None:
        raise CommandError(f"There is no body “{slug}”. Give its slug, as in the address of its page.")
    return found
