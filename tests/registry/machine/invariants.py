"""What holds after every act, whoever did it and however it ended."""

import json
from collections import Counter

from django.db import connection
from django.test import Client
from django.utils import timezone

from registry.history import HistoryListing, of_body
from registry.listings.declarations import DeclarationListing
from registry.models import Declaration, DeclarationKind, Evidence, Letter, Membership, Organisation, Stewardship, Token
from registry.signed_in import memberships
from tests.registry.machine.world import World

ROUND = 1e-9


def constraints_hold() -> None:
    """Those too that are checked only when a transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def statements_stand_once() -> None:
    current = Declaration.objects.current().values_list(
        "organisation", "function", "kind", "component", "system", named=True
    )
    answers = (DeclarationKind.NOT_RESPONSIBLE, DeclarationKind.NOT_SURE)
    keys = Counter(
        (one.organisation, one.function, "answer" if one.kind in answers else one.kind, one.component, one.system)
        for one in current
    )
    assert [key for key, number in keys.items() if number > 1] == []


def shares_are_at_most_one() -> None:
    sums: Counter = Counter()
    for component, share in Stewardship.objects.current().values_list("component", "share"):
        sums[component] += share
    assert [one for one in sums.values() if one > 1 + ROUND] == []


def evidence_is_earned(world: World) -> None:
    """Nobody attests here, so there is nothing above E1; and E1 is of a link that has answered."""
    for evidence, link in Declaration.objects.current().exclude(evidence="").values_list("evidence", "source_url"):
        assert evidence in (Evidence.E0, Evidence.E1)
        assert evidence == Evidence.E0 or link in world.answered


def told_in_public() -> str:
    """What everybody can read of all statements, before and now, and of the history of all bodies."""
    said = list(DeclarationListing().select({"history": "1"}).rows())
    lived = [list(HistoryListing(of_body(body)).select({}).rows()) for body in Organisation.objects.all()]
    return json.dumps([said, lived], default=str)


def nothing_kept_back_is_told(world: World) -> None:
    text, today = told_in_public(), timezone.localdate()
    hidden = world.never | {name for name, day in world.shown_from.items() if day > today}
    assert [name for name in hidden if f"{name}." in text] == []
    assert "@" not in text


def ended_bodies_have_nobody(world: World) -> None:
    today = timezone.localdate()
    ended = {body.pk for body in Organisation.objects.all() if not body.exists_on(today)}
    if not ended:
        return
    for person in world.people:
        assert not ended & {one.organisation_id for one in memberships(person)}
    for token in Token.objects.filter(organisation__in=ended, pk__in=world.secrets):
        answer = Client().post(
            "/api/v1/declarations",
            "{}",
            content_type="application/json",
            headers={"Authorization": f"Bearer {world.secrets[token.pk]}"},
        )
        assert answer.status_code == 401


def nobody_is_written_to_twice(known: int) -> None:
    """By one act, which began after the letter `known`."""
    letters = Counter(Letter.objects.filter(pk__gt=known).values_list("to", "subject"))
    assert [one for one, number in letters.items() if number > 1] == []


def roles_stand_once() -> None:
    roles = Counter(Membership.objects.filter(ended_in=None).values_list("person", "organisation", "role"))
    assert [one for one, number in roles.items() if number > 1] == []


def sums_are_a_plain_recount() -> None:
    """The public list counts what is there: by kind, and in all."""
    current = Declaration.objects.filter(superseded_in=None).select_related("component")
    open_to_all = [one for one in current if one.component is None or one.component.lifecycle != "draft"]
    selection = DeclarationListing().select({})
    assert selection.total == len(open_to_all)
    told = {
        option.value: option.count
        for facet in selection.facets
        if facet.filter.name == "kind"
        for option in facet.options
    }
    assert told == dict(Counter(one.kind for one in open_to_all))


def everything(world: World) -> None:
    constraints_hold()
    statements_stand_once()
    shares_are_at_most_one()
    evidence_is_earned(world)
    nothing_kept_back_is_told(world)
    ended_bodies_have_nobody(world)
    roles_stand_once()
    sums_are_a_plain_recount()
