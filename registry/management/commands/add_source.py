from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.sources import add_source
from registry.models import Organisation, SourceKind
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Name a source of a body, which is then harvested on a timetable. See docs/harvesting.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("organisation", help="the body's slug")
        parser.add_argument("kind", choices=SourceKind.values)
        parser.add_argument("address", help="of the repository, the file or the catalogue: https://…")
        parser.add_argument("--every-days", type=int, default=1, help="how often it is read, in days (1)")
        parser.add_argument("--looked-after", action="store_true", help="the body looks after what is found there")
        parser.add_argument("--contact", default="", help="e-mail address that is written to where it fails")

    def handle(self, *, organisation: str, kind: str, address: str, **options) -> None:
        body = Organisation.objects.filter(slug=organisation).first()
        if body is None:
            raise CommandError(f"There is no organisation “{organisation}”.")
        asked = {name: options[name] for name in ("every_days", "looked_after", "contact")}
        try:
            source = add_source(organisation=body, kind=SourceKind(kind), address=address, **asked, by=COMMAND_LINE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Source {source.pk}: {source}. Read it now: manage.py harvest --source {source.pk}")
