from django.core.management.base import BaseCommand, CommandError

from catalogue.readers.structured.showing import visible
from commons.exceptions import Refused
from registry.actions.harvests import harvest, harvest_due
from registry.models import Harvest, Outcome, Source
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Read sources now: those whose turn it is, or one by its number. See docs/harvesting.md."

    def add_arguments(self, parser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--source", type=int, metavar="NUMBER", help="this one, whether it is its turn or not")
        which.add_argument("--due", action="store_true", help="all whose turn it is, which is what is done otherwise")
        parser.add_argument("--dry-run", action="store_true", help="with --source: say what would happen, do nothing")

    def handle(self, *, source: int | None, dry_run: bool, **options) -> None:
        if source is None:
            if dry_run:
                raise CommandError("A dry run is of one source: name it with --source.")
            number = harvest_due(by=COMMAND_LINE, tell=self.tell)
            self.stdout.write(f"{number} {'source' if number == 1 else 'sources'} read.")
            return
        found = Source.objects.filter(pk=source).first()
        if found is None:
            raise CommandError(f"There is no source {source}.")
        try:
            self.tell(harvest(source=found, by=COMMAND_LINE, dry_run=dry_run, tell=self.say))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if dry_run:
            self.stdout.write("This was a dry run: nothing is kept.")

    def say(self, outcome: Outcome, name: str, message: str) -> None:
        if message:
            self.stdout.write(visible(f"  {outcome.label}: {name}: {message}"))

    def tell(self, done: Harvest) -> None:
        counts = ", ".join(f"{getattr(done, outcome)} {outcome.label.lower()}" for outcome in Outcome)
        self.stdout.write(visible(f"{done.source}: {done.failure or counts}"))
