"""A source is read, and what it says becomes components: once, whole, and never over what people wrote."""

import pytest
from django.utils import timezone

from catalogue.models import Component, SearchEntry
from commons.exceptions import Refused
from registry.actions.differences import choose_difference
from registry.actions.harvests import harvest
from registry.actions.sources import stop_source
from registry.models import (
    Act,
    Choice,
    Difference,
    Event,
    Harvest,
    HarvestLine,
    ObjectState,
    SourceKind,
    SourceObject,
    StatedUse,
    Stewardship,
)
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.registry.harvesting.conftest import counts, offer, publiccode, read, source_at
from tests.sites import leading, said

pytestmark = pytest.mark.django_db


def test_file_becomes_a_component_that_is_found(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    assert counts(read(source)) == {"new": 1}
    made = Component.objects.get()
    assert (made.name, made.licence, made.lifecycle, made.source) == ("Bin days", "EUPL-1.2", "live", source.address)
    assert (made.profile.contact_email, made.profile.version) == ("ada@county.example", "1.0")
    assert made.descriptions.get().text.encode() == publiccode()
    assert SearchEntry.objects.get().component == made
    assert not Stewardship.objects.exists()
    event = Event.objects.get(act=Act.HARVEST)
    assert (event.source, event.detail["component"]) == (source.address, "bin-days")
    source.refresh_from_db()
    assert source.failing_since is None
    assert source.next_due_at > timezone.now()


def test_source_that_its_body_looks_after_says_so(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml", looked_after=True)
    read(source)
    assert Stewardship.objects.get().organisation == source.organisation


def test_same_again_changes_nothing(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    before = Component.objects.values().get(), Event.objects.count(), SearchEntry.objects.values().get()
    assert counts(read(source)) == {"unchanged": 1}
    assert (Component.objects.values().get(), Event.objects.count(), SearchEntry.objects.values().get()) == before


def test_unchanged_file_is_not_sent_again(shop):
    offer(shop, etag='"1"')
    source = source_at(shop, "/publiccode.yml")
    read(source)
    done = read(source)
    assert (done.not_changed, counts(done)) == (True, {"unchanged": 1})
    assert shop.asked[-1][1]["If-None-Match"] == '"1"'


def test_change_at_the_source_is_followed(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    offer(shop, version="2.0", licence="MIT")
    assert counts(read(source)) == {"changed": 1}
    made = Component.objects.get()
    assert (made.licence, made.profile.version) == ("MIT", "2.0")
    assert Event.objects.filter(act=Act.HARVEST).latest("pk").detail["fields"] == ["licence", "version"]
    assert "MIT" in SearchEntry.objects.get().card


@pytest.fixture
def edited(shop):
    """A source whose component's licence somebody has written here, and that now states a third one."""
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    Component.objects.update(licence="AGPL-3.0-only")
    offer(shop, licence="MIT", version="2.0")
    read(source)
    return source


def test_what_somebody_wrote_is_not_overwritten(edited):
    made = Component.objects.get()
    assert (made.licence, made.profile.version) == ("AGPL-3.0-only", "2.0")
    differs = Difference.objects.get()
    assert (differs.field, differs.ours, differs.theirs, differs.choice) == (
        "licence",
        "AGPL-3.0-only",
        "MIT",
        Choice.OPEN,
    )


def test_difference_is_found_where_the_source_did_not_change(shop):
    offer(shop, etag='"1"')
    source = source_at(shop, "/publiccode.yml")
    read(source)
    Component.objects.update(name="Bin days of the county")
    assert read(source).not_changed
    assert Difference.objects.get().theirs == "Bin days"
    assert Component.objects.get().name == "Bin days of the county"


def test_taken_is_written_and_followed_again(shop, edited):
    choose_difference(difference=Difference.objects.get(), choice=Choice.TAKEN, by=COMMAND_LINE)
    assert Component.objects.get().licence == "MIT"
    offer(shop, licence="EUPL-1.2")
    read(edited)
    assert Component.objects.get().licence == "EUPL-1.2"
    assert not Difference.objects.open().exists()


def test_kept_stays_kept_until_the_source_says_something_else(shop, edited):
    choose_difference(difference=Difference.objects.get(), choice=Choice.KEPT, by=COMMAND_LINE)
    read(edited)
    assert not Difference.objects.open().exists()
    offer(shop, licence="CC0-1.0")
    read(edited)
    assert Difference.objects.open().get().theirs == "CC0-1.0"
    assert Component.objects.get().licence == "AGPL-3.0-only"


def test_difference_that_is_no_more_is_closed(shop, edited):
    Component.objects.update(licence="MIT")
    read(edited)
    assert Difference.objects.get().choice == Choice.GONE


def test_choosing_is_refused_in_a_sentence(edited):
    differs = Difference.objects.get()
    with pytest.raises(Refused, match="Only a body that looks after"):
        choose_difference(difference=differs, choice=Choice.TAKEN, by=ANYBODY)
    with pytest.raises(Refused, match="Take what"):
        choose_difference(difference=differs, choice=Choice.GONE, by=COMMAND_LINE)
    choose_difference(difference=differs, choice=Choice.KEPT, by=COMMAND_LINE)
    with pytest.raises(Refused, match="decided already"):
        choose_difference(difference=differs, choice=Choice.TAKEN, by=COMMAND_LINE)


def test_component_of_others_is_left_to_them(shop):
    theirs = factories.component(repository="git@git.example:county/bins.git", name="Bins", licence="")
    factories.stewardship(component=theirs)
    offer(shop)
    assert counts(read(source_at(shop, "/publiccode.yml"))) == {"new": 1}
    theirs.refresh_from_db()
    assert (Component.objects.count(), theirs.name, theirs.licence) == (1, "Bins", "")
    assert set(Difference.objects.values_list("field", flat=True)) >= {"name", "licence", "version"}


def test_two_sources_and_two_spellings_are_one_component(shop):
    offer(shop, "/a.publiccode.yml")
    offer(shop, "/b.publiccode.yml", url="https://www.git.example/county/bins.git")
    read(source_at(shop, "/a.publiccode.yml"))
    read(source_at(shop, "/b.publiccode.yml"))
    assert Component.objects.count() == 1
    assert SourceObject.objects.filter(component=Component.objects.get()).count() == 2
    assert Difference.objects.get().field == "repository"


def test_faulty_file_keeps_the_last_good_description(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    offer(shop, content=publiccode(licence="Nonsense-9"))
    assert counts(read(source)) == {"refused": 1}
    made, thing = Component.objects.get(), SourceObject.objects.get()
    assert (made.licence, made.descriptions.get().text.encode()) == ("EUPL-1.2", publiccode())
    assert thing.state == ObjectState.REFUSED
    assert "legal.license" in HarvestLine.objects.latest("pk").message
    source.refresh_from_db()
    assert "legal.license" in source.failure  # it is all that the source has
    offer(shop)
    assert counts(read(source)) == {"changed": 1}
    source.refresh_from_db()
    assert (source.failing_since, SourceObject.objects.get().state) == (None, ObjectState.GOOD)


def test_file_that_is_again_as_it_was_is_good_again(shop):
    offer(shop, etag='"1"')
    source = source_at(shop, "/publiccode.yml")
    read(source)
    offer(shop, content=b"publiccodeYmlVersion: [")
    read(source)
    source.refresh_from_db()
    assert source.failing_since
    offer(shop, etag='"1"')
    assert counts(read(source)) == {"unchanged": 1}
    source.refresh_from_db()
    assert source.failing_since is None


TABLE = "dateAdded,url,name,description,provider\n"


def test_what_vanishes_is_kept_and_says_so(shop):
    rows = "2026-01-01,https://a.example,A,First,x\n2026-01-01,https://b.example,B,Second,x\n"
    offer(shop, "/apis.csv", content=(TABLE + rows).encode())
    source = source_at(shop, "/apis.csv", SourceKind.API_CATALOGUE)
    assert counts(read(source)) == {"new": 2}
    offer(shop, "/apis.csv", content=(TABLE + rows.splitlines()[0] + "\n").encode())
    assert counts(read(source)) == {"unchanged": 1, "missing": 1}
    assert Component.objects.count() == 2
    assert SourceObject.objects.get(name="B").state == ObjectState.MISSING
    offer(shop, "/apis.csv", content=(TABLE + rows).encode())
    assert counts(read(source)) == {"unchanged": 1, "changed": 1}


def test_empty_catalogue_loses_nothing(shop):
    offer(shop, "/apis.csv", content=(TABLE + "2026-01-01,https://a.example,A,First,x\n").encode())
    source = source_at(shop, "/apis.csv", SourceKind.API_CATALOGUE)
    read(source)
    offer(shop, "/apis.csv", content=TABLE.encode())
    assert "describes nothing where 1 were before" in read(source).failure
    assert SourceObject.objects.get().state == ObjectState.GOOD


def test_rows_are_judged_one_by_one_and_told_apart_by_name(shop):
    rows = [
        "2026-01-01,https://a.example,A,First,x",
        "2026-01-01,https://a.example,B,Second,x",
        "yesterday,https://c.example,C,Third,x",
        "2026-01-01,,,Fourth,x",
    ]
    offer(shop, "/apis.csv", content=(TABLE + "\n".join(rows)).encode())
    assert counts(read(source_at(shop, "/apis.csv", SourceKind.API_CATALOGUE))) == {"new": 2, "refused": 2}
    assert {one.name for one in Component.objects.all()} == {"A", "B"}
    told = HarvestLine.objects.filter(outcome="refused").values_list("message", flat=True)
    assert any("yesterday" in message for message in told)


def test_dry_run_says_the_same_and_keeps_nothing(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    heard = []
    assert counts(read(source, dry_run=True, tell=lambda *line: heard.append(line[:2]))) == {"new": 1}
    assert heard == [("new", "Bin days")]
    assert not any(model.objects.exists() for model in (Component, Harvest, SourceObject, HarvestLine, Event))


def test_who_may_not_and_what_is_stopped_is_refused(shop):
    source = source_at(shop, "/publiccode.yml")
    with pytest.raises(Refused, match="Only the body itself"):
        harvest(source=source, by=ANYBODY)
    stop_source(source=source, by=COMMAND_LINE)
    with pytest.raises(Refused, match="no longer read"):
        read(source)
    assert shop.asked == []


# Repositories


def test_repository_is_described_by_the_first_file_that_it_has(shop):
    root = shop.at("/county/bins")
    source = source_at(shop, "/county/bins.git", SourceKind.REPOSITORY)
    offer(shop, "/api/v1/repos/county/bins/raw/publiccode.yml", url=root, etag='"1"')
    assert counts(read(source)) == {"new": 1}
    source.refresh_from_db()
    assert source.read_from.endswith("/raw/publiccode.yml")
    before = len(shop.asked)
    assert read(source).not_changed
    assert len(shop.asked) == before + 1  # it is known where to ask
    del shop.answers["/api/v1/repos/county/bins/raw/publiccode.yml"]
    offer(
        shop,
        "/county/bins/-/raw/HEAD/openapi.json",
        content=b'{"openapi": "3.1.0", "paths": {}, "info": {"title": "Bins API", "version": "3"}}',
    )
    read(source)
    assert Component.objects.count() == 1  # the same repository
    assert SourceObject.objects.get().name == "Bins API"


def test_repository_that_gets_a_better_file_is_described_by_that(shop):
    """It is asked for as its host served the other one, and no other way is tried."""
    offer(shop, "/county/bins/openapi.yaml", content=b"openapi: 3.0.0\ninfo: {title: Bins, version: '1'}\npaths: {}\n")
    source = source_at(shop, "/county/bins", SourceKind.REPOSITORY)
    read(source)
    shop.asked.clear()
    offer(shop, "/county/bins/publiccode.yml", url=shop.at("/county/bins"))
    assert counts(read(source)) == {"changed": 1}
    source.refresh_from_db()
    assert source.read_from == shop.at("/county/bins/publiccode.yml")
    assert [path for path, _ in shop.asked] == ["/county/bins/publiccode.yml"]
    assert Component.objects.get().name == "Bin days"


def test_copy_of_a_repository_is_not_taken(shop):
    source = source_at(shop, "/me/bins", SourceKind.REPOSITORY)
    offer(shop, "/me/bins/publiccode.yml")
    assert counts(read(source)) == {"refused": 1}
    assert "what is here is a copy" in HarvestLine.objects.get().message
    assert not Component.objects.exists()


def test_repository_without_a_file_fails_in_a_sentence(shop):
    shop.answers["/me/bins/publiccode.yml"] = said(b"<!doctype html>", Content_Type="text/html")
    done = read(source_at(shop, "/me/bins", SourceKind.REPOSITORY))
    assert "Add a publiccode.yml" in done.failure
    source = done.source
    assert (source.failing_since, source.failure) == (source.failing_since, done.failure)


# Redirects


def test_redirect_to_the_inside_is_not_followed(shop, canary):
    shop.answers["/publiccode.yml"] = leading(canary.at("/publiccode.yml"))
    assert "no public address" in read(source_at(shop, "/publiccode.yml")).failure
    inside = factories.source(address=canary.at("/publiccode.yml"))
    assert "no public address" in read(inside).failure


# Users


def test_stated_users_are_no_declarations(shop):
    county = factories.organisation(name="County of Ada", aliases=["Ada County Council"])
    users = "usedBy:\n  - ADA  County Council (EX)\n  - Nobody\n  - county of ada\n"
    offer(shop, more=users)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    meant = dict(StatedUse.objects.values_list("name", "organisation"))
    assert meant == {"ADA County Council (EX)": county.pk, "Nobody": None, "county of ada": county.pk}
    assert not county.declarations.exists()
    assert SearchEntry.objects.get().used_by == 0
    offer(shop, more="usedBy: [Nobody]\n")
    read(source)
    assert StatedUse.objects.get().name == "Nobody"
