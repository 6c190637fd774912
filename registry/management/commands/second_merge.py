from django.core.management.base import BaseCommand, CommandError

from commons.exceptions import Refused
from registry.actions.proposals import second_merge
from registry.models import Pair
from registry.permissions import COMMAND_LINE


class Command(BaseCommand):
    help = "Agree to a proposed merge, where the registry runs on its operator's own machine: who agrees is named."

    def add_arguments(self, parser) -> None:
        parser.add_argument("pair", type=int, help="The number in the pair's address: /pairs/12/ is 12.")
        parser.add_argument("--name", required=True, help="Who has looked at it and agrees: it is recorded.")

    def handle(self, *, pair: int, name: str, **options) -> None:
        try:
            event = second_merge(pair=Pair.objects.get(pk=pair), named=name, by=COMMAND_LINE)
        except Pair.DoesNotExist:
            raise CommandError(f"There is no pair {pair}.") from None
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{event.detail['merged']} is merged into {event.detail['kept']}.")
