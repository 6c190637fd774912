"""What became of a component: versions, lifecycle, who looked after it, and what was recorded about its use."""

from django.db import connection
from django.utils.translation import gettext as _

from catalogue.models import Component, Lifecycle
from catalogue.presenters import words
from commons.formatting import percent, stated, unit_price

SHOWN = 30  # rows; the newest
# Each state before a change is kept with the moment of the change, so that what follows it is the next state. What was
# so while it was a draft is nobody's business.
PAST = """
    WITH states AS (
        SELECT pgh_created_at AS until, pgh_id AS place, name, lifecycle, licence, price_per_transaction::text AS price,
               fixed_fee::text AS fee
        FROM catalogue_componentevent WHERE pgh_obj_id = %(component)s
        UNION ALL
        SELECT NULL, NULL, name, lifecycle, licence, price_per_transaction::text, fixed_fee::text
        FROM catalogue_component WHERE id = %(component)s
    ),
    changes AS (
        SELECT lag(until) OVER turn AS at, facts.what, lag(facts.value) OVER turn AS before, facts.value AS after,
               lag(lifecycle) OVER turn AS was
        FROM states CROSS JOIN LATERAL (VALUES
            ('lifecycle', lifecycle), ('name', name), ('licence', licence), ('price', price), ('fee', fee)
        ) facts (what, value)
        WINDOW turn AS (PARTITION BY facts.what ORDER BY until NULLS LAST, place)
    ),
    releases AS (
        SELECT version, released_on FROM catalogue_profileevent WHERE component_id = %(component)s
        UNION
        SELECT version, released_on FROM catalogue_profile WHERE component_id = %(component)s
    ),
    told AS (
        SELECT recorded_in_id AS event, 'recorded' AS what, organisation_id FROM registry_declaration
        WHERE component_id = %(component)s
        UNION ALL
        SELECT superseded_in_id, 'replaced', organisation_id FROM registry_declaration
        WHERE component_id = %(component)s AND superseded_in_id IS NOT NULL
    ),
    kept AS (
        SELECT recorded_in_id AS event, 'steward' AS what, organisation_id, share FROM registry_stewardship
        WHERE component_id = %(component)s
        UNION ALL
        SELECT superseded_in_id, 'steward_ended', organisation_id, share FROM registry_stewardship ended
        WHERE component_id = %(component)s AND superseded_in_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM registry_stewardship onward WHERE onward.component_id = ended.component_id
            AND onward.organisation_id = ended.organisation_id AND onward.recorded_in_id = ended.superseded_in_id)
    )
    SELECT at, NULL::bigint AS event, what, before, after, 0 AS statements, '' AS source
    FROM changes WHERE at IS NOT NULL AND before IS DISTINCT FROM after AND (was <> 'draft' OR what = 'lifecycle')
    UNION ALL
    SELECT released_on, NULL, 'version', NULL, version, 0, '' FROM releases WHERE released_on IS NOT NULL
    UNION ALL
    SELECT event.at, event.id, kept.what, organisation.name, kept.share::text, 0, event.source
    FROM kept JOIN registry_event event ON event.id = kept.event
    JOIN registry_organisation organisation ON organisation.id = kept.organisation_id
    UNION ALL
    SELECT event.at, event.id, told.what, min(organisation.name), NULL, count(*), event.source
    FROM told JOIN registry_event event ON event.id = told.event
    JOIN registry_organisation organisation ON organisation.id = told.organisation_id
    GROUP BY event.id, told.what
    ORDER BY at DESC, event DESC NULLS LAST, what, before LIMIT %(shown)s
"""


def of(component: Component) -> list[dict]:
    """The newest first: {at, source, sentences}; what one act did stands together. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PAST, {"component": component.pk, "shown": SHOWN})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    acts: dict[object, dict] = {}
    for row in rows:
        key = row["event"] or (row["at"], row["what"], row["after"])
        act = acts.setdefault(key, {"at": row["at"], "source": row["source"], "sentences": []})
        act["sentences"].append(sentence(row, component.currency))
    return list(acts.values())


def sentence(row: dict, currency: str) -> str:
    said = {"before": row["before"], "after": row["after"]}
    match row["what"]:
        case "lifecycle":
            return _("Stage: %(after)s, before %(before)s") % {
                "before": stage(row["before"]), "after": stage(row["after"])
            }  # fmt: skip
        case "name":
            return _("Called %(after)s, before %(before)s") % said
        case "licence":
            return _("Licence: %(after)s, before %(before)s") % {name: stated(text) for name, text in said.items()}
        case "price":
            return _("Price of a transaction: %(after)s, before %(before)s") % amounts(said, currency)
        case "fee":
            return _("Fixed fee a year: %(after)s, before %(before)s") % amounts(said, currency)
        case "version":
            return _("Version %(after)s") % said if row["after"] else _("A new version")
        case "steward":
            return _("%(body)s looks after %(share)s of it") % {
                "body": row["before"], "share": percent(float(row["after"]))
            }  # fmt: skip
        case "steward_ended":
            return _("%(body)s no longer looks after it") % {"body": row["before"]}
    return statements(row)


def statements(row: dict) -> str:
    """“642 statements recorded”, or the body's name where there is only one."""
    done = _("recorded") if row["what"] == "recorded" else _("replaced by a newer one")
    if row["statements"] == 1:
        return _("Statement of %(body)s %(done)s") % {"body": row["before"], "done": done}
    return f"{words.statements(row['statements'])} {done}"


def stage(lifecycle: str) -> str:
    return str(Lifecycle(lifecycle).label).lower() if lifecycle else str(stated(lifecycle))


def amounts(said: dict, currency: str) -> dict:
    return {name: unit_price(text, currency) for name, text in said.items()}
