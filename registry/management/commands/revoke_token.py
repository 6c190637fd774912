from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.tokens import revoke_token
from registry.models import Token
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Take a token back, at once and for good."

    def add_arguments(self, parser) -> None:
        parser.add_argument("prefix", help="The part that may be seen: dcr_1a2b3c4d. The whole token works too.")

    def handle(self, *, prefix: str, **options) -> None:
        token = Token.objects.filter(prefix=prefix[:12]).first()
        if token is None:
            raise CommandError(f"There is no token {prefix[:12]}.")
        try:
            revoke_token(token=token, by=COMMAND_LINE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{token} no longer works.")
