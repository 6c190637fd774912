"""What is used for each function, and how concentrated: descriptive, never scored (specification 1.17)."""

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from public_value.evidence.transfer import fetch
from public_value.methodology import ADOPT, DUPLICATE, gini, herfindahl

# A shared component is one solution everywhere; anything else is one wherever it runs: one declaration.
SOLUTIONS = f"""
    SELECT function_id, coalesce(sum(share * volume ORDER BY declaration_id), 0) AS volume,
           count(*) FILTER (WHERE kind = {DUPLICATE}) AS duplicates
    FROM pv_fact
    GROUP BY function_id, CASE WHEN kind = {ADOPT} THEN component_id END,
             CASE WHEN kind <> {ADOPT} THEN declaration_id END
    ORDER BY function_id, volume
"""
UNIT_COSTS = """
    SELECT function_id, sum(cost ORDER BY declaration_id) / sum(share * volume ORDER BY declaration_id) AS unit_cost
    FROM pv_fact WHERE cost IS NOT NULL
    GROUP BY function_id, organisation_id HAVING sum(share * volume) > 0
    ORDER BY function_id, unit_cost
"""
FUNCTIONS = """
    SELECT function.id, function.slug, array(
        SELECT component.slug FROM pv_component
        JOIN catalogue_component_functions serves USING (component_id)
        JOIN catalogue_component component ON component.id = pv_component.component_id
        WHERE pv_component.shared AND serves.function_id = function.id ORDER BY component.slug)
    FROM catalogue_function function
    WHERE function.id IN (
        SELECT pv_cell.function_id FROM pv_cell
        JOIN registry_organisation organisation ON organisation.peer_group_id = pv_cell.peer_group_id
        WHERE pv_cell.reason = '' AND organisation.driver > 0)
    ORDER BY function.slug
"""


def function_figures() -> dict[str, dict[str, object]]:
    """For each addressable function, by slug: `shared` components, distinct `systems`, `duplicates`, `hhi` (0–10,000)
    and `unit_cost_gini`; None where there is no volume or no cost to measure. `gather` comes first."""
    solutions = _by_function(SOLUTIONS, {"function": "bigint", "volume": "float8", "duplicates": "bigint"})
    costs = _by_function(UNIT_COSTS, {"function": "bigint", "unit_cost": "float8"})
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        functions = cursor.fetchall()
    none = np.empty(0, [("volume", "f8"), ("duplicates", "i8")])
    return {
        slug: {
            "shared": shared,
            "systems": len(found := solutions.get(function, none)),
            "duplicates": int(found["duplicates"].sum()),
            "hhi": _stated(herfindahl(found["volume"])),
            "unit_cost_gini": _stated(gini(costs[function]["unit_cost"])) if function in costs else None,
        }
        for function, slug, shared in functions
    }


def _by_function(query: str, columns: dict[str, str]) -> dict[int, NDArray[np.void]]:
    """The rows of each function, of a query that is ordered by function."""
    rows = fetch(query, columns)
    functions, starts = np.unique(rows["function"], return_index=True)
    return dict(zip(functions.tolist(), np.split(rows, starts[1:]), strict=True)) if len(rows) else {}


def _stated(figure: float) -> float | None:
    return None if figure != figure else figure
