from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import settle_dispute
from public_value.management.editions import edition_named
from public_value.models import EditionComment


class Command(BaseCommand):
    help = "End a body's dispute with a public note: what was paused is shown again; see docs/index.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("organisation", help="The body's key.")
        parser.add_argument("--function", help="The disputed function's key; where it is left out, the whole.")
        parser.add_argument("--note", required=True, help="How the dispute was settled, for everybody to read.")

    def handle(self, *, label: str, organisation: str, function: str | None, note: str, **options) -> None:
        edition = edition_named(label)
        said = EditionComment.objects.about(edition.label, edition.revision).filter(disputed=True, settlement=None)
        disputes = list(said.filter(organisation__slug=organisation, function__slug=function))
        if not disputes:
            about = f"of the function {function} " if function else "of the whole "
            raise CommandError(f"There is no open dispute {about}by {organisation} in the edition {label}.")
        try:
            for dispute in disputes:
                settle_dispute(dispute=dispute, note=note)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Settled: {len(disputes)}. The note stands beside what {organisation} says.")
