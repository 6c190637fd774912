from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Func, Q, TextField

from commons.constraints import keep_history


class WordKey(Func):
    """SQL: the stems of a text's words: “blue badges” and “blue badge” are one."""

    template = "plainto_tsquery('english', %(expressions)s)::text"
    output_field = TextField()


@keep_history()
class Synonym(models.Model):
    """Who searches for `term` is also shown what has `same_as`. The other way round is a row of its own."""

    term = models.CharField(max_length=120)
    same_as = models.CharField(max_length=300)

    class Meta:
        ordering = ["term", "same_as"]
        indexes = [HashIndex(WordKey("term"), name="synonym_by_words")]
        constraints = [
            models.UniqueConstraint(fields=["term", "same_as"], name="synonym_said_once"),
            models.CheckConstraint(condition=~Q(term="") & ~Q(same_as=""), name="synonym_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.same_as}"
