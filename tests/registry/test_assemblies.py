"""Saving what a body has put together, and planning to use it."""

import pytest
from django.utils import timezone

from catalogue.models import SearchEntry
from commons.exceptions import Refused
from registry.actions.assemblies import AssemblyChoice, change_assembly, fork_assembly, save_assembly, withdraw_assembly
from registry.actions.plans import plan_assembly, undo_plan
from registry.actions.search import refresh_search
from registry.models import Act, Assembly, Declaration, DeclarationKind, Event, Stage
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories

pytestmark = pytest.mark.django_db
BOTH = AssemblyChoice(slots={"licence-form": "formery", "licence-card": "till"}, also=["places"], cases=50)


@pytest.fixture
def saved(licence) -> Assembly:
    return save_assembly(
        organisation=licence.birch, blueprint=licence.blueprint, name="Ours", choice=BOTH, by=COMMAND_LINE
    )


def chosen(assembly: Assembly) -> dict[str, str]:
    parts = assembly.parts.select_related("slot", "component")
    return {part.slot.slug if part.slot else "also": part.component.slug for part in parts}


def said(body) -> set[tuple[str, str, str]]:
    current = Declaration.objects.current().filter(organisation=body).select_related("component", "function")
    return {(one.kind if not one.component else one.component.slug, one.function.slug, one.stage) for one in current}


def test_save_keeps_the_choice_and_records_one_event(saved):
    assert chosen(saved) == {"licence-form": "formery", "licence-card": "till", "also": "places"}
    assert saved.cases == 50
    (event,) = Event.objects.filter(act=Act.SAVE_ASSEMBLY)
    assert event.detail["slots"] == {"licence-form": "formery", "licence-card": "till"}
    assert saved.saved_in == event


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (AssemblyChoice(), "Nothing is chosen"),
        (AssemblyChoice(slots={"licence-form": "till"}), "Till does not fill “Form”"),
        (AssemblyChoice(slots={"licence-form": "secret"}), "There is no component “secret”"),
        (AssemblyChoice(slots={"another": "till"}), "has no slot “another”"),
        (AssemblyChoice(also=["nothing"]), "There is no component “nothing”"),
        (AssemblyChoice(also=["till"], cases=-1), "as a whole number"),
    ],
)
def test_save_refuses_what_does_not_fit(licence, choice, sentence):
    with pytest.raises(Refused, match=sentence):
        save_assembly(organisation=licence.ash, blueprint=licence.blueprint, name="A", choice=choice, by=COMMAND_LINE)

    assert not Assembly.objects.exists()
    assert not Event.objects.filter(act=Act.SAVE_ASSEMBLY).exists()


def test_every_act_is_refused_to_strangers(licence, saved):
    acts = [
        lambda: save_assembly(organisation=licence.ash, blueprint=licence.blueprint, name="A", choice=BOTH, by=ANYBODY),
        lambda: change_assembly(assembly=saved, name="A", choice=BOTH, by=ANYBODY),
        lambda: fork_assembly(assembly=saved, organisation=licence.ash, name="A", by=ANYBODY),
        lambda: withdraw_assembly(assembly=saved, by=ANYBODY),
        lambda: plan_assembly(assembly=saved, by=ANYBODY),
        lambda: undo_plan(assembly=saved, by=ANYBODY),
    ]
    events = Event.objects.count()
    for act in acts:
        with pytest.raises(Refused, match="You may not"):
            act()
    assert Event.objects.count() == events


def test_body_that_has_ended_saves_nothing(licence):
    gone = factories.organisation(end=timezone.localdate())
    with pytest.raises(Refused, match="does not exist today"):
        save_assembly(organisation=gone, blueprint=licence.blueprint, name="A", choice=BOTH, by=COMMAND_LINE)


def test_change_replaces_the_choice(saved):
    only_till = AssemblyChoice(slots={"licence-card": "till"})

    change_assembly(assembly=saved, name="Less", choice=only_till, by=COMMAND_LINE)

    saved.refresh_from_db()
    assert chosen(saved) == {"licence-card": "till"}
    assert (saved.name, saved.cases) == ("Less", None)


def test_fork_is_another_bodys_and_remembers_its_origin(licence, saved):
    fork = fork_assembly(assembly=saved, organisation=licence.ash, name="Theirs", by=COMMAND_LINE)

    assert (fork.organisation, fork.forked_from, fork.cases) == (licence.ash, saved, None)
    assert chosen(fork) == chosen(saved)


def test_fork_leaves_out_what_became_a_draft(licence, saved):
    type(licence.components["till"]).objects.filter(slug="till").update(lifecycle="draft")

    fork = fork_assembly(assembly=saved, organisation=licence.ash, name="Theirs", by=COMMAND_LINE)

    assert "till" not in chosen(fork).values()


def test_withdrawn_assembly_is_listed_no_longer_and_bears_no_act(saved):
    withdraw_assembly(assembly=saved, by=COMMAND_LINE)

    assert not Assembly.objects.listed().exists()
    for act in (withdraw_assembly, plan_assembly):
        with pytest.raises(Refused, match="was withdrawn"):
            act(assembly=saved, by=COMMAND_LINE)


def test_plan_declares_what_is_new_in_one_act(licence, saved):
    made = plan_assembly(assembly=saved, by=COMMAND_LINE)

    assert said(licence.birch) == {("formery", "forms", "live"), ("till", "payments", "planned")}
    (event,) = Event.objects.filter(act=Act.PLAN_ASSEMBLY)
    assert [(one.recorded_in, one.confirmed, one.evidence) for one in made] == [(event, timezone.localdate(), "E0")]
    saved.refresh_from_db()
    assert saved.planned_in == event


def test_plan_counts_at_once_in_search(licence, saved):
    refresh_search()
    plan_assembly(assembly=saved, by=COMMAND_LINE)

    assert '"planned_by":1' in SearchEntry.objects.get(slug="till").document.replace(" ", "")


def test_plan_twice_is_refused_and_a_planned_assembly_is_not_changed(saved):
    plan_assembly(assembly=saved, by=COMMAND_LINE)

    for act, sentence in (
        (lambda: plan_assembly(assembly=saved, by=COMMAND_LINE), "planned already"),
        (lambda: change_assembly(assembly=saved, name="A", choice=BOTH, by=COMMAND_LINE), "Take the plan back first"),
        (lambda: withdraw_assembly(assembly=saved, by=COMMAND_LINE), "Take the plan back before"),
    ):
        with pytest.raises(Refused, match=sentence):
            act()


def test_undo_ends_the_plan_and_says_again_what_it_had_ended(licence, saved):
    stopped = factories.adoption(
        organisation=licence.birch,
        component=licence.components["till"],
        function=licence.functions["payments"],
        stage=Stage.RETIRED,
        source_url="https://birch.example/",
    )
    unsure = Declaration.objects.create(
        kind=DeclarationKind.NOT_SURE,
        organisation=licence.birch,
        function=licence.functions["payments"],
        recorded_in=stopped.recorded_in,
    )
    before = said(licence.birch)
    plan_assembly(assembly=saved, by=COMMAND_LINE)
    assert said(licence.birch) == {("formery", "forms", "live"), ("till", "payments", "planned")}

    assert undo_plan(assembly=saved, by=COMMAND_LINE) == 1

    assert said(licence.birch) == before
    again = Declaration.objects.current().get(organisation=licence.birch, stage=Stage.RETIRED)
    assert again.source_url == stopped.source_url
    assert again.pk != stopped.pk
    unsure.refresh_from_db()
    assert unsure.superseded_in.act == Act.PLAN_ASSEMBLY
    saved.refresh_from_db()
    assert saved.planned_in is None
    assert len(plan_assembly(assembly=saved, by=COMMAND_LINE)) == 1


def test_undo_leaves_what_was_changed_since(licence, saved):
    (plan,) = plan_assembly(assembly=saved, by=COMMAND_LINE)
    later = factories.event()
    Declaration.objects.filter(pk=plan.pk).update(superseded_in=later)
    factories.adoption(organisation=licence.birch, component=plan.component, function=plan.function, recorded_in=later)

    assert undo_plan(assembly=saved, by=COMMAND_LINE) == 0

    assert ("till", "payments", "live") in said(licence.birch)


def test_undo_does_not_contradict_an_answer_given_since(licence, saved):
    answer = {
        "kind": DeclarationKind.NOT_SURE,
        "organisation": licence.birch,
        "function": licence.functions["payments"],
    }
    Declaration.objects.create(**answer, recorded_in=factories.event())
    plan_assembly(assembly=saved, by=COMMAND_LINE)
    Declaration.objects.create(**answer, recorded_in=factories.event())

    undo_plan(assembly=saved, by=COMMAND_LINE)

    assert Declaration.objects.current().filter(**answer).count() == 1


def refused_plan(saved: Assembly, sentence: str) -> None:
    declarations = Declaration.objects.count()
    with pytest.raises(Refused, match=sentence):
        plan_assembly(assembly=saved, by=COMMAND_LINE)
    assert Declaration.objects.count() == declarations


def test_plan_refuses_a_component_that_is_ending(licence, saved):
    type(licence.components["till"]).objects.filter(slug="till").update(lifecycle="deprecated")
    refused_plan(saved, "Till is deprecated")


def test_plan_refuses_a_component_for_other_bodies(licence, saved):
    licence.components["till"].available_to.set([factories.peer_group()])
    refused_plan(saved, "Till is not offered to bodies like Birch Council")


def test_plan_takes_a_component_offered_to_a_group_above(licence, saved):
    above = factories.peer_group()
    type(above).objects.filter(pk=licence.birch.peer_group_id).update(parent=above)
    licence.components["till"].available_to.set([above])

    assert len(plan_assembly(assembly=saved, by=COMMAND_LINE)) == 1


def test_plan_refuses_a_function_that_the_body_does_not_answer_for(licence, saved):
    Declaration.objects.create(
        kind=DeclarationKind.NOT_RESPONSIBLE,
        organisation=licence.birch,
        function=licence.functions["payments"],
        recorded_in=factories.event(),
    )
    refused_plan(saved, "not responsible for “Payments”")


def test_plan_refuses_where_nothing_is_new(licence):
    only_form = AssemblyChoice(slots={"licence-form": "formery"})
    saved = save_assembly(
        organisation=licence.birch, blueprint=licence.blueprint, name="Form", choice=only_form, by=COMMAND_LINE
    )
    refused_plan(saved, "nothing to plan")
