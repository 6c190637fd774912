"""Planning what becomes of bodies. Two people have to say so: one plans, another seconds; a worker carries it out."""

from django.db import transaction

from commons.exceptions import Refused
from registry.actions.looking import settle
from registry.actions.reorganisations.plans import Plan, about, facts, plan_of, said, tidy, write_parts
from registry.actions.reorganisations.refusals import refuse_plan, refuse_planner, refuse_settled
from registry.models import Act, Event, Organisation, Reorganisation, Waiting
from registry.permissions import Actor


@transaction.atomic
def plan_reorganisation(*, plan: Plan, by: Actor) -> Reorganisation:
    """Plan what becomes of bodies on a day. Nothing happens before another person has seconded it.

    Raises Refused: not allowed, nobody named, or a plan that could not be carried out, with what to mend.
    """
    plan = tidy(plan)
    lock(plan)
    refuse_planner(by)
    refuse_plan(plan)
    event = Event.objects.create(act=Act.PLAN_REORGANISATION, **by.signature, source=plan.source_url, detail=said(plan))
    made = Reorganisation.objects.create(planned_in=event, **facts(plan))
    write_parts(made, plan)
    return made


@transaction.atomic
def change_reorganisation(*, reorganisation: Reorganisation, plan: Plan, by: Actor) -> Reorganisation:
    """Say anew what is planned. Somebody else has to second it again.

    Raises Refused: as planning, or it is carried out or cancelled.
    """
    found = locked(reorganisation)
    plan = tidy(plan)
    lock(plan)
    refuse_planner(by)
    refuse_settled(found)
    settle(Waiting.REORGANISATION, found.pk, by)
    refuse_plan(plan, besides=found)
    detail = {"reorganisation": found.pk, "before": said(plan_of(found)), **said(plan)}
    event = Event.objects.create(act=Act.CHANGE_REORGANISATION, **by.signature, source=plan.source_url, detail=detail)
    found.becomings.all().delete()
    found.leavings.all().delete()
    for name, value in {**facts(plan), "planned_in": event, "seconded_in": None, "problem": ""}.items():
        setattr(found, name, value)
    found.save()
    write_parts(found, plan)
    return found


@transaction.atomic
def second_reorganisation(*, reorganisation: Reorganisation, by: Actor) -> Reorganisation:
    """Agree to what somebody else has planned: it is carried out on its day.

    Raises Refused: not allowed, the same person, seconded already, settled, or a plan that could not be carried out.
    """
    found = locked(reorganisation)
    refuse_planner(by)
    refuse_settled(found)
    if found.seconded_in_id:
        raise Refused("Somebody has seconded this already.")
    if found.planned_in.by_id == by.person.pk:  # type: ignore[union-attr]  # refuse_planner: it is a person
        raise Refused("You planned this, or changed it last. Ask another person to second it.")
    settle(Waiting.REORGANISATION, found.pk, by)
    refuse_plan(plan_of(found), besides=found)
    found.seconded_in = Event.objects.create(act=Act.SECOND_REORGANISATION, **by.signature, detail=about(found))
    found.save(update_fields=["seconded_in"])
    return found


@transaction.atomic
def cancel_reorganisation(*, reorganisation: Reorganisation, reason: str, by: Actor) -> Reorganisation:
    """Take a plan back before it is carried out. Raises Refused: not allowed, settled, or no reason."""
    found = locked(reorganisation)
    refuse_planner(by)
    refuse_settled(found)
    if not reason.strip():
        raise Refused("Say why it is cancelled: the reason is public.")
    settle(Waiting.REORGANISATION, found.pk, by)
    detail = about(found) | {"reason": reason.strip()}
    found.cancelled_in = Event.objects.create(act=Act.CANCEL_REORGANISATION, **by.signature, detail=detail)
    found.save(update_fields=["cancelled_in"])
    return found


def locked(reorganisation: Reorganisation) -> Reorganisation:
    rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("planned_in", "seconded_in")
    return rows.get(pk=reorganisation.pk)


def lock(plan: Plan) -> None:
    """Two plans for one body made at once see each other: their bodies are held, in one order."""
    keys = [leaving.organisation.pk for leaving in plan.leavings]
    keys += [body.organisation.pk for body in plan.becomings if body.organisation]
    list(Organisation.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
