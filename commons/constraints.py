"""Rules that a column check cannot express, as named constraint triggers, checked when the transaction commits."""

import pghistory
import pgtrigger
from django.db.models import Q, TextChoices

FINANCIAL_YEAR = r"^\d{4}-\d{2}$"
SLUG = r"^[a-z0-9][a-z0-9_-]*$"


class Acyclic(pgtrigger.Trigger):
    """Refuses an edge that would close a cycle. `node` and `to` are the edge's columns in the model's own table."""

    def __init__(self, *, name: str, node: str, to: str):
        self.node, self.to = node, to
        super().__init__(
            name=name,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(*([to] if node == "id" else [node, to])),
            timing=pgtrigger.Deferred,
        )

    def get_func(self, model) -> str:
        """Walk on from the new edge's end, if the edge still stands when the transaction ends.

        The lock makes two edges of two transactions see each other.
        """
        table = model._meta.db_table
        return f"""
            IF NEW.{self.to} IS NULL THEN RETURN NULL; END IF;
            PERFORM pg_advisory_xact_lock(hashtext('{self.name}'));
            PERFORM 1 FROM {table} WHERE {self.node} = NEW.{self.node} AND {self.to} = NEW.{self.to};
            IF NOT FOUND THEN RETURN NULL; END IF;
            IF EXISTS (
                WITH RECURSIVE onward(node) AS (
                    SELECT NEW.{self.to}
                    UNION
                    SELECT edge.{self.to} FROM {table} edge JOIN onward ON edge.{self.node} = onward.node
                    WHERE edge.{self.to} IS NOT NULL
                )
                SELECT 1 FROM onward WHERE node = NEW.{self.node}
            ) THEN
                RAISE EXCEPTION 'This would make a circle in {table}.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}';
            END IF;
            RETURN NULL;
        """


class Touched(pgtrigger.Trigger):
    """Keeps `updated_at`, whoever changes the row: bulk loads bypass `save()`. A change to the same is none."""

    def __init__(self, *, name: str):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(),
            func="NEW.updated_at = statement_timestamp(); RETURN NEW;",
        )


def keep_history(**options):
    """Keep every earlier state of a row, whoever changes it: also bulk loads, which bypass `save()`.

    The state before a change or a deletion is written, so that a first load costs nothing.
    """
    return pghistory.track(
        pghistory.UpdateEvent("changed", row=pghistory.Old),
        pghistory.DeleteEvent("deleted", row=pghistory.Old),
        **options,
    )


def one_of(field: str, choices: type[TextChoices], *, blank: bool = False) -> Q:
    """The column holds a value of `choices`, or the empty string where `blank` says that it may."""
    return Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]})


def at_least_zero(field: str) -> Q:
    return Q(**{f"{field}__gte": 0}) | Q(**{f"{field}__isnull": True})
