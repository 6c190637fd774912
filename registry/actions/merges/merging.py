"""The act itself, and why it may be refused."""

from collections.abc import Mapping

from django.db import transaction

from catalogue.addresses import repository_key
from catalogue.describing import hold_back_others
from catalogue.models import Component, Lifecycle, RepositoryAlias
from commons.exceptions import Refused
from registry.actions.deliveries import tell_of
from registry.actions.deprecations import leads_to
from registry.actions.merges.letters import looking_after, write_to
from registry.actions.merges.moves import moving, things
from registry.actions.merges.rows import move_rows
from registry.actions.merges.statements import move_statements
from registry.actions.search import refresh_search
from registry.models import Act, Deprecation, Event, Pair, PairState, WebhookEvent
from registry.permissions import Actor, may_judge_pairs


@transaction.atomic
def merge_components(
    *, kept: Component, merged: Component, by: Actor, agreed: Mapping[str, object] | None = None
) -> Event:
    """Move to the kept component what points to the merged one, which is retired and leads to it; tell their stewards.

    Statements and reviews are superseded and said again of the kept one; of two on one thing the stronger stands.
    `agreed` names the proposal that a person agrees to: nobody merges alone (`actions.proposals`). Raises Refused: not
    allowed, not proposed, the same one, a draft, retired, of another kind, or a successor that leads back.
    """
    if by.person is not None and not agreed:
        raise Refused("Propose it first: another person has to agree before components are merged.")
    # What is described anew finds the kept one, or is found here: nobody makes or describes one of the two meanwhile.
    hold_back_others()
    list(things(kept, merged).order_by("pk").select_for_update())
    both = Component.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {component.pk: component for component in both}
    kept, merged = found[kept.pk], found[merged.pk]
    refuse_merge(kept, merged, by)
    bodies = looking_after(kept, merged)
    detail = {
        "kept": kept.slug,
        "merged": merged.slug,
        "repository": merged.repository,
        "moved": moving(kept, merged),
        "told": [body.slug for body in bodies if body.contact_email],
        **(agreed or {}),
    }
    event = Event.objects.create(act=Act.MERGE_COMPONENTS, **by.signature, detail=detail)
    move_statements(kept, merged, event)
    move_rows(kept, merged)
    kept.functions.add(*merged.functions.all())
    kept.standards.add(*merged.standards.all())
    retire(kept, merged, event)
    settle_pair(kept, merged, event)
    refresh_search([kept.pk, merged.pk, *kept.predecessors.values_list("pk", flat=True)])
    for component in (kept, merged):
        tell_of(component, WebhookEvent.UPDATE)
    write_to(bodies, kept, merged, event)
    return event


def refuse_merge(kept: Component, merged: Component, by: Actor) -> None:
    if not may_judge_pairs(by):
        raise Refused("Only an operator may merge components.")
    if kept.pk == merged.pk:
        raise Refused("A component cannot be merged with itself.")
    for component in (kept, merged):
        if component.lifecycle in (Lifecycle.DRAFT, Lifecycle.RETIRED):
            raise Refused(f"{component} is {component.get_lifecycle_display().lower()}: it cannot be merged.")
    if kept.lifecycle == Lifecycle.DEPRECATED:
        raise Refused(f"{kept} is deprecated itself: keep the other one.")
    if kept.kind != merged.kind:
        raise Refused("The two are of different kinds: correct the kind of one of them first.")
    if leads_to(kept, merged):
        raise Refused(f"{kept} is succeeded by {merged}: keep {merged} instead.")


def retire(kept: Component, merged: Component, event: Event) -> None:
    """Its repository becomes another address of the kept one, so that it is found there by whoever describes it."""
    Deprecation.objects.current().filter(component=merged).update(superseded_in=event)
    address, merged.repository = merged.repository, ""
    merged.lifecycle, merged.successor = Lifecycle.RETIRED, kept
    merged.save(update_fields=["lifecycle", "successor", "repository"])
    if not address or repository_key(address) == repository_key(kept.repository):
        return
    if not Component.objects.at_repository(address).exists():
        RepositoryAlias.objects.create(component=kept, address=address)


def settle_pair(kept: Component, merged: Component, event: Event) -> None:
    one, other = sorted((kept.pk, merged.pk))
    Pair.objects.filter(first=one, second=other).update(state=PairState.MERGED, reason="", decided_in=event)
