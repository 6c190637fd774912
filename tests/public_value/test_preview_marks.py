"""Whatever a figure depends on marks the organisations concerned, in the transaction of the write."""

from datetime import date

import pytest
from django.db import transaction

from public_value.models import DirtyOrganisation
from registry.models import Account, Contribution, Organisation, Volume
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)


def marked() -> set[int]:
    return set(DirtyOrganisation.objects.values_list("organisation_id", flat=True))


def forget() -> None:
    """Forget the marks."""
    DirtyOrganisation.objects.all().delete()


@pytest.mark.parametrize(
    "write",
    [
        lambda body, function: factories.duplicate(organisation=body, function=function),
        lambda body, function: Volume.objects.create(organisation=body, function=function, transactions=5),
        lambda body, function: Account.objects.create(organisation=body, financial_year="2024-25"),
        lambda body, function: factories.stewardship(organisation=body),
        lambda body, function: Contribution.objects.create(
            organisation=body, component=factories.component(), made_on=DAY, units=1
        ),
        lambda body, function: Organisation.objects.filter(pk=body.pk).update(driver=7),
    ],
)
def test_write_marks_its_organisation(write) -> None:
    body, function = factories.organisation(), factories.function()
    forget()
    write(body, function)
    assert marked() == {body.pk}


def test_every_event_marks() -> None:
    account = Account.objects.create(organisation=factories.organisation(), financial_year="2024-25")
    for write in (account.save, account.delete):
        forget()
        write()
        assert marked() == {account.organisation_id}


def test_moved_statement_marks_both_organisations() -> None:
    account = Account.objects.create(organisation=factories.organisation(), financial_year="2024-25")
    other = factories.organisation()
    forget()
    Account.objects.filter(pk=account.pk).update(organisation=other)
    assert marked() == {account.organisation_id, other.pk}


@pytest.mark.parametrize(("evidence", "steward_too"), [("E1", False), ("E2", True)])
def test_adopter_who_counts_marks_the_steward(evidence: str, steward_too: bool) -> None:
    kept, body = factories.stewardship(), factories.organisation()
    forget()
    factories.adoption(organisation=body, component=kept.component, evidence=evidence)
    assert marked() == {body.pk} | ({kept.organisation_id} if steward_too else set())


def test_other_stewards_are_marked_with_a_steward() -> None:
    kept = factories.stewardship(share=0.5)
    forget()
    other = factories.stewardship(component=kept.component, share=0.5)
    assert marked() == {kept.organisation_id, other.organisation_id}


def test_new_group_marks_the_stewards_of_what_the_body_uses() -> None:
    kept, body = factories.stewardship(), factories.organisation()
    factories.adoption(organisation=body, component=kept.component, evidence="E0")
    forget()
    Organisation.objects.filter(pk=body.pk).update(affiliation_group="family")
    assert marked() == {body.pk, kept.organisation_id}


def test_component_marks_only_where_its_outside_adopters_change() -> None:
    kept = factories.stewardship()
    forget()
    kept.component.summary = "Something else."
    kept.component.save()
    assert marked() == set()
    kept.component.external_independent_adopters = 3
    kept.component.save()
    assert marked() == {kept.organisation_id}


def test_mark_goes_with_the_write_that_made_it() -> None:
    body = factories.organisation()
    forget()
    with transaction.atomic():
        factories.duplicate(organisation=body)
        assert marked() == {body.pk}
        transaction.set_rollback(True)
    assert marked() == set()
