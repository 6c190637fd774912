"""The systems that bodies run themselves, and what shared components in their place would cost: rows for `savings`."""

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from public_value.evidence.bodies import Bodies
from public_value.evidence.gathering import parts
from public_value.evidence.transfer import fetch
from public_value.methodology import ADOPT, DUPLICATE
from public_value.methodology.measures import Floats
from public_value.savings import Duplicates, Offers

_AMOUNTS = ("cost", "share", "unknown", "without_share", "envelope", "volume", "days_left")
_ROW = {"declaration_id": "bigint", "organisation_id": "bigint"} | dict.fromkeys(_AMOUNTS, "float8")
_ROW |= {"bears_fee": "boolean"}
_OFFER = {"declaration_id": "bigint", "component_id": "bigint"} | dict.fromkeys(("price", "fee"), "float8")
_OFFER |= {"adopted": "boolean"}

# A cell is summed over all its rows before its duplicates are picked. Names are ordered by code point, as files are.
ROWS = f"""
    WITH summed AS (
        SELECT *, 1 - sum(share) OVER cell AS unknown,
               count(*) FILTER (WHERE kind <> {ADOPT} AND NOT has_share) OVER cell AS without_share
        FROM pv_fact
        WHERE organisation_id BETWEEN {{first:d}} AND {{last:d}}
        WINDOW cell AS (PARTITION BY organisation_id, function_id ORDER BY declaration_id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    )
    SELECT summed.declaration_id, summed.organisation_id,
           coalesce(summed.cost, 'NaN') AS cost,
           CASE WHEN summed.has_share THEN summed.share ELSE 'NaN' END AS share, summed.unknown,
           summed.without_share::float8 AS without_share, summed.envelope, summed.volume,
           coalesce((declaration.contract_end - DATE '{{snapshot:%Y-%m-%d}}')::float8, 'NaN') AS days_left,
           row_number() OVER (PARTITION BY summed.organisation_id, summed.function_id
                              ORDER BY coalesce(component.slug, declaration.system) COLLATE "C",
                                       summed.adopts DESC) = 1 AS bears_fee
    FROM summed
    JOIN registry_declaration declaration ON declaration.id = summed.declaration_id
        AND declaration.organisation_id BETWEEN {{first:d}} AND {{last:d}}
    JOIN registry_organisation organisation ON organisation.id = summed.organisation_id
    LEFT JOIN catalogue_component component ON component.id = summed.component_id
    WHERE summed.kind = {DUPLICATE} AND EXISTS (
        SELECT FROM pv_offer
        WHERE pv_offer.peer_group_id = organisation.peer_group_id AND pv_offer.function_id = summed.function_id
          AND pv_offer.priced)
    ORDER BY summed.declaration_id
"""
# Of the offers only those that can be the cheapest: there may be fifty for each of a million systems.
OFFERS = f"""
    WITH adopted AS (
        SELECT DISTINCT organisation_id, component_id FROM pv_fact
        WHERE credited AND organisation_id BETWEEN {{first:d}} AND {{last:d}}
    ),
    own AS (
        SELECT pv_fact.declaration_id, pv_fact.organisation_id, pv_fact.function_id, organisation.peer_group_id
        FROM pv_fact JOIN registry_organisation organisation ON organisation.id = pv_fact.organisation_id
        WHERE pv_fact.kind = {DUPLICATE} AND pv_fact.organisation_id BETWEEN {{first:d}} AND {{last:d}}
    ),
    offered AS (
        SELECT own.declaration_id, pv_offer.*, adopted.component_id IS NOT NULL AS adopted
        FROM own
        JOIN pv_offer USING (peer_group_id, function_id)
        LEFT JOIN adopted ON adopted.organisation_id = own.organisation_id
            AND adopted.component_id = pv_offer.component_id
        WHERE pv_offer.contends
        UNION ALL
        SELECT own.declaration_id, pv_offer.*, true
        FROM own
        JOIN pv_offer USING (peer_group_id, function_id)
        JOIN adopted ON adopted.organisation_id = own.organisation_id AND adopted.component_id = pv_offer.component_id
        WHERE pv_offer.priced AND NOT pv_offer.contends
    )
    SELECT declaration_id, component_id, coalesce(price, 0) AS price, coalesce(fee, 0) AS fee, adopted
    FROM offered ORDER BY declaration_id, component_id
"""
COSTS = f"""
    SELECT organisation_id, sum(cost ORDER BY declaration_id) AS cost
    FROM pv_fact WHERE kind = {DUPLICATE} AND cost IS NOT NULL GROUP BY organisation_id
"""


def duplicates(found: Bodies, snapshot: date) -> Iterator[tuple[Duplicates, Offers, NDArray[np.int64]]]:
    """The systems that have a shared component with a price or a fee beside them, their offers, and the declaration's
    id of each system, in the parts in which `declarations` gives its rows. `gather` comes first."""
    for first, last in parts():
        bounds = {"first": first, "last": last, "snapshot": snapshot}
        rows = fetch(ROWS.format(**bounds), _ROW)
        offers = fetch(OFFERS.format(**bounds), _OFFER)
        systems = Duplicates(
            organisation=np.searchsorted(found.id, rows["organisation_id"]),
            bears_fee=rows["bears_fee"].astype(np.bool_),
            **{name: rows[name].astype(np.float64) for name in _AMOUNTS},
        )
        yield systems, _offers(rows, offers), rows["declaration_id"].astype(np.int64)


def declared_costs(found: Bodies) -> Floats:
    """What each body says that its own systems cost, (n), base-year £ a year; NaN where none that counts states it."""
    rows = fetch(COSTS, {"organisation_id": "bigint", "cost": "float8"})
    costs = np.full(len(found.id), np.nan)
    costs[np.searchsorted(found.id, rows["organisation_id"])] = rows["cost"]
    return costs


def _offers(rows: NDArray[np.void], offers: NDArray[np.void]) -> Offers:
    return Offers(
        row=np.searchsorted(rows["declaration_id"], offers["declaration_id"]),
        component=offers["component_id"].astype(np.int64),
        price=offers["price"].astype(np.float64),
        fee=offers["fee"].astype(np.float64),
        adopted=offers["adopted"].astype(np.bool_),
    )
