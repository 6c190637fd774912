from django.core.management.base import BaseCommand, CommandError

from public_value.evidence.restated import voided
from public_value.management.editions import edition_named
from public_value.models import Edition


class Command(BaseCommand):
    help = "List adoptions that stopped within 90 days after a published edition counted them; see docs/index.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")

    def handle(self, *, label: str, **options) -> None:
        edition = Edition.objects.published().labelled(label).first()
        if edition is None:
            found = edition_named(label)
            raise CommandError(f"{found} is not published, so nothing of it is restated. Compute it again.")
        stopped = voided(edition)
        for one in stopped:
            self.stdout.write(f"{one.organisation}, {one.function}, {one.component}: stopped on {one.stopped_on}")
        if not stopped:
            self.stdout.write(f"No adoption that earned credit in {edition} stopped within 90 days after its snapshot.")
            return
        self.stdout.write(
            f"{len(stopped):,} in all. Their credit does not stand. Compute a correction, then publish it: "
            f"manage.py correct_edition {edition.label} --erratum “Adoptions that stopped are no longer counted.”"
        )
