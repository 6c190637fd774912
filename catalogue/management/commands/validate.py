import sys

from django.core.management.base import BaseCommand

from catalogue.management.validation import FORMATS, exit_code, report_on


class Command(BaseCommand):
    help = (
        "Check files or public addresses that describe components (publiccode.yml) by the rules of their format. Ends "
        "with 0 where all are valid, 1 where one has errors, 2 where one cannot be read. See docs/formats.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE|URL")
        parser.add_argument("--format", choices=list(FORMATS), default="text")

    def handle(self, *, files: list[str], format: str, **options) -> None:
        reports = [report_on(file) for file in files]
        if said := FORMATS[format](reports):
            self.stdout.write(said)
        if code := exit_code(reports):
            sys.exit(code)
