from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from public_value.actions import correct_edition
from public_value.management.editions import edition_named
from public_value.models import Edition


class Command(BaseCommand):
    help = "Compute a correction of a published edition from what is recorded now; publish it afterwards."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("--erratum", required=True, help="What was wrong, for everybody to read.")

    def handle(self, *, label: str, erratum: str, **options) -> None:
        published = Edition.objects.published().labelled(label).first()
        try:
            edition = correct_edition(edition=published or edition_named(label), erratum=erratum)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{edition} is computed. Publish it: manage.py publish_edition {edition.label}")
