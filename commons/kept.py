"""Answers kept in this process for as long as what they were made of has not changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


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
