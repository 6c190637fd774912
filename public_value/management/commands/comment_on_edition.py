from django.core.management.base import BaseCommand, CommandError

from catalogue.models import Function
from commons.exceptions import Refused
from public_value.actions import comment_on_edition
from public_value.management.editions import edition_named
from registry.models import Organisation


class Command(BaseCommand):
    help = "Put a body's public comment beside its score in an edition that is open for reply."

    def add_arguments(self, parser) -> None:
        parser.add_argument("label", help="The edition's name: 2026Q1.")
        parser.add_argument("organisation", help="The body's key.")
        parser.add_argument("--text", required=True, help="The comment, as everybody will read it.")
        parser.add_argument("--function", help="The function's key, where the comment is about one.")
        parser.add_argument("--disputed", action="store_true", help="The body says that the figure is wrong.")

    def handle(
        self, *, label: str, organisation: str, text: str, function: str | None, disputed: bool, **options
    ) -> None:
        body = Organisation.objects.filter(slug=organisation).first()
        about = Function.objects.filter(slug=function).first() if function else None
        if body is None or (function and about is None):
            raise CommandError(f"There is no {f'function {function}' if body else f'organisation {organisation}'}.")
        try:
            comment_on_edition(
                edition=edition_named(label), organisation=body, function=about, text=text, disputed=disputed, by=None
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The comment stands beside the score of {body}.")
