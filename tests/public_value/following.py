"""A registry that changes, and all that its live preview says."""

from datetime import date
from random import Random

from django.db import transaction

from public_value.models import Edition, Preview, Score
from public_value.preview import following, rebuilding
from registry.models import Account, Contribution, Declaration, Organisation, Stewardship, Volume
from tests import factories

KEYS = ("id", "edition_id")


def current() -> Edition:
    return Edition.objects.get(preview__in=Preview.objects.current())


def settle() -> Edition:
    """Do all that is due, and give the preview that readers see then."""
    assert following.follow(60) is False
    return current()


def everything() -> list[dict]:
    """All figures of the preview with their draws, but for keys."""
    scores = Score.objects.of(current()).order_by("organisation_id").select_related("drawn")
    return [
        {name: value for name, value in vars(score).items() if name not in KEYS and not name.startswith("_")}
        | {"points": bytes(score.drawn.points) if hasattr(score, "drawn") else None}
        for score in scores
    ]


def rebuilt() -> list[dict]:
    """The same, calculated from nothing."""
    rebuilding.begin(following.due().yardstick)
    settle()
    return everything()


def edit(random: Random) -> None:
    """Change one thing that a figure depends on: a table at random."""
    random.choice([_declare, _withdraw, _measure, _account, _contribute, _steward, _move, _regroup, _found])(random)


def _some(random: Random, rows):
    return random.choice(list(rows.order_by("pk")))


def _declare(random: Random) -> None:
    """An adoption of what somebody looks after, often good enough to count for its stewards."""
    component = _some(random, Stewardship.objects.all()).component
    said = component.declarations.current().values("organisation")
    bodies = Organisation.objects.exclude(pk__in=said)
    if bodies:
        factories.adoption(
            organisation=_some(random, bodies),
            function=component.functions.order_by("pk")[0],
            component=component,
            evidence=random.choice(["E0", "E2", "E3"]),
            coverage=random.random(),
            confirmed=date(2026, 3, 1),
        )


def _withdraw(random: Random) -> None:
    declaration = _some(random, Declaration.objects.current())
    declaration.superseded_in = factories.event()
    declaration.save()


def _measure(random: Random) -> None:
    declaration = _some(random, Declaration.objects.current())
    Volume.objects.update_or_create(
        organisation=declaration.organisation,
        function=declaration.function,
        defaults={"transactions": random.choice([0, 700, 90_000])},
    )


def _account(random: Random) -> None:
    Account.objects.update_or_create(
        organisation=_some(random, Organisation.objects.all()),
        financial_year="2024-25",
        defaults={"frontline": random.randint(1, 9) * 10**6, "administrative": 10**6},
    )


def _contribute(random: Random) -> None:
    Contribution.objects.get_or_create(
        organisation=_some(random, Organisation.objects.all()),
        component=_some(random, Stewardship.objects.all()).component,
        made_on=date(2025, 1, random.randint(1, 28)),
        defaults={"units": 2},
    )


def _steward(random: Random) -> None:
    """Somebody else looks after it from now on."""
    stewardship = _some(random, Stewardship.objects.current())
    with transaction.atomic():
        event = factories.event()
        Stewardship.objects.filter(pk=stewardship.pk).update(superseded_in=event)
        taken = stewardship.component.stewardships.current().values("organisation")
        other = _some(random, Organisation.objects.exclude(pk__in=taken))
        factories.stewardship(component=stewardship.component, organisation=other, share=stewardship.share)


def _move(random: Random) -> None:
    body, other = _some(random, Organisation.objects.all()), _some(random, Organisation.objects.all())
    body.peer_group, body.driver = other.peer_group, random.choice([None, 0, 800, 12_000])
    body.save()


def _regroup(random: Random) -> None:
    body = _some(random, Organisation.objects.all())
    body.affiliation_group = random.choice(["", "family", "other"])
    body.save()


def _found(random: Random) -> None:
    factories.organisation(peer_group=_some(random, Organisation.objects.all()).peer_group, driver=500)
