from django.core.management.base import BaseCommand

from registry.actions.pairs import propose_pairs


class Command(BaseCommand):
    help = "Look for components that may be one, and propose each pair to moderators at /pairs/. Nothing is merged."

    def handle(self, **options) -> None:
        new, total = propose_pairs()
        self.stdout.write(f"{total} {'pair' if total == 1 else 'pairs'} to judge, {new} of them new. See /pairs/.")
