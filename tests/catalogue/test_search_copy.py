"""The copy of the search's entries in a process is exactly as fresh as the database, whoever asks and changes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from catalogue.listings import ComponentListing
from catalogue.models import Component, SearchEntry, SearchVersion, search_version
from catalogue.search import entry_copy
from registry.actions.search import refresh_search
from tests import factories

TODAY = date(2026, 11, 23)


def counted(text: str) -> tuple[int, dict[str, int]]:
    """(total, number of each licence) of a search."""
    selection = ComponentListing().select({"q": text})
    [licence] = [facet for facet in selection.facets if facet.filter.name == "licence"]
    return selection.total, {option.value: option.count for option in licence.options}


@pytest.fixture
def shelf(db):
    made = [factories.component(name="Bin days", licence=licence) for licence in ("MIT", "MIT", "OGL")]
    refresh_search(on=TODAY)
    return made


@pytest.mark.parametrize("text", ["", "bin"])
def test_numbers_show_a_change_at_once(shelf, text):
    assert counted(text) == (3, {"MIT": 2, "OGL": 1})
    Component.objects.filter(pk=shelf[0].pk).update(licence="OGL")
    refresh_search([shelf[0].pk], on=TODAY)
    assert counted(text) == (3, {"MIT": 1, "OGL": 2})
    shelf[0].delete()
    assert counted(text) == (2, {"MIT": 1, "OGL": 1})
    shelf[1].lifecycle = "draft"
    shelf[1].save()
    refresh_search([shelf[1].pk], on=TODAY)
    assert counted(text) == (1, {"OGL": 1})


def test_undone_change_does_not_count(shelf):
    before = counted("bin")
    with transaction.atomic():
        refresh_search([factories.component(name="Bin robots").id], on=TODAY)
        assert counted("bin")[0] == 4
        transaction.set_rollback(True)
    assert counted("bin") == before


@contextmanager
def around_each_match(before=lambda: None, after=lambda: None):
    """Have things happen right before and after a text is looked up."""

    def execute(ask, sql, params, many, context):
        looked_up = "search @@" in sql
        if looked_up:
            before()
        found = ask(sql, params, many, context)
        if looked_up:
            after()
        return found

    with connection.execute_wrapper(execute):
        yield


def test_change_between_text_and_copy_is_answered_from_one_version(shelf):
    new = [factories.component(name="Bin robots", licence="MIT")]
    entry_copy.COPIES.answers.clear()
    with around_each_match(after=lambda: refresh_search([new.pop().pk], on=TODAY) if new else None):
        assert counted("bin") == (4, {"MIT": 3, "OGL": 1})


def test_numbers_agree_though_changes_never_end(shelf):
    for _ in range(9):
        factories.component(name="Bin robots", licence="MIT")
    refresh_search(on=TODAY)
    entry_copy.COPIES.answers.clear()

    def change():
        Component.objects.filter(name="Bin robots").first().delete()

    with around_each_match(before=change, after=change):
        total, licences = counted("bin")
    assert total == sum(licences.values()) == SearchEntry.objects.count() == 6


def test_nothing_is_kept_where_the_version_is_not_known(shelf):
    SearchVersion.objects.all().delete()
    assert entry_copy.current(search_version()) is not entry_copy.current(search_version())
    assert counted("bin") == counted("") == (3, {"MIT": 2, "OGL": 1})


@pytest.mark.django_db(transaction=True)
def test_copy_is_read_once_by_threads_that_want_it_at_the_same_time():
    refresh_search([factories.component(name="Bin days").pk], on=TODAY)
    version = search_version()
    entry_copy.COPIES.answers.clear()
    together = Barrier(4)

    def read(_: int) -> entry_copy.EntryCopy:
        try:
            together.wait(30)
            return entry_copy.current(version)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        copies = list(pool.map(read, range(4)))
    assert len({id(copy) for copy in copies}) == 1
    assert (copies[0].version, len(copies[0])) == (version, 1)


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_while_another_changes_get_numbers_that_agree():
    licences = ["MIT", "OGL"] * 10
    made = [factories.component(name="Bin days", licence=licence) for licence in licences]
    refresh_search(on=TODAY)

    def ask(_: int) -> tuple[int, dict[str, int]]:
        try:
            return counted("bin")
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(ask, number) for number in range(30)]
        for component in made[:5]:
            component.delete()
        totals = [answer.result() for answer in answers]
    assert all(total == sum(licences.values()) and 15 <= total <= 20 for total, licences in totals)
    assert counted("bin")[0] == 15
