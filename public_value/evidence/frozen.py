"""The evidence on some organisations as the registry stands now, measured with the yardstick that an edition keeps.

What is shared, which functions count, references, goalposts and prices stay those of the edition; declarations,
volumes, accounts, contributions and who uses what an organisation looks after are read anew. Nothing is written, not
even a temporary table, so that it may be asked many times a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from public_value.evidence import facts
from public_value.evidence.basis import ADOPTERS
from public_value.evidence.bodies import BODIES, CONTRIBUTION_UNITS, NORMS, bodies_of
from public_value.evidence.gathering import Gathered, columns_of, evidence_of, rows_of, sums
from public_value.evidence.missing import GROUPS
from public_value.evidence.transfer import fetch
from public_value.methodology import CLASSES, DUPLICATE, Parameters
from public_value.methodology.evidence import summed
from public_value.methodology.measures import Floats
from registry.independence import SUSPENDED, FewOf, capped

# What counts for less of the bodies asked for, and of those that use what they look after: asked first, because most of
# what follows reads it.
OWN = "given.organisation_id = ANY(%(organisations)s)"
LOOKED_AFTER = """given.component_id = ANY(ARRAY(
    SELECT component_id FROM registry_stewardship
    WHERE superseded_in_id IS NULL AND organisation_id = ANY(%(organisations)s)))"""
NORMALISED = f"""
    pv_capped (organisation_id, function_id, component_id) AS (
        SELECT * FROM unnest(
            %(capped_organisations)s::bigint[], %(capped_functions)s::bigint[], %(capped_components)s::bigint[])
    ),
    pv_suspended AS MATERIALIZED ({SUSPENDED})
"""
# The names of the tables that the statements of the other modules read: here they stand before these.
REFERENCES = """
    pv_cell AS (
        SELECT peer_group_id, function_id,
               (array_position(%(classes)s::text[], evolution::text) - 1)::smallint AS evolution,
               ref_cost_per_driver AS ref_cost, ref_volume_per_driver AS ref_volume, reason
        FROM public_value_editionfunction WHERE edition_id = %(edition)s
    ),
    public_value_benchmarkedition AS (
        SELECT base_financial_year FROM public_value_edition WHERE id = %(edition)s
    ),
    public_value_deflator AS (
        SELECT stated.key AS financial_year, stated.value::float8 AS index
        FROM public_value_edition edition, jsonb_each_text(edition.money -> 'deflator') stated
        WHERE edition.id = %(edition)s
    ),
    public_value_peergroupnorm AS (
        SELECT peer_group.id AS peer_group_id, norm.*
        FROM public_value_edition edition
        CROSS JOIN jsonb_each(edition.peer_groups) stated
        JOIN catalogue_peergroup peer_group ON peer_group.slug = stated.key
        CROSS JOIN jsonb_to_record(stated.value) norm (
            f_lo float8, f_hi float8, f_median_share float8,
            adoption_mean_custom float8, adoption_mean_product float8, adoption_mean_commodity float8)
        WHERE edition.id = %(edition)s
    )
"""
YARDSTICK = f"""
    pv_component AS (
        SELECT component_id, shared, openness, independent_adopters
        FROM public_value_editioncomponent WHERE edition_id = %(edition)s
    ),
    {REFERENCES}
"""
NOW = f"{NORMALISED}, {YARDSTICK}"
# Adopters are no yardstick: those of what a dirty organisation looks after are counted as they are now.
ADOPTED_NOW = f"""
    {NORMALISED},
    kept AS (
        SELECT DISTINCT component_id FROM registry_stewardship
        WHERE superseded_in_id IS NULL AND organisation_id = ANY(%(organisations)s)
    ),
    pv_component AS (
        SELECT component.id AS component_id,
               coalesce(adopters.independent, 0) + coalesce(component.external_independent_adopters, 0)
                   AS independent_adopters
        FROM kept
        JOIN catalogue_component component ON component.id = kept.component_id
        LEFT JOIN ({ADOPTERS.format(asked="declaration.component_id IN (SELECT component_id FROM kept)")}) adopters
            ON adopters.component_id = kept.component_id
    ),
    {REFERENCES}
"""
ANSWERS = f"""
    WITH said AS (
        SELECT organisation_id, {facts.GONE} = 'expired' AS expired,
               transactions IS NOT NULL OR coverage IS NOT NULL AS has_share
        FROM registry_declaration declaration WHERE {facts.SOLUTIONS}
    )
    SELECT organisation_id, count(*), count(*) FILTER (WHERE NOT expired),
           count(*) FILTER (WHERE NOT expired AND has_share)
    FROM said GROUP BY organisation_id
"""
OWN_COST = f"coalesce(sum(cost ORDER BY declaration_id) FILTER (WHERE kind = {DUPLICATE}), 'NaN') AS own_cost"


@dataclass(frozen=True)
class Followed(Gathered):
    """What the registry says now of `bodies`: also their declared costs of own systems (n), £ a year, NaN where none is
    stated; and what the statements GROUPS and ANSWERS of `missing` answer."""

    own_cost: Floats
    groups: list[tuple[Any, ...]]
    answers: list[tuple[Any, ...]]


def follow(
    parameters: Parameters, edition: int, snapshot: date, organisations: Sequence[int], *, adopters_now: bool
) -> Followed:
    """Gather the evidence on organisations, by their ids, with the yardstick of an edition, by its id.

    `adopters_now`: count who uses what they look after; otherwise the edition's own count stands, which for many
    organisations is much quicker.
    A cost in a year without deflator counts as not stated: only an edition refuses it.
    """
    bounds = _bounds(parameters, edition, snapshot, organisations)
    less = asked(capped(OWN), bounds)
    if adopters_now:
        less += asked(capped(LOOKED_AFTER, FewOf.STEWARDS), bounds)
    bounds |= _told(less)
    found = bodies_of(asked(BODIES, bounds, ADOPTED_NOW if adopters_now else NOW), asked(NORMS, bounds, NOW))
    query = f"WITH {NOW}, pv_fact AS ({facts.ROWS}) {sums(parameters, OWN_COST)}"
    rows = fetch(query, columns_of(parameters) | {"own_cost": "float8"}, bounds)
    place = np.searchsorted(found.id, rows["organisation_id"])
    return Followed(
        bodies=found,
        evidence=evidence_of(found, rows_of(parameters, found, rows)),
        own_cost=_stated_sum(place, rows["own_cost"].astype(np.float64), len(found.id)),
        groups=asked(GROUPS, bounds, NOW),
        answers=asked(ANSWERS, bounds),
    )


def measure(
    parameters: Parameters, edition: int, snapshot: date, organisations: Sequence[int], *, records: str
) -> Gathered:
    """The evidence on organisations, by their ids, as `records` (of `past`) has it, with the yardstick of an edition,
    by its id: also its count of who uses what they look after."""
    bounds, before = _bounds(parameters, edition, snapshot, organisations), f"{records}, {YARDSTICK}"
    found = bodies_of(asked(BODIES, bounds, before), asked(NORMS, bounds, before))
    query = f"WITH {before}, pv_fact AS ({facts.ROWS}) {sums(parameters)}"
    return Gathered(found, evidence_of(found, rows_of(parameters, found, fetch(query, columns_of(parameters), bounds))))


def _bounds(parameters: Parameters, edition: int, snapshot: date, organisations: Sequence[int]) -> dict[str, object]:
    bounds = facts.bounds_of(parameters, snapshot, organisations)
    return bounds | {"edition": edition, "classes": list(CLASSES), "most_units": CONTRIBUTION_UNITS}


def _told(less: list[tuple[Any, ...]]) -> dict[str, object]:
    """What NORMALISED is told of what counts for less, each statement once."""
    keys = {row[:3] for row in less}
    columns = ("capped_organisations", "capped_functions", "capped_components")
    return {column: [key[place] for key in keys] for place, column in enumerate(columns)}


def asked(query: str, bounds: dict[str, object], before: str = "") -> list[tuple[Any, ...]]:
    """The answer to a query of another module, with what stands `before` in place of the tables that it reads."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {before} SELECT * FROM ({query}) answer" if before else query, bounds)
        return cursor.fetchall()


def _stated_sum(place: np.ndarray, amounts: Floats, places: int) -> Floats:
    """Sums by place of what is stated; NaN where nothing is."""
    stated = ~np.isnan(amounts)
    total = summed(place[stated], amounts[stated], places)
    return np.where(np.bincount(place[stated], minlength=places) > 0, total, np.nan)
