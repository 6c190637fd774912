"""What the index needs to know of each organisation beside its declarations: one row for each, none left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from public_value.methodology import PeerGroups
from public_value.methodology.measures import Floats

CONTRIBUTION_UNITS = 5
"""Most units that count for one organisation, component and calendar quarter (AG-15)."""

# Accounts: the last financial year that ended by the snapshot (on 31 March), stated or not.
BODIES = """
    WITH enveloped AS (
        SELECT peer_group_id, sum(ref_cost) FILTER (WHERE evolution = 0) AS custom,
               sum(ref_cost) FILTER (WHERE evolution = 1) AS product,
               sum(ref_cost) FILTER (WHERE evolution = 2) AS commodity
        FROM (SELECT * FROM pv_cell WHERE reason = '' ORDER BY peer_group_id, function_id) cells
        GROUP BY peer_group_id
    ),
    reused AS (
        SELECT stewardship.organisation_id, sum(stewardship.share * pv_component.independent_adopters
                                                ORDER BY stewardship.id) AS reuse
        FROM registry_stewardship stewardship JOIN pv_component USING (component_id)
        WHERE stewardship.superseded_in_id IS NULL
          AND NOT EXISTS (SELECT FROM pv_suspended WHERE pv_suspended.organisation_id = stewardship.organisation_id)
          AND (%(organisations)s::bigint[] IS NULL OR stewardship.organisation_id = ANY(%(organisations)s))
        GROUP BY stewardship.organisation_id
    ),
    given AS (
        SELECT organisation_id, sum(least(units, %(most_units)s) ORDER BY component_id, quarter) AS contributions
        FROM (
            SELECT organisation_id, component_id, date_trunc('quarter', made_on) AS quarter,
                   sum(units ORDER BY made_on) AS units
            FROM registry_contribution
            WHERE units IS NOT NULL AND made_on > %(snapshot)s - interval '2 years'
              AND made_on <= %(snapshot)s
              AND (%(organisations)s::bigint[] IS NULL OR organisation_id = ANY(%(organisations)s))
            GROUP BY 1, 2, 3
        ) quarters
        GROUP BY organisation_id
    ),
    accounted AS (
        SELECT DISTINCT ON (organisation_id) organisation_id, frontline::float8, administrative::float8
        FROM registry_account
        WHERE make_date(left(financial_year, 4)::int + 1, 3, 31) <= %(snapshot)s
          AND (%(organisations)s::bigint[] IS NULL OR organisation_id = ANY(%(organisations)s))
        ORDER BY organisation_id, financial_year DESC
    )
    SELECT organisation.id, organisation.slug, organisation.peer_group_id,
           coalesce(organisation.start <= %(snapshot)s, true) AND coalesce(organisation."end" > %(snapshot)s, true),
           organisation.driver::float8,
           accounted.frontline, accounted.administrative,
           coalesce(reused.reuse, 0)::float8, coalesce(given.contributions, 0)::float8,
           coalesce(enveloped.custom * organisation.driver::float8, 0),
           coalesce(enveloped.product * organisation.driver::float8, 0),
           coalesce(enveloped.commodity * organisation.driver::float8, 0)
    FROM registry_organisation organisation
    LEFT JOIN enveloped ON enveloped.peer_group_id = organisation.peer_group_id
    LEFT JOIN reused ON reused.organisation_id = organisation.id
    LEFT JOIN given ON given.organisation_id = organisation.id
    LEFT JOIN accounted ON accounted.organisation_id = organisation.id
    WHERE %(organisations)s::bigint[] IS NULL OR organisation.id = ANY(%(organisations)s)
    ORDER BY organisation.id
"""

NORMS = """
    SELECT peer_group.id, norm.f_lo, norm.f_hi, norm.f_median_share,
           norm.adoption_mean_custom, norm.adoption_mean_product, norm.adoption_mean_commodity
    FROM catalogue_peergroup peer_group LEFT JOIN public_value_peergroupnorm norm ON norm.peer_group_id = peer_group.id
    ORDER BY peer_group.id
"""


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """All n organisations in the order of their ids; amounts are NaN where they are not stated.

    peer_group  (n) id, None where the body is in no group; group (n) index into `peer_groups`, whose last stands for
                "in no group"
    existed     (n) it had begun on the snapshot's day, and not ended
    driver      (n) size, in the peer group's unit
    frontline, admin, reuse, contributions, envelope  as in `methodology.Evidence`
    """

    id: NDArray[np.int64]
    slug: tuple[str, ...]
    peer_group: tuple[int | None, ...]
    group: NDArray[np.int64]
    existed: NDArray[np.bool_]
    driver: Floats
    frontline: Floats
    admin: Floats
    reuse: Floats
    contributions: Floats
    envelope: Floats
    peer_groups: PeerGroups


def bodies(snapshot: date, organisations: Sequence[int] | None = None) -> Bodies:
    """Read some organisations, by their ids, or all. `basis.prepare` comes first."""
    bounds = {
        "snapshot": snapshot,
        "most_units": CONTRIBUTION_UNITS,
        "organisations": None if organisations is None else list(organisations),
    }
    with connection.cursor() as cursor:
        cursor.execute(BODIES, bounds)
        rows = cursor.fetchall()
        cursor.execute(NORMS)
        return bodies_of(rows, cursor.fetchall())


def bodies_of(rows: list[tuple[Any, ...]], norms: list[tuple[Any, ...]]) -> Bodies:
    """What the statements BODIES and NORMS answered, as arrays."""
    place = {norm[0]: index for index, norm in enumerate(norms)}
    amounts = np.array([row[4:] for row in rows], dtype=np.float64).reshape(-1, 8)
    return Bodies(
        id=np.array([row[0] for row in rows], dtype=np.int64),
        slug=tuple(row[1] for row in rows),
        peer_group=tuple(row[2] for row in rows),
        group=np.array([place.get(row[2], len(norms)) for row in rows], dtype=np.int64),
        existed=np.array([row[3] for row in rows], dtype=np.bool_),
        **dict(zip(("driver", "frontline", "admin", "reuse", "contributions"), amounts.T[:5], strict=True)),
        envelope=np.ascontiguousarray(amounts[:, 5:]),
        peer_groups=_norms([norm[1:] for norm in norms]),
    )


def _norms(rows: list[tuple[float | None, ...]]) -> PeerGroups:
    stated = np.array([*rows, (None,) * 6], dtype=np.float64)
    return PeerGroups(
        frontline_low=stated[:, 0],
        frontline_high=stated[:, 1],
        frontline_median=stated[:, 2],
        adoption_mean=stated[:, 3:],
    )
