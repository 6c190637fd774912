"""What is not said by anybody, and so moves as it is."""

from django.db.models import Exists, OuterRef, Q

from catalogue.models import Component, Relation
from registry.actions.merges.moves import (
    aliases,
    attestations,
    challenges,
    claims,
    contributions,
    parts,
    payments,
    predecessors,
    relations,
    things,
)
from registry.models import Choice, Difference, Part, Source, SourceObject


def move_rows(kept: Component, merged: Component) -> None:
    """Where the kept one has the same row already, that of the merged one goes: their tables keep its history."""
    relations(kept, merged).filter(Q(component=kept) | Q(other=kept)).delete()
    for side, far in (("component", "other"), ("other", "component")):
        same = Relation.objects.filter(**{side: kept, far: OuterRef(far)}, relation=OuterRef("relation"))
        Relation.objects.filter(Exists(same), **{side: merged}).delete()
        Relation.objects.filter(**{side: merged}).update(**{side: kept})
    besides = Part.objects.filter(slot=None, component=kept, assembly=OuterRef("assembly"))
    parts(kept, merged).filter(Exists(besides), slot=None).delete()
    for kind in (parts, contributions, payments, challenges, attestations, claims, aliases):
        kind(kept, merged).update(component=kept)
    predecessors(kept, merged).update(successor=kept)
    move_things(kept, merged)


def move_things(kept: Component, merged: Component) -> None:
    """Their sources are read anew, and what they state otherwise than the kept one is left to people to choose."""
    found = list(things(kept, merged))
    Difference.objects.open().filter(thing__in=found).update(choice=Choice.GONE)
    Source.objects.filter(things__in=found).update(etag="", last_modified="")
    SourceObject.objects.filter(pk__in=[one.pk for one in found]).update(component=kept, made=False, text_hash="")
