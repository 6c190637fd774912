"""What a body keeps from the public and shows to bodies of its kind, or to its own people."""

from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from registry.models import Organisation, Scope, ShownTo, Withheld
from registry.permissions import Actor, may_see_workspace


def is_peer(actor: Actor, body: Organisation) -> bool:
    """Whether it acts for another body of the same kind that exists today: peer group, or type where it has none."""
    kind = {"peer_group": body.peer_group_id} if body.peer_group_id else {"peer_group": None, "type": body.type}
    if not body.peer_group_id and not body.type:
        return False
    own = [pk for pk, scopes in actor.grants.items() if Scope.WORKSPACE_READ in scopes]
    bodies = Organisation.objects.existing(timezone.localdate())
    return bool(own) and bodies.filter(pk__in=own, **kind).exists()


def shown_to(actor: Actor, body: Organisation, declarations: Collection[int]) -> dict[int, list[Withheld]]:
    """What of these declarations, by id, is not public and this actor may see. Nothing is asked for who may not."""
    kept = Withheld.objects.filter(declaration__in=declarations, declaration__organisation=body).order_by("field")
    if not may_see_workspace(actor, body):
        if not is_peer(actor, body):
            return {}
        kept = kept.filter(shown_to=ShownTo.PEERS)
    found: dict[int, list[Withheld]] = defaultdict(list)
    for one in kept:
        found[one.declaration_id].append(one)
    return dict(found)
