"""Merging: what points to the merged component moves, what was said is superseded, and its page leads on."""

from datetime import date, timedelta
from smtplib import SMTPException

import pghistory.models
import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import Component, RepositoryAlias, SearchEntry
from commons.exceptions import Refused
from registry.actions.deprecations import deprecate_component
from registry.actions.merges import MOVES, SHARED, STAYS, merge_components, moving
from registry.actions.pairs import propose_pairs
from registry.actions.post import send_letters
from registry.actions.proposals import drop_merge, propose_merge, second_merge
from registry.actions.reviews import write_review
from registry.actions.search import refresh_search
from registry.models import (
    Act,
    Contribution,
    Declaration,
    Deprecation,
    Event,
    Notice,
    ObjectState,
    Organisation,
    Pair,
    Part,
    Payment,
    Person,
    Review,
    SourceObject,
    Stewardship,
)
from registry.permissions import ANYBODY, COMMAND_LINE, Actor, of_person
from registry.presenters.pairs import KINDS
from tests import factories

pytestmark = pytest.mark.django_db
KEPT, MERGED = "https://code.example.org/a/kept", "https://code.example.org/a/merged"


@pytest.fixture
def kept():
    return factories.component(slug="kept", name="Kept", repository=KEPT)


@pytest.fixture
def merged():
    return factories.component(slug="merged", name="Merged", repository=MERGED)


@pytest.fixture
def body():
    return factories.organisation(name="Ash")


def settle() -> None:
    """What a commit would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def merge(kept: Component, merged: Component, by=COMMAND_LINE) -> Event:
    settle()
    event = merge_components(kept=kept, merged=merged, by=by)
    settle()
    kept.refresh_from_db()
    merged.refresh_from_db()
    return event


def test_every_table_that_points_to_a_component_moves_or_stays_for_a_reason():
    pointing = {
        f"{field.related_model._meta.label}.{field.field.name}"
        for field in Component._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and not issubclass(field.related_model, pghistory.models.Event)
    }
    assert pointing == {*MOVES, *STAYS, *SHARED}
    assert len(pointing) == len(MOVES) + len(STAYS) + len(SHARED)


def test_page_names_every_kind_that_moves():
    assert set(KINDS) == {kind.__name__ for kind in MOVES.values()}


def test_merged_one_is_retired_and_leads_on(kept, merged):
    event = merge(kept, merged)
    assert (merged.lifecycle, merged.successor, kept.lifecycle) == ("retired", kept, "live")
    assert event.act == Act.MERGE_COMPONENTS
    assert (event.detail["kept"], event.detail["merged"], event.detail["repository"]) == ("kept", "merged", MERGED)
    assert '"lifecycle":"retired"' in SearchEntry.objects.get(slug="merged").document


def test_its_repository_becomes_another_address_of_the_kept_one(kept, merged):
    RepositoryAlias.objects.create(component=merged, address="https://old.example.org/merged")
    merge(kept, merged)
    for address in (KEPT, MERGED, "https://old.example.org/merged"):
        assert list(Component.objects.at_repository(address)) == [kept]


def test_functions_and_standards_are_those_of_both(kept, merged):
    kept.functions.add(one := factories.function())
    merged.functions.add(one, other := factories.function())
    merged.standards.add(standard := factories.standard())
    merge(kept, merged)
    assert set(kept.functions.all()) == {one, other}
    assert list(kept.standards.all()) == [standard]


def test_statement_is_superseded_and_said_again_of_the_kept_one(kept, merged, body):
    said = factories.adoption(component=merged, organisation=body, evidence="E2")
    event = merge(kept, merged)
    said.refresh_from_db()
    again = Declaration.objects.current().get(component=kept)
    assert (said.component, said.superseded_in) == (merged, event)
    assert (again.organisation, again.evidence, again.confirmed) == (body, "E2", said.confirmed)
    assert again.recorded_in == event
    assert SearchEntry.objects.get(slug="kept").used_by == 1


@pytest.mark.parametrize(
    ("here", "there", "stands"),
    [
        ({"stage": "live"}, {"stage": "planned"}, "live"),
        ({"stage": "planned"}, {"stage": "partial"}, "partial"),
        ({"stage": "retired"}, {"stage": "live"}, "live"),
    ],
)
def test_of_two_statements_the_further_use_stands(kept, merged, body, here, there, stands):
    function = factories.function()
    for component, said in ((kept, here), (merged, there)):
        factories.adoption(component=component, organisation=body, function=function, **said)
    merge(kept, merged)
    assert [one.stage for one in Declaration.objects.current().filter(component=kept)] == [stands]
    assert not Declaration.objects.current().filter(component=merged).exists()


def test_stopped_use_stays_where_it_was_said(kept, merged):
    stopped = factories.adoption(component=merged, stage="retired")
    merge(kept, merged)
    assert list(Declaration.objects.current()) == [stopped]


def test_who_looks_after_it_looks_after_the_kept_one_where_nobody_does(kept, merged, body):
    factories.stewardship(component=merged, organisation=body, share=0.5)
    merge(kept, merged)
    steward = Stewardship.objects.current().get()
    assert (steward.component, steward.organisation, steward.share) == (kept, body, 0.5)


def test_shares_of_the_kept_one_are_left_alone(kept, merged, body):
    factories.stewardship(component=merged, organisation=body)
    own = factories.stewardship(component=kept)
    merge(kept, merged)
    assert list(Stewardship.objects.current().filter(component=kept)) == [own]
    assert Stewardship.objects.current().get(component=merged).organisation == body


def test_review_moves_with_the_use_behind_it(kept, merged, body):
    factories.adoption(component=merged, organisation=body)
    write_review(organisation=body, component=merged, went_well="All of it.", by=COMMAND_LINE)
    merge(kept, merged)
    review = Review.objects.current().get()
    assert (review.component, review.organisation, review.went_well) == (kept, body, "All of it.")
    assert Review.objects.count() == 2


def test_body_that_reviewed_both_keeps_its_review_of_the_kept_one(kept, merged, body):
    for component in (kept, merged):
        factories.adoption(component=component, organisation=body)
        write_review(organisation=body, component=component, went_well=component.name, by=COMMAND_LINE)
    merge(kept, merged)
    assert [review.went_well for review in Review.objects.current()] == ["Kept"]


def test_review_moves_where_its_body_also_stopped_another_use(kept, merged, body):
    factories.adoption(component=merged, organisation=body)
    factories.adoption(component=merged, organisation=body, stage="retired")
    write_review(organisation=body, component=merged, went_well="All of it.", by=COMMAND_LINE)
    merge(kept, merged)
    assert [review.component for review in Review.objects.current()] == [kept]


def test_relations_move_without_doubles_and_none_to_itself(kept, merged):
    other = factories.component()
    factories.relation(merged, "requires", other)
    factories.relation(kept, "requires", other)
    factories.relation(other, "works_with", merged)
    factories.relation(merged, "based_on", kept)
    merge(kept, merged)
    assert list(kept.relations.values_list("relation", "other")) == [("requires", other.pk)]
    assert list(kept.related_from.values_list("relation", "component")) == [("works_with", other.pk)]
    assert not merged.relations.exists()
    assert not merged.related_from.exists()


def test_saved_assemblies_choose_the_kept_one_once(kept, merged, body):
    slot = factories.slot()
    assembly = body.assemblies.create(blueprint=slot.step.blueprint, name="Ours", saved_in=factories.event())
    for component, place in ((merged, slot), (merged, None), (kept, None)):
        Part.objects.create(assembly=assembly, slot=place, component=component)
    merge(kept, merged)
    assert {(part.slot, part.component) for part in assembly.parts.all()} == {(slot, kept), (None, kept)}


def test_contributions_and_payments_move(kept, merged, body):
    for component, day in ((kept, 1), (merged, 1), (merged, 2)):
        Contribution.objects.create(organisation=body, component=component, made_on=date(2026, 1, day))
    payment = Payment.objects.create(organisation=body, reference="1", component=merged)
    merge(kept, merged)
    payment.refresh_from_db()
    assert payment.component == kept
    assert kept.contributions.count() == 2
    assert merged.contributions.count() == 1


def test_source_describes_the_kept_one_and_is_read_anew(kept, merged):
    source = factories.source(etag='"1"')
    thing = SourceObject.objects.create(
        source=source, identifier="x", component=merged, made=True, state=ObjectState.GOOD, text_hash="a" * 64
    )
    merge(kept, merged)
    thing.refresh_from_db()
    source.refresh_from_db()
    assert (thing.component, thing.made, thing.text_hash, source.etag) == (kept, False, "", "")


def test_what_it_succeeded_leads_to_the_kept_one(kept, merged):
    before = factories.component(successor=merged, lifecycle="deprecated")
    merge(kept, merged)
    before.refresh_from_db()
    assert before.successor == kept


def test_deprecation_of_the_merged_one_is_over(kept, merged, body):
    factories.adoption(component=merged, organisation=body)
    day = date(timezone.localdate().year + 1, 1, 1)
    deprecate_component(component=merged, successor=factories.component(), ends_on=day, by=COMMAND_LINE)
    merge(kept, merged)
    assert not Deprecation.objects.current().exists()
    assert not Notice.objects.standing().exists()


def test_event_says_how_much_moved_as_it_was_shown_before(kept, merged):
    factories.adoption(component=merged)
    factories.relation(merged, "requires", factories.component())
    before = moving(kept, merged)
    assert (before["adoptions"], before["relations"], before["payments"]) == (1, 1, 0)
    assert merge(kept, merged).detail["moved"] == before


# Letters


def test_stewards_of_both_are_written_to_once(kept, merged, body):
    other = factories.organisation(name="Birch", contact_email="birch@b.example")
    silent = factories.organisation(name="Cedar")
    Organisation.objects.filter(pk=body.pk).update(contact_email="ash@a.example")
    for component, steward in ((kept, body), (merged, body), (merged, other), (merged, silent)):
        factories.stewardship(component=component, organisation=steward, share=0.3)
    Component.objects.filter(pk=merged.pk).update(name="Merged\nBcc: x@y.example")
    event = merge(kept, merged)
    assert event.detail["told"] == [body.slug, other.slug]
    assert (send_letters(), send_letters()) == (2, 0)
    to_kept, to_merged = mail.outbox
    assert (to_kept.to, to_merged.to) == (["ash@a.example"], ["birch@b.example"])
    assert to_kept.subject == "Merged Bcc: x@y.example is merged into Kept"
    assert "Ash looks after Kept." in to_kept.body
    assert "Others look after Kept; Birch is not among them." in to_merged.body
    assert "/components/kept/" in to_merged.body


def test_bodies_of_one_address_get_a_letter_each(kept, merged, body):
    for name in ("Ash", "Birch"):
        steward = factories.organisation(name=name, contact_email="shared@a.example")
        factories.stewardship(component=kept, organisation=steward, share=0.3)
    merge(kept, merged)
    assert send_letters() == 2


def test_steward_that_moves_is_told_that_it_looks_after_the_kept_one(kept, merged, body):
    Organisation.objects.filter(pk=body.pk).update(contact_email="ash@a.example")
    factories.stewardship(component=merged, organisation=body)
    merge(kept, merged)
    send_letters()
    assert "Ash looks after Kept." in mail.outbox[0].body


def test_letter_of_a_merge_that_the_mail_server_refuses_goes_later(kept, merged, body, monkeypatch, time_machine):
    def refuse(self, *args, **kwargs):
        raise SMTPException

    Organisation.objects.filter(pk=body.pk).update(contact_email="ash@a.example")
    factories.stewardship(component=kept, organisation=body)
    merge(kept, merged)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        assert send_letters() == 0
    assert merged.successor == kept
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    assert send_letters() == 1


def test_merge_that_fails_owes_no_letter(kept, merged, body):
    Organisation.objects.filter(pk=body.pk).update(contact_email="ash@a.example")
    factories.stewardship(component=kept, organisation=body)
    with transaction.atomic():
        merge(kept, merged)
        transaction.set_rollback(True)
    assert send_letters() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (({"lifecycle": "draft"}, {}), "Kept is draft"),
        (({}, {"lifecycle": "retired"}), "Merged is retired"),
        (({"lifecycle": "deprecated"}, {}), "deprecated itself"),
        (({"kind": "dataset"}, {}), "different kinds"),
    ],
)
def test_merge_is_refused_with_a_sentence(kept, merged, changes, sentence):
    for component, change in zip((kept, merged), changes, strict=True):
        Component.objects.filter(pk=component.pk).update(slug=component.slug, **change)
    with pytest.raises(Refused, match=sentence):
        merge(kept, merged)
    assert not Event.objects.filter(act=Act.MERGE_COMPONENTS).exists()


def test_merge_is_refused_to_others_with_itself_and_backwards(kept, merged):
    with pytest.raises(Refused, match="Only an operator"):
        merge(kept, merged, by=ANYBODY)
    with pytest.raises(Refused, match="with itself"):
        merge(kept, kept)
    Component.objects.filter(pk=kept.pk).update(successor=merged)
    with pytest.raises(Refused, match="keep Merged instead"):
        merge(kept, merged)


# Pages


@pytest.fixture
def pair(kept, merged):
    Component.objects.filter(pk=merged.pk).update(repository=f"{KEPT}.git")
    refresh_search()
    propose_pairs()
    return Pair.objects.get()


def operator(name: str) -> Person:
    return Person.objects.create_superuser(f"{name}@example.org", "a long enough password", name=name)


def test_page_shows_what_moves_and_another_person_moves_it(client, kept, merged, pair, django_assert_max_num_queries):
    client.force_login(operator("Mo"))
    factories.adoption(component=merged)
    factories.stewardship(component=merged, organisation=factories.organisation(name="Ash"))
    written = factories.organisation(name="Birch", contact_email="birch@b.example")
    factories.stewardship(component=kept, organisation=written)
    address = f"{pair.get_absolute_url()}merge/kept/"
    assert f'href="{address}"' in client.get(pair.get_absolute_url()).content.decode()
    with django_assert_max_num_queries(7):
        page = client.get(address).content.decode()
    assert "Check before Merged is merged into Kept" in page
    assert "get a letter at once: Birch." in page
    assert "No address is known here of Ash: tell them yourself." in page
    assert "This cannot be undone in one step." in page
    assert Declaration.objects.current().get().component == merged
    proposed = client.post(address, follow=True).content.decode()
    assert "Another person has to agree" in proposed
    assert Declaration.objects.current().get().component == merged
    second = f"{pair.get_absolute_url()}second/"
    assert "You proposed this. Ask another person to agree." in client.post(second, {"choice": "yes"}).content.decode()
    client.post(f"/moderation/leases/merge/{pair.pk}/put-back/")
    client.force_login(operator("Nell"))
    assert "Mo proposed it on" in client.get(second).content.decode()
    done = client.post(second, {"choice": "yes"}, follow=True).content.decode()
    assert "Merged is merged into Kept" in done
    assert Declaration.objects.current().get().component == kept
    pair.refresh_from_db()
    assert pair.state == "merged"
    assert propose_pairs() == (0, 0)
    assert "They were merged" in client.get(pair.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404
    assert 'href="/components/kept/"' in client.get("/components/merged/").content.decode()


def test_page_says_why_it_is_refused(client, kept, merged, pair):
    client.force_login(Person.objects.create_superuser("operator@example.org", "a long enough password"))
    Component.objects.filter(pk=kept.pk).update(lifecycle="deprecated")
    said = client.post(f"{pair.get_absolute_url()}merge/kept/", follow=True).content.decode()
    assert "Kept is deprecated itself" in said


def acting(person: Person) -> Actor:
    return of_person(person, second_factor=True)


def test_nobody_merges_alone(kept, merged, pair):
    mo, nell = operator("Mo"), operator("Nell")
    with pytest.raises(Refused, match="Propose it first"):
        merge(kept, merged, by=acting(mo))
    with pytest.raises(Refused, match="Nobody has proposed"):
        second_merge(pair=pair, by=acting(nell))
    propose_merge(pair=pair, kept=kept, by=acting(mo))
    with pytest.raises(Refused, match="You proposed this"):
        second_merge(pair=pair, by=acting(mo))
    event = second_merge(pair=pair, by=acting(nell))
    assert (event.by, event.act) == (nell, Act.MERGE_COMPONENTS)
    assert event.detail["proposed_in"] == Event.objects.get(act=Act.PROPOSE_MERGE).pk
    with pytest.raises(Refused, match="judged already"):
        second_merge(pair=pair, by=acting(nell))


def test_proposal_stays_when_nothing_speaks_for_the_pair_any_more(kept, merged, pair):
    propose_merge(pair=pair, kept=kept, by=acting(operator("Mo")))
    Component.objects.filter(pk=merged.pk).update(repository="", name="Something else", summary="x")
    refresh_search()
    propose_pairs()
    assert Pair.objects.proposed().get() == pair


def test_proposal_is_returned_with_a_reason(kept, merged, pair):
    mo, nell = operator("Mo"), operator("Nell")
    propose_merge(pair=pair, kept=kept, by=acting(mo))
    with pytest.raises(Refused, match="Say why"):
        drop_merge(pair=pair, reason=" ", by=acting(nell))
    drop_merge(pair=pair, reason="They are two", by=acting(nell))
    pair.refresh_from_db()
    assert (pair.state, pair.kept, pair.proposed_in) == ("open", None, None)
    assert Event.objects.get(act=Act.DROP_MERGE).detail["reason"] == "They are two"


def test_command_agrees_where_somebody_else_is_named(kept, merged, pair, capsys):
    with pytest.raises(CommandError, match="Nobody has proposed"):
        call_command("second_merge", pair.pk, "--name", "Nell")
    propose_merge(pair=pair, kept=kept, by=acting(operator("Mo")))
    for name, why in (("  ", "Name the person"), ("mo", "Another person"), ("MO@example.org", "Another person")):
        with pytest.raises(CommandError, match=why):
            call_command("second_merge", pair.pk, "--name", name)
    call_command("second_merge", pair.pk, "--name", "Nell Fen")
    assert "merged is merged into kept" in capsys.readouterr().out
    assert Event.objects.get(act=Act.MERGE_COMPONENTS).detail["seconded_by"] == "Nell Fen"
    with pytest.raises(CommandError, match="no pair 0"):
        call_command("second_merge", 0, "--name", "Nell")


def test_page_is_not_there_for_others(client, pair):
    for slug in ("kept", "elsewhere"):
        assert client.post(f"{pair.get_absolute_url()}merge/{slug}/").status_code == 404
    assert Pair.objects.open().exists()
