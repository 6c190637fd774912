"""A file from sending to what stands afterwards."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.declarations import declare, save_draft, undo_declarations
from registry.actions.declarations.rows import of_cell, said_of
from registry.actions.imports import (
    AlreadyImported,
    apply_import,
    drop_import,
    forget_imports,
    receive_import,
    work_due,
)
from registry.models import (
    Act,
    Declaration,
    DeclarationKind,
    Draft,
    Event,
    ImportPart,
    ImportState,
    JobState,
    ShownTo,
    Wish,
)
from registry.permissions import ANYBODY, of_person
from registry.said import Hold, Said
from tests import factories
from tests.registry.imports.conftest import now, table

FAULTS = {
    7: (0, "no-such-function", "function", "There is no function"),
    40: (0, "", "function", "Say which function"),
    41: (1, "", "answer", "Say which component or system"),
    99: (3, "lots", "annual_cost", "Write the sum in digits"),
    120: (3, "-5", "annual_cost", "Write the sum in digits"),
    200: (4, "2026-29", "price_fy", "Write the financial year"),
    201: (4, "", "price_fy", "which financial year"),
    250: (5, "31/02/2027", "contract_end", "no such day"),
    251: (5, "soon", "contract_end", "Write the day as 31/03/2027"),
    300: (6, "perhaps", "why", "Write one of"),
    400: (7, "ftp://x", "source_url", "Give the whole address"),
    499: (1, "System 3", "", "Row 5 says this already"),
}
HEADING = ("function", "system", "supplier", "annual_cost", "price_fy", "contract_end", "why", "source_url")


@pytest.fixture
def faulty(db) -> str:
    """500 rows about 50 functions, 12 of them with one fault each."""
    for number in range(50):
        factories.function(slug=f"work-{number}", name=f"Work {number}")
    rows = []
    for number in range(500):
        row = [f"work-{number % 50}", f"System {number}", "Quill", "£1,200.50", "2026-27", "31/03/2027", "better", ""]
        if number in FAULTS:
            place, value, *_told = FAULTS[number]
            row[place] = value
        if number == 499:
            row[0] = "work-3"
        rows.append(row)
    return table(*rows, heading=HEADING)


def test_500_rows_with_12_faults_tell_12_problems_and_publish_488(world, faulty):
    imported = world.sends(faulty)

    assert (imported.state, imported.job.state) == (ImportState.READY, JobState.ASKING)
    assert (imported.new, imported.changed, imported.unchanged, imported.problems) == (488, 0, 0, 12)
    told = [(line.number, *one) for line in imported.lines.exclude(problems=[]) for one in line.problems]
    assert len(told) == 12
    for (number, column, value, sentence), (row, (_place, written, named, words)) in zip(
        sorted(told), sorted(FAULTS.items()), strict=True
    ):
        assert (number, column) == (row + 2, named)
        assert words in sentence
        assert value == written or not column
    assert Declaration.objects.count() == 0

    apply_import(imported=imported, by=world.owner)
    work_due()

    assert Declaration.objects.current().filter(organisation=world.body).count() == 488
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == 1
    assert (now(imported).state, now(imported).job.state) == (ImportState.APPLIED, JobState.DONE)


def test_same_file_again_changes_nothing(world, faulty):
    apply_import(imported=world.sends(faulty), by=world.owner)
    work_due()
    events = Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count()

    again = world.sends(faulty, wish=Wish.GOOD)

    assert (again.new, again.changed, again.unchanged, again.problems) == (0, 0, 488, 12)
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == events
    assert Declaration.objects.count() == 488


def test_same_file_without_problems_leads_to_what_it_led_to(world, function):
    applied = world.sends(table(["bookings", "Emberfold", "", "", ""]), wish=Wish.GOOD)

    received = world.sends(table(["bookings", "Emberfold", "", "", ""]), wish=Wish.GOOD)
    assert received == applied
    undo_declarations(organisation=world.body, event=applied.applied_in, by=world.owner)
    assert world.sends(table(["bookings", "Emberfold", "", "", ""])) != applied


def standing(world, function) -> list[Said]:
    return [said_of(one) for one in of_cell(world.body, function)]


def test_import_adds_and_changes_and_ends_nothing(world, function, shared):
    stays = Said(kind=DeclarationKind.DUPLICATE, system="Stays")
    changes = Said(
        kind=DeclarationKind.DUPLICATE,
        system="Emberfold",
        supplier="Quill",
        annual_cost=Decimal(100),
        price_fy="2025-26",
        contact="Us",
        held={"supplier": Hold(ShownTo.PEERS)},
    )
    declare(organisation=world.body, function=function, statements=[stays, changes], by=world.owner)

    imported = world.sends(
        "function;system;component;stage;annual cost (£);Financial year\n"
        "Bookings;emberfold;;;£2,000;2026/27\nbookings;;Sorrelpost;live;;\n"
    )
    assert (imported.new, imported.changed, imported.problems) == (1, 1, 0)
    apply_import(imported=imported, by=world.owner)
    work_due()

    said = {one.system or one.component: one for one in standing(world, function)}
    assert said["Stays"] == stays
    assert said["emberfold"].annual_cost == 2000
    assert said["emberfold"].held == {"supplier": Hold(ShownTo.PEERS)}
    assert (said["emberfold"].supplier, said["emberfold"].contact) == ("Quill", "Us")
    assert said["sorrelpost"].stage == "live"
    public = Declaration.objects.current().get(system="emberfold")
    assert (public.supplier, public.evidence, public.confirmed) == ("", "E0", timezone.localdate())


def test_import_does_what_declaring_does(world, function):
    """Slips, exemptions and evidence are earned alike."""
    other = factories.organisation(slug="oak")
    for body in (world.body, other):
        before = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", contract_end=timezone.localdate())
        by = world.owner
        if body == other:
            membership = factories.membership(organisation=other)
            by = of_person(membership.person, [membership], second_factor=True)
        declare(organisation=body, function=function, statements=[before], by=by)
        Declaration.objects.current().filter(organisation=body).update(exempt_reason="law", evidence="E2")
    later = timezone.localdate() + timedelta(days=30)
    after = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", contract_end=later)
    declare(organisation=other, function=function, statements=[after], by=by)
    world.sends(
        table(["bookings", "Emberfold", f"{later:%d/%m/%Y}"], heading=("function", "system", "contract_end")),
        wish=Wish.GOOD,
    )

    fields = ("kind", "system", "contract_end", "contract_slips", "exempt_reason", "evidence", "published", "confirmed")
    made = Declaration.objects.current().filter(function=function).values(*fields)
    assert list(made.filter(organisation=world.body)) == list(made.filter(organisation=other))
    assert made[0]["contract_slips"] == 1


def test_import_can_be_taken_back(world, function):
    before = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", supplier="Quill")
    declare(organisation=world.body, function=function, statements=[before], by=world.owner)
    imported = world.sends(
        table(["bookings", "Emberfold", "Other", "", ""], ["bookings", "New", "", "", ""]), wish=Wish.GOOD
    )
    assert len(standing(world, function)) == 2

    undo_declarations(organisation=world.body, event=imported.applied_in, by=world.owner)

    assert standing(world, function) == [before]


def test_stopped_use_is_said_as_in_the_form(world, function, shared):
    using = Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage="live")
    declare(organisation=world.body, function=function, statements=[using], by=world.owner)

    world.sends("Function,Shared component,Stage\nbookings,sorrelpost,Stopped\n", wish=Wish.GOOD)

    assert [one.stage for one in standing(world, function)] == ["retired"]


def test_answer_gives_way_and_never_takes_the_place_of_more(world, function):
    not_sure = Said(kind=DeclarationKind.NOT_SURE)
    declare(organisation=world.body, function=function, statements=[not_sure], by=world.owner)

    given_way = world.sends(table(["bookings", "Emberfold", "", "", ""]), wish=Wish.GOOD)
    assert (given_way.new, given_way.changed) == (0, 1)
    assert [one.system for one in standing(world, function)] == ["Emberfold"]

    refused = world.sends("function,answer\nbookings,Not our responsibility\n")
    assert refused.problems == 1
    assert "Take that back" in refused.lines.get().problems[0][2]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("bookings,not sure,\nbookings,,Emberfold", "Row 2 says the opposite"),
        ("bookings,not sure,\nbookings,not responsible,", "Row 2 says this already"),
        ("bookings,,Emberfold\nbookings,not responsible,", "Take that back"),
        ("bookings,,Emberfold\nBookings,own, EMBERFOLD ", "Row 2 says this already"),
    ],
)
def test_rows_that_contradict_are_a_problem_of_the_second(world, function, rows, words):
    imported = world.sends(f"function,answer,system\n{rows}\n")

    assert [bool(line.problems) for line in imported.lines.all()] == [False, True]
    assert words in imported.lines.last().problems[0][2]


def test_parts_of_the_work_come_to_one_at_most(world, function):
    first = Said(kind=DeclarationKind.DUPLICATE, system="A", coverage=0.9)
    declare(organisation=world.body, function=function, statements=[first], by=world.owner)

    fits = world.sends("function,system,coverage\nbookings,B,50%\nbookings,A,40%\n")
    assert fits.problems == 0
    over = world.sends("function,system,coverage\nbookings,B,50%\nbookings,C,10%\n")
    assert [line.outcome for line in over.lines.all()] == ["problem", "new"]


def test_something_said_meanwhile_is_checked_again(world, function):
    imported = world.sends(table(["bookings", "Emberfold", "Quill", "", ""]))
    said = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", supplier="Another")
    declare(organisation=world.body, function=function, statements=[said], by=world.owner)

    apply_import(imported=imported, by=world.owner)
    work_due()

    imported = now(imported)
    assert (imported.state, imported.moved, imported.changed) == (ImportState.READY, True, 1)
    assert standing(world, function) == [said]
    apply_import(imported=imported, by=world.owner)
    work_due()
    assert standing(world, function)[0].supplier == "Quill"


def test_draft_of_a_function_stays(world, function):
    draft = [Said(kind=DeclarationKind.DUPLICATE, system="Drafted")]
    save_draft(organisation=world.body, function=function, statements=draft, seen=[], revision=0, by=world.editor)
    world.sends(table(["bookings", "Emberfold", "", "", ""]), wish=Wish.GOOD)

    assert Draft.objects.count() == 1


def test_all_or_nothing_applies_nothing_beside_a_problem(world, function):
    rows = table(["bookings", "Emberfold", "", "", ""], ["nowhere", "B", "", "", ""])
    imported = world.sends(rows, wish=Wish.ALL_OR_NOTHING)

    assert (imported.state, imported.problems, Declaration.objects.count()) == (ImportState.READY, 1, 0)
    with pytest.raises(Refused, match="nothing is applied"):
        apply_import(imported=imported, wish=Wish.ALL_OR_NOTHING, by=world.owner)
    apply_import(imported=imported, by=world.owner)
    with pytest.raises(AlreadyImported):
        apply_import(imported=imported, by=world.owner)


def test_editor_prepares_and_owner_applies(world, function):
    rows = table(["bookings", "Emberfold", "", "", ""])
    with pytest.raises(Refused, match="which an owner applies"):
        world.sends(rows, wish=Wish.GOOD, by=world.editor)
    imported = world.sends(rows, by=world.editor)
    with pytest.raises(Refused, match="Ask an owner"):
        apply_import(imported=imported, by=world.editor)
    apply_import(imported=imported, by=world.owner)
    work_due()
    assert now(imported).applied_in.by == world.owner.person


def test_strangers_do_nothing(world, function):
    imported = world.sends(table(["bookings", "Emberfold", "", "", ""]))
    for act in (
        lambda: world.sends("x", by=ANYBODY),
        lambda: apply_import(imported=imported, by=ANYBODY),
        lambda: drop_import(imported=imported, by=ANYBODY),
    ):
        with pytest.raises(Refused):
            act()


def test_dropped_import_keeps_nothing_and_stays_dropped(world, function):
    imported = drop_import(imported=world.sends(table(["bookings", "Emberfold", "", "", ""])), by=world.editor)

    assert (imported.lines.count(), imported.parts.count()) == (0, 0)
    assert now(imported).job.state == JobState.CANCELLED
    assert drop_import(imported=imported, by=world.owner).state == ImportState.DROPPED
    with pytest.raises(Refused):
        apply_import(imported=imported, by=world.owner)


def test_nothing_new_ends_without_an_event(world, function):
    said = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold")
    declare(organisation=world.body, function=function, statements=[said], by=world.owner)

    imported = world.sends(table(["bookings", "Emberfold", "", "", ""]))

    assert (imported.state, imported.unchanged, imported.applied_in) == (ImportState.APPLIED, 1, None)
    assert "Nothing is new" in imported.job.sentence


def test_unreadable_table_ends_as_failed(world):
    imported = world.sends("\n\n \n,,\nfunction,system")

    assert (imported.state, imported.job.state) == (ImportState.FAILED, JobState.FAILED)
    assert "The table is empty" in imported.job.sentence


def test_old_imports_are_forgotten(world, function, time_machine):
    applied = world.sends(table(["bookings", "Emberfold", "", "", ""]), wish=Wish.GOOD)
    waiting = world.sends(table(["bookings", "Other", "", "", ""]))
    assert forget_imports() == 0
    time_machine.move_to(timezone.now() + timedelta(days=91))

    assert forget_imports() == 2
    assert forget_imports() == 0

    assert ImportPart.objects.count() == 0
    assert [now(one).state for one in (applied, waiting)] == [ImportState.APPLIED, ImportState.DROPPED]
    assert Declaration.objects.current().count() == 1


def test_too_many_that_wait_are_refused(world, function, monkeypatch):
    monkeypatch.setattr("registry.actions.imports.receiving.MOST_OPEN", 1)
    world.sends(table(["bookings", "Emberfold", "", "", ""]))
    with pytest.raises(Refused, match="Many imports of yours wait"):
        world.sends(table(["bookings", "Other", "", "", ""]))


def test_too_many_of_a_day_are_refused(world, function, monkeypatch):
    monkeypatch.setattr("registry.actions.imports.receiving.MOST_A_DAY", 1)
    drop_import(imported=world.sends(table(["bookings", "Emberfold", "", "", ""])), by=world.owner)
    with pytest.raises(Refused, match="many files today"):
        world.sends(table(["bookings", "Other", "", "", ""]))


def test_failed_import_keeps_no_file(world):
    assert world.sends("function,system\n").parts.count() == 0


def test_body_that_has_ended_imports_nothing(world, function):
    world.body.end = timezone.localdate()
    world.body.save()
    with pytest.raises(Refused, match="does not exist today"):
        receive_import(organisation=world.body, file=BytesIO(b"function,system\n"), by=world.owner)
