"""Answers kept in this process for as long as what they were made of has not changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.db import connection

# While nothing commits, every snapshot is the same, and whoever has the same one sees the same rows. A server that
# restarts could give one again. What this transaction wrote itself is in no snapshot, and a replica's does not say all.
VERSION = """
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL AND NOT pg_is_in_recovery()
           THEN pg_current_snapshot()::text || ' since ' || pg_postmaster_start_time() ELSE '' END
"""


def database_version() -> str:
    """A word for all that the database holds: as long as it is the same, every read finds the same (docs/adr/0010).

    Any commit that wrote anything changes it, and it never comes back. Blank where there is no such word.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return cursor.fetchone()[0]


class Kept[Answer]:
    """The `most` last asked answers of one version. A version is a word that is never given twice.

    Read the version first and make the answer after: then what is kept under it is never older than it.
    """

    def __init__(self, most: int) -> None:
        self.most, self.version = most, ""
        self.answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self.lock = Lock()

    def find(self, version: str, key: Hashable) -> Answer | None:
        with self.lock:
            if version != self.version or key not in self.answers:
                return None
            self.answers.move_to_end(key)
            return self.answers[key]

    def keep(self, version: str, key: Hashable, answer: Answer) -> None:
        """Nothing is kept under a blank version: what it stands for may change."""
        if not version:
            return
        with self.lock:
            if version != self.version:
                self.version = version
                self.answers.clear()
            self.answers[key] = answer
            if len(self.answers) > self.most:
                self.answers.popitem(last=False)

    def get(self, version: str, key: Hashable, make: Callable[[], Answer]) -> Answer:
        found = self.find(version, key)
        if found is None:
            found = make()
            self.keep(version, key, found)
        return found
