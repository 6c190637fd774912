from dataclasses import replace

import pytest

from commons.exceptions import Refused
from registry.actions.declarations import drop_draft, save_draft
from registry.actions.declarations.drafting import MOST_STATEMENTS, DraftChanged
from registry.models import Draft, Event
from registry.permissions import ANYBODY
from registry.said import from_json
from tests import factories
from tests.registry.declarations.test_declaring import OWN, USES


def save(world, *statements, revision=0, **given):
    given = {"organisation": world.body, "function": world.function, "by": world.editor, "seen": []} | given
    return save_draft(statements=statements, revision=revision, **given)


def test_draft_is_kept_with_its_mistakes(world):
    wrong = replace(OWN, price_fy="2026-28", coverage=7)

    draft = save(world, USES, wrong)

    assert [from_json(said) for said in Draft.objects.get().statements] == [USES, wrong]
    assert (draft.revision, draft.saved_by) == (1, world.editor.person)
    assert Event.objects.latest("pk").act == "save_draft"


def test_next_save_replaces_it(world):
    save(world, USES)
    save(world, OWN, revision=1, ready=True)

    draft = Draft.objects.get()
    assert (draft.revision, draft.ready, len(draft.statements)) == (2, True, 1)


def test_second_of_two_people_is_shown_the_first_one_s(world):
    save(world, USES)
    save(world, OWN, revision=1)

    for revision in (0, 1):
        with pytest.raises(DraftChanged) as changed:
            save(world, USES, revision=revision, by=world.owner)
        assert changed.value.draft.revision == 2
    assert [from_json(said) for said in Draft.objects.get().statements] == [OWN]


def test_dropped_draft_is_gone(world):
    draft = save(world, USES)
    drop_draft(draft=draft, by=world.editor)
    before = Event.objects.count()

    drop_draft(draft=draft, by=world.editor)

    assert not Draft.objects.exists()
    assert Event.objects.count() == before


def test_only_the_body_s_people_prepare(world):
    draft = save(world, USES)
    stranger = factories.membership(role="editor")
    for actor in (ANYBODY, replace(world.editor, grants={stranger.organisation_id: frozenset()})):
        with pytest.raises(Refused, match="may not prepare"):
            save(world, USES, revision=1, by=actor)
        with pytest.raises(Refused, match="may not prepare"):
            drop_draft(draft=draft, by=actor)


def test_number_of_statements_is_bounded(world):
    with pytest.raises(Refused, match="at most"):
        save(world, *[replace(OWN, system=f"System {number}") for number in range(MOST_STATEMENTS + 1)])
