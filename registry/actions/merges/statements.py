"""What is said of the merged component: superseded, and said again of the kept one."""

from django.db.models import Exists, OuterRef, Q

from catalogue.models import Component
from registry.actions.declarations.rows import record, restated
from registry.actions.merges.moves import adoptions, reviews, stewardships
from registry.models import Declaration, Event, Review, Stage, Stewardship
from registry.models.review import tries

STAGES = (Stage.RETIRED, Stage.PLANNED, Stage.PILOT, Stage.PARTIAL, Stage.LIVE)


def move_statements(kept: Component, merged: Component, event: Event) -> None:
    """Supersede what is said of the merged one, and say it of the kept one in the act's name."""
    said = list(reviews(kept, merged))
    looked_after = list(stewardships(kept, merged))
    known = {
        (one.organisation_id, one.function_id): one
        for one in Declaration.objects.current().adoptions().filter(component=kept)
    }
    ended, again = [], []
    for one in adoptions(kept, merged):
        ended.append(one.pk)
        before = known.get((one.organisation_id, one.function_id))
        if before is None or strength(before) < strength(one):
            again.append(one)
            ended += [before.pk] if before else []
    Declaration.objects.filter(pk__in=ended).update(superseded_in=event)
    record([restated(one, component_id=kept.pk) for one in again], event)
    # One whose author has reviewed the kept one too is superseded by that: no use of the merged one stands behind it.
    unfounded = ~Exists(tries(OuterRef("organisation"), merged))
    mine = Review.objects.current().filter(unfounded | Q(pk__in=[one.pk for one in said]), component=merged)
    mine.update(superseded_in=event)
    Stewardship.objects.filter(pk__in=[one.pk for one in looked_after]).update(superseded_in=event)
    for model, rows in ((Review, said), (Stewardship, looked_after)):
        for one in rows:
            one.pk, one.component, one.recorded_in, one.superseded_in = None, kept, event, None
        model.objects.bulk_create(rows)


def strength(one: Declaration) -> tuple[int, str, str]:
    """Which of two statements on one use stands: the further in use, the better evidenced, the later confirmed."""
    return STAGES.index(Stage(one.stage)), one.evidence, one.confirmed.isoformat() if one.confirmed else ""
