from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from registry.models import SharedValue
from registry.signing_in.shared_cache import SharedCache
from registry.tasks import forget_signing_in


@pytest.fixture
def cache(db) -> SharedCache:
    return caches["default"]


def test_it_is_the_cache_that_the_library_uses(cache):
    assert isinstance(cache, SharedCache)


def test_what_was_set_is_found_until_its_end(cache):
    cache.set("tries", [1.5, 2], 60)
    assert SharedCache("", {}).get("tries") == [1.5, 2], "by every process"
    SharedValue.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert cache.get("tries") is None
    assert cache.get("tries", "none") == "none"


def test_what_is_kept_for_ever_is(cache):
    cache.set("for ever", "y", None)
    assert SharedValue.objects.get().expires_at is None
    assert cache.get("for ever") == "y"


def test_one_of_two_adds(cache):
    assert cache.add("code", "first", 60)
    assert not cache.add("code", "second", 60)
    assert cache.get("code") == "first"


def test_what_is_over_is_added_anew(cache):
    cache.add("code", "first", 60)
    SharedValue.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert cache.add("code", "second", 60)
    assert cache.get("code") == "second"


def test_what_is_kept_for_ever_is_never_added_anew(cache):
    cache.set("code", "first", None)
    assert not cache.add("code", "second", 60)


def test_touch_and_delete_say_whether_it_was_there(cache):
    assert not cache.touch("code", 60)
    assert not cache.delete("code")
    cache.set("code", "y", 1)
    assert cache.touch("code", 60)
    assert SharedValue.objects.get().expires_at > timezone.now() + timedelta(seconds=50)
    assert cache.delete("code")
    assert cache.get("code") is None


def test_clear_forgets_all(cache):
    cache.set_many({"a": 1, "b": 2})
    cache.clear()
    assert not SharedValue.objects.exists()


def test_what_is_over_is_deleted_by_the_timetable(cache):
    cache.set("old", 1, 1)
    cache.set("new", 1, 3600)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        forget_signing_in()
    assert [one.key for one in SharedValue.objects.all()] == [":1:new"]


def test_long_names_and_odd_ones_are_names(cache):
    cache.set("ä b" * 500, 1)
    cache.set("ä b" * 500 + "c", 2)
    assert (cache.get("ä b" * 500), cache.get("ä b" * 500 + "c")) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_adds():
    told = []

    def add() -> None:
        told.append(SharedCache("", {}).add("code", "y", 60))
        connection.close()

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 7 + [True]
