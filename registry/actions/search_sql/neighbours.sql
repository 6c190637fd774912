-- The components themselves and those whose documents name them.
SELECT id FROM catalogue_component WHERE id = ANY(%(ids)s)
UNION SELECT other_id FROM catalogue_relation WHERE component_id = ANY(%(ids)s)
UNION SELECT component_id FROM catalogue_relation WHERE other_id = ANY(%(ids)s)
UNION SELECT id FROM catalogue_component WHERE successor_id = ANY(%(ids)s)
UNION SELECT successor_id FROM catalogue_component WHERE id = ANY(%(ids)s) AND successor_id IS NOT NULL
ORDER BY 1
