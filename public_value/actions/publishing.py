"""Publishing by four eyes: an operator asks, another person agrees, and then it is published.

On the registry's machine `manage.py publish_edition` publishes by itself: whoever may run it could change everything
there anyway. It says who agreed where that is named.
"""

from django.db import IntegrityError, transaction

from commons.exceptions import Refused
from public_value.actions.editions import detail
from public_value.actions.publication import locked, publish_edition, refuse_unpublishable
from public_value.models import Edition, Publishing
from registry.actions.looking import settle
from registry.models import Act, Event, Person, Waiting
from registry.permissions import Actor, may_ask_to_publish, may_second_edition


@transaction.atomic
def ask_to_publish(*, edition: Edition, by: Actor) -> Publishing:
    """Ask for an edition to be published as it is computed now.

    Raises Refused: not allowed, what cannot be published, or asked already.
    """
    edition = locked(edition)
    if not may_ask_to_publish(by):
        raise Refused("Only an operator asks for an edition to be published.")
    refuse_unpublishable(edition)
    event = Event.objects.create(act=Act.ASK_TO_PUBLISH, **by.signature, detail=detail(edition))
    try:
        with transaction.atomic():
            return Publishing.objects.create(edition=edition, computed_at=edition.computed_at, asked_in=event)
    except IntegrityError:
        raise Refused(f"Somebody has asked to publish {edition} already. Another person has to agree.") from None


@transaction.atomic
def second_publication(*, edition: Edition, by: Actor) -> Edition:
    """Agree to what an operator asks: the edition is published for good.

    Raises Refused: not allowed, nobody asked, it was computed anew since, whoever asked for it or computed it, somebody
    else looks at it, or what cannot be published.
    """
    edition = locked(edition)
    if not may_second_edition(by):
        raise Refused("Only an analyst, a moderator or an operator agrees to publish an edition.")
    asked = waiting(edition)
    if asked is None:
        raise Refused(f"Nobody has asked to publish {edition} as it is computed now. An operator asks first.")
    if by.person in (asked.asked_in.by, computed_by(edition)):
        raise Refused("You asked for this, or computed it. Ask another person to agree.")
    settle(Waiting.EDITION, edition.pk, by)
    return publish_edition(edition=edition, by=by.person, agreed={"asked_in": asked.asked_in_id})


def waiting(edition: Edition) -> Publishing | None:
    """What is asked for the edition as it is computed now."""
    asked = Publishing.objects.select_related("asked_in__by")
    return asked.filter(edition=edition, computed_at=edition.computed_at).first() if not edition.stands else None


def computed_by(edition: Edition) -> Person | None:
    """Who computed it last; None where that was a command."""
    named = {"detail__label": edition.label, "detail__revision": edition.revision}
    acts = Event.objects.filter(act__in=[Act.COMPUTE_EDITION, Act.CORRECT_EDITION], **named)
    last = acts.select_related("by").order_by("-pk").first()
    return last.by if last else None
