from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.members import end_role
from registry.management.commands.grant_role import body_for
from registry.models import Membership, Role
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "End somebody's role of a body, or of the registry, at once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="The address that they sign in with.")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--organisation", default="", help="The body's slug; without it, the registry as a whole.")

    def handle(self, *, email: str, role: str, organisation: str, **options) -> None:
        body = body_for(Role(role), organisation)
        standing = Membership.objects.standing().filter(person__email__iexact=email, organisation=body, role=role)
        membership = standing.first()
        if membership is None:
            raise CommandError(f"{email} is not {Role(role).label.lower()} of {body or 'the registry'}.")
        try:
            end_role(membership=membership, by=COMMAND_LINE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{email} is no longer {Role(role).label.lower()} of {body or 'the registry'}.")
