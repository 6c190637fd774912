"""What bodies look after, have read and belong to."""

from typing import TYPE_CHECKING

from django.utils import timezone

from registry.actions.reorganisations.following.heirs import Heirs, by_heir
from registry.models import CodeHosting, Declaration, Event, Notice, Organisation, Source, Stage, Stewardship

if TYPE_CHECKING:
    from registry.actions.reorganisations.vesting import Done


def stewardships(rows: list[Heirs], event: Event, done: "Done") -> int:
    """To the heir, with the share; where it has one of the same component, the two are one. Where nobody goes on,
    nobody looks after the component until somebody says so."""
    moved = 0
    for heir, bodies in by_heir(rows):
        held = list(Stewardship.objects.current().filter(organisation__in=bodies).order_by("pk"))
        shares: dict[int, float] = {}
        for one in held:
            shares[one.component_id] = shares.get(one.component_id, 0) + one.share
        if heir is not None:
            mine = Stewardship.objects.current().filter(organisation=heir, component__in=shares)
            for one in mine:
                held.append(one)
                shares[one.component_id] += one.share
        Stewardship.objects.filter(pk__in=[one.pk for one in held]).update(superseded_in=event)
        if heir is not None:
            Stewardship.objects.bulk_create(
                Stewardship(component_id=component, organisation=heir, share=min(1.0, share), recorded_in=event)
                for component, share in shares.items()
            )
        done.restewarded |= shares.keys()
        moved += len(shares)
    return moved


def sources(rows: list[Heirs], event: Event, done: "Done") -> int:
    """What is harvested goes on being read in the heir's name; where nobody goes on, it is read no longer."""
    moved = 0
    for heir, bodies in by_heir(rows):
        found = Source.objects.filter(organisation__in=bodies, stopped_at=None)
        if heir is None:
            moved += found.update(stopped_at=timezone.now(), recorded_in=event)
        else:
            moved += found.update(organisation=heir, recorded_in=event)
    return moved


def code_hosting(rows: list[Heirs], event: Event, done: "Done") -> int:
    moved = 0
    for heir, bodies in by_heir(rows):
        if heir is not None:
            moved += CodeHosting.objects.filter(organisation__in=bodies).update(organisation=heir)
    return moved


def notices(rows: list[Heirs], event: Event, done: "Done") -> int:
    """That a component ends is told to whoever goes on using it."""
    to = {(row.leaving.pk, body.pk) for row in rows for body in row.to if body != row.leaving}
    before = Notice.objects.standing().filter(organisation__in={leaving for leaving, _body in to})
    told = list(before.values_list("organisation_id", "deprecation_id", "deprecation__component_id"))
    successors = {body for _leaving, body in to}
    use = Declaration.objects.current().adoptions().exclude(stage=Stage.RETIRED).filter(organisation__in=successors)
    uses = set(use.values_list("organisation_id", "component_id"))
    made = {
        (deprecation, body)
        for leaving, deprecation, component in told
        for before_it, body in to
        if before_it == leaving and (body, component) in uses
    }
    Notice.objects.bulk_create(
        (Notice(deprecation_id=deprecation, organisation_id=body) for deprecation, body in sorted(made)),
        ignore_conflicts=True,
    )
    return len(made)


def children(rows: list[Heirs], event: Event, done: "Done") -> int:
    moved = 0
    for heir, bodies in by_heir(rows):
        moved += Organisation.objects.filter(parent__in=bodies, end=None).update(parent=heir)
    return moved
