from datetime import date

from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import open_reply
from public_value.management.editions import day, edition_named


class Command(BaseCommand):
    help = "Open the right of reply to an edition, from today until a last day; see docs/index.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("--until", required=True, type=day, help="The last day of replies: 2026-05-31")

    def handle(self, *, label: str, until: date, **options) -> None:
        try:
            edition = open_reply(edition=edition_named(label), until=until)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{edition} is open for reply from {edition.reply_from} until {edition.reply_until}.")
