from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commons.exceptions import Refused
from registry.actions.audits import draw_audits
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Draw which attestations of a year that is over are audited. Drawn once, they stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="Last year, where it is not given.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = draw_audits(options["year"], by=COMMAND_LINE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{number} drawn.")
