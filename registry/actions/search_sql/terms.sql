-- Name the facet values that these components have: 2 function, 4 licence, 5 steward, 6 peer group ('' is everybody),
-- 7 standard, 10 type of steward, 11 peer group of adopters.
WITH chosen AS (
    SELECT id, licence FROM catalogue_component WHERE id = ANY(%(ids)s) AND lifecycle <> %(draft)s
),
wanted (facet, value, label) AS (
    SELECT 2, slug, name FROM catalogue_function
    UNION ALL
    SELECT DISTINCT 4, licence, licence FROM chosen WHERE licence <> ''
    UNION ALL
    SELECT DISTINCT 5, body.slug, body.name
    FROM registry_stewardship said JOIN registry_organisation body ON body.id = said.organisation_id
    WHERE said.component_id IN (SELECT id FROM chosen) AND said.superseded_in_id IS NULL
    UNION ALL
    SELECT 6, slug, label FROM catalogue_peergroup
    UNION ALL
    SELECT 6, '', 'Everybody'
    UNION ALL
    SELECT DISTINCT 7, standard.slug, standard.name
    FROM catalogue_component_standards link JOIN catalogue_standard standard ON standard.id = link.standard_id
    WHERE link.component_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT DISTINCT 10, body.type, upper(left(body.type, 1)) || translate(substr(body.type, 2), '-_', '  ')
    FROM registry_stewardship said JOIN registry_organisation body ON body.id = said.organisation_id
    WHERE said.component_id IN (SELECT id FROM chosen) AND said.superseded_in_id IS NULL AND body.type <> ''
    UNION ALL
    SELECT 11, slug, label FROM catalogue_peergroup
),
renamed AS (
    UPDATE catalogue_searchterm term SET label = wanted.label
    FROM wanted
    WHERE term.facet = wanted.facet AND term.value = wanted.value AND term.label <> wanted.label
)
INSERT INTO catalogue_searchterm (id, facet, value, label)
SELECT (facet << 24) + nextval('catalogue_searchterm_number'), facet, value, label
FROM wanted
WHERE NOT EXISTS (
    SELECT FROM catalogue_searchterm term WHERE term.facet = wanted.facet AND term.value = wanted.value
)
ON CONFLICT (facet, value) DO NOTHING;
