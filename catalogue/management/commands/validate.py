import sys

from django.core.management.base import BaseCommand

from catalogue.management.validation import FORMATS, exit_code, report_on
from catalogue.readers.formats import FORMATS as READ


class Command(BaseCommand):
    help = (
        "Check files or public addresses that describe components by the rules of their format (publiccode.yml, "
        "OpenAPI and others; recognised by the name or the text, unless --as says which). Ends with 0 where all are "
        "valid, 1 where one has errors, 2 where one cannot be read. See docs/formats.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE|URL")
        parser.add_argument("--format", choices=list(FORMATS), default="text", help="What is printed.")
        known = [one.name for one in READ]
        parser.add_argument("--as", choices=known, default="", dest="as_format", help="What the files are read as.")

    def handle(self, *, files: list[str], format: str, as_format: str, **options) -> None:
        reports = [report_on(file, as_format) for file in files]
        if said := FORMATS[format](reports):
            self.stdout.write(said)
        if code := exit_code(reports):
            sys.exit(code)
