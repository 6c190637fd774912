"""What was recorded about a body, act by act: who says so, and what was said before."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from catalogue.models import Lifecycle
from catalogue.presenters import words
from registry.models import DeclarationKind, Organisation
from registry.presenters.statements import verb

ACTS_SHOWN, EXAMPLES = 10, 3
ACTS = """
    WITH changes AS (
        SELECT recorded_in_id AS event, 'recorded' AS change, declaration.*
        FROM registry_declaration declaration WHERE organisation_id = %(body)s
        UNION ALL
        SELECT superseded_in_id, 'replaced', declaration.*
        FROM registry_declaration declaration WHERE organisation_id = %(body)s AND superseded_in_id IS NOT NULL
    ),
    shown AS (
        SELECT changes.event, changes.change, changes.kind, changes.stage, changes.system,
               component.name AS component, function.name AS function,
               count(*) OVER act AS statements,
               row_number() OVER (act ORDER BY function.name, changes.id) AS place
        FROM changes
        JOIN catalogue_function function ON function.id = changes.function_id
        LEFT JOIN catalogue_component component ON component.id = changes.component_id
        WHERE component.lifecycle IS DISTINCT FROM %(draft)s
        WINDOW act AS (PARTITION BY changes.event, changes.change)
    )
    SELECT event.id, event.at, event.source, shown.*
    FROM shown JOIN registry_event event ON event.id = shown.event
    WHERE place <= %(examples)s
      AND event.id IN (SELECT event FROM shown GROUP BY event ORDER BY event DESC LIMIT %(acts)s)
    ORDER BY event.at DESC, event.id DESC, shown.change DESC, place
"""


def of(body: Organisation) -> list[dict]:
    """The last acts: {at, source, changes: [{heading, examples}]}, the newest first."""
    asked = {"body": body.pk, "draft": Lifecycle.DRAFT.value, "examples": EXAMPLES, "acts": ACTS_SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(ACTS, asked)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    acts: dict[int, dict[str, Any]] = {}
    for row in rows:
        act = acts.setdefault(row["id"], {"at": row["at"], "source": row["source"], "changes": {}})
        change = act["changes"].setdefault(row["change"], {"heading": heading(row), "examples": [], "more": 0})
        change["examples"].append(example(row))
        change["more"] = row["statements"] - len(change["examples"])
    return [act | {"changes": list(act["changes"].values())} for act in acts.values()]


def heading(row: dict) -> str:
    done = _("recorded") if row["change"] == "recorded" else _("replaced by a newer one")
    return f"{words.statements(row['statements'])} {done}"


def example(row: dict) -> str:
    """“Send messages: uses Sorrelpost”."""
    if row["component"]:
        said = f"{verb(row['stage'])} {row['component']}"
    elif row["system"]:
        said = _("Runs its own: %(system)s") % {"system": row["system"]}
    else:
        said = DeclarationKind(row["kind"]).label
    return f"{row['function']}: {said}"
