"""What was done about a challenge, step by step. Whoever challenged is nowhere named."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from registry.history.acts import Acts, Told
from registry.history.telling import about, difference
from registry.models import Challenge, ChallengeStep, Event, StepKind

FACTS = {"step": gettext_lazy("Step"), "text": gettext_lazy("In words"), "evidence_url": gettext_lazy("Evidence")}


def of_challenge(challenge: Challenge) -> Acts:
    subject = about(challenge.organisation, challenge.function, challenge.component)

    def tell(events: Iterable[Event]) -> Told:
        steps = challenge.steps.select_related("organisation").filter(recorded_in__in=[event.pk for event in events])
        return {
            step.recorded_in_id: subject
            | difference(FACTS, {}, words(step, challenge))
            | {"body": step.organisation or challenge.organisation}
            for step in steps
        }

    return Acts(
        name=f"challenge-{challenge.reference}-history",
        about=challenge,
        what="challenge",
        events=Event.objects.filter(pk__in=challenge.steps.values("recorded_in")),
        tell=tell,
    )


def words(step: ChallengeStep, challenge: Challenge) -> dict[str, str]:
    raised = step.kind == StepKind.RAISED
    return {
        "step": step.get_kind_display(),
        "text": challenge.claim if raised else step.text,
        "evidence_url": challenge.evidence_url if raised else step.evidence_url,
    }
