from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.tokens import GIVEN, USUAL_DAYS, issue_token
from registry.models import Organisation, Scope
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Give a body's programs a token for the API. Its secret is shown once; see docs/operations.md."

    def add_arguments(self, parser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("organisation", nargs="?", help="The body's slug.")
        whose.add_argument("--registry", action="store_true", help="The registry's own: it acts for every body.")
        parser.add_argument("--name", required=True, help="What it is for: “Crawler of the county”.")
        parser.add_argument(
            "--scope", action="append", required=True, choices=GIVEN, help="What it may do. Repeat it for more."
        )
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help="How long it works, at most a year.")

    def handle(self, *, organisation: str | None, name: str, scope: list[str], days: int, **options) -> None:
        body = self.named(organisation) if organisation else None
        try:
            issued = issue_token(
                organisation=body, name=name, scopes=set(map(Scope, scope)), days=days, by=COMMAND_LINE
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        token = issued.token
        self.stderr.write(
            f"{token} of {body or 'the registry'} may {', '.join(token.scopes)} and works until {token.expires_on}. "
            "Keep what follows where secrets are kept: it is not shown again."
        )
        self.stdout.write(issued.secret)

    def named(self, slug: str) -> Organisation:
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"There is no body “{slug}”. Give its slug, as in the address of its page.")
        return found
