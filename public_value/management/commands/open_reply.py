from datetime import date

from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from commons.working_days import PROMISED, last_of
from public_value.actions import open_reply
from public_value.management.editions import day, edition_named
from public_value.models import Edition


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
        if edition.reply_working_days < PROMISED:
            self.stdout.write(self.style.WARNING(too_short(edition)))


def too_short(edition: Edition) -> str:
    days = f"{edition.reply_working_days} working day{'' if edition.reply_working_days == 1 else 's'}"
    return (
        f"Warning: bodies can reply for {days}, the registry promises {PROMISED}, and the edition says so to everybody."
        f" Give them more: manage.py open_reply {edition.label} --until {last_of(edition.reply_from)}"
    )
