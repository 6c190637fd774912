"""What is used for each function, and how concentrated: descriptive, never scored (specification 1.17)."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from public_value.methodology import ADOPT, DUPLICATE, gini, herfindahl

# A shared component is one solution everywhere; anything else is one wherever it runs: one declaration.
SOLUTIONS = f"""
    SELECT function_id, sum(share * volume ORDER BY declaration_id), count(*) FILTER (WHERE kind = {DUPLICATE})
    FROM pv_fact
    GROUP BY function_id, CASE WHEN kind = {ADOPT} THEN component_id END,
             CASE WHEN kind <> {ADOPT} THEN declaration_id END
    ORDER BY 1, 2
"""
UNIT_COSTS = """
    SELECT function_id, sum(cost ORDER BY declaration_id) / sum(share * volume ORDER BY declaration_id)
    FROM pv_fact WHERE cost IS NOT NULL
    GROUP BY function_id, organisation_id HAVING sum(share * volume) > 0
    ORDER BY 1, 2
"""
FUNCTIONS = """
    SELECT function.id, function.slug, array(
        SELECT component.slug FROM pv_component
        JOIN catalogue_component_functions serves USING (component_id)
        JOIN catalogue_component component ON component.id = pv_component.component_id
        WHERE pv_component.shared AND serves.function_id = function.id ORDER BY component.slug)
    FROM catalogue_function function
    WHERE function.id IN (SELECT function_id FROM pv_cell WHERE reason = '')
    ORDER BY function.slug
"""


def function_figures() -> dict[str, dict[str, object]]:
    """For each addressable function, by slug: `shared` components, distinct `systems`, `duplicates`, `hhi` (0–10,000)
    and `unit_cost_gini`; None where there is no volume or no cost to measure. `gather` comes first."""
    volumes, costs = defaultdict(list), defaultdict(list)
    duplicates: Mapping[int, int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(SOLUTIONS)
        for function, volume, number in cursor.fetchall():
            volumes[function].append(volume)
            duplicates[function] += number
        cursor.execute(UNIT_COSTS)
        for function, cost in cursor.fetchall():
            costs[function].append(cost)
        cursor.execute(FUNCTIONS)
        functions = cursor.fetchall()
    return {
        slug: {
            "shared": shared,
            "systems": len(volumes[function]),
            "duplicates": duplicates[function],
            "hhi": _stated(herfindahl(volumes[function])),
            "unit_cost_gini": _stated(gini(costs[function])),
        }
        for function, slug, shared in functions
    }


def _stated(figure: float) -> float | None:
    return None if figure != figure else figure
