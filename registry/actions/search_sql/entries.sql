-- One entry for each listed component of the batch; a draft has none.
WITH RECURSIVE chosen AS MATERIALIZED (
    SELECT * FROM catalogue_component WHERE id = ANY(%(ids)s) AND lifecycle <> %(draft)s
),
gone AS (
    DELETE FROM catalogue_searchentry
    WHERE component_id = ANY(%(ids)s) AND component_id NOT IN (SELECT id FROM chosen)
),
-- A function's terms are its own and those above it; a peer group's its own and those below it, or those above it where
-- it is the adopters'.
upward (id, ancestor) AS (
    SELECT id, id FROM catalogue_function
    UNION ALL
    SELECT upward.id, above.parent_id
    FROM upward JOIN catalogue_function above ON above.id = upward.ancestor WHERE above.parent_id IS NOT NULL
),
downward (id, below) AS (
    SELECT id, id FROM catalogue_peergroup
    UNION ALL
    SELECT downward.id, child.id FROM downward JOIN catalogue_peergroup child ON child.parent_id = downward.below
),
outward (id, above) AS (
    SELECT id, id FROM catalogue_peergroup
    UNION ALL
    SELECT outward.id, parent.parent_id
    FROM outward JOIN catalogue_peergroup parent ON parent.id = outward.above WHERE parent.parent_id IS NOT NULL
),
served AS (
    SELECT link.component_id, json_agg(json_build_object('slug', slug, 'name', name) ORDER BY name, slug) AS refs,
           string_agg(name, ' ') AS names
    FROM catalogue_component_functions link JOIN catalogue_function function ON function.id = link.function_id
    WHERE link.component_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
offered AS (
    SELECT link.component_id, json_agg(json_build_object('slug', slug, 'name', label) ORDER BY label, slug) AS refs
    FROM catalogue_component_available_to link JOIN catalogue_peergroup peer ON peer.id = link.peergroup_id
    WHERE link.component_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
kept AS (
    SELECT said.component_id, string_agg(body.name, ' ') AS names,
           json_agg(json_build_object('slug', slug, 'name', name) ORDER BY share DESC, name, slug) AS refs,
           json_agg(json_build_object('slug', slug, 'name', name, 'share', share) ORDER BY share DESC, name, slug)
               AS shares
    FROM registry_stewardship said JOIN registry_organisation body ON body.id = said.organisation_id
    WHERE said.superseded_in_id IS NULL AND said.component_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
-- A body that has ended is counted in its successor, if at all.
adopted AS (
    SELECT component_id, count(*) AS statements,
           count(DISTINCT organisation_id) FILTER (
               WHERE exists_now AND stage = ANY(%(in_use)s) AND confirmed >= %(since)s) AS used_by,
           count(DISTINCT organisation_id) FILTER (
               WHERE exists_now AND stage = %(planned)s AND confirmed >= %(since)s) AS planned_by,
           count(DISTINCT organisation_id) FILTER (WHERE exists_now AND stage = %(stopped)s) AS stopped_by,
           max(confirmed) AS confirmed
    FROM registry_declaration
    JOIN (SELECT id, coalesce(start <= %(today)s, true) AND coalesce("end" > %(today)s, true) AS exists_now
          FROM registry_organisation) body ON body.id = organisation_id
    WHERE superseded_in_id IS NULL AND kind = %(adoption)s AND component_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
said AS (
    SELECT relation.component_id, relation.relation, %(relations)s::json ->> relation.relation AS label, other.slug, other.name
    FROM catalogue_relation relation
    JOIN catalogue_component other ON other.id = relation.other_id AND other.lifecycle <> %(draft)s
    WHERE relation.component_id IN (SELECT id FROM chosen)
),
related AS (
    SELECT component_id, json_agg(json_build_object(
        'relation', relation, 'relation_label', label, 'component', json_build_object('slug', slug, 'name', name)
    ) ORDER BY relation, name, slug) AS refs
    FROM said GROUP BY 1
),
pointed AS (
    SELECT relation.other_id AS component_id, json_agg(json_build_object(
        'component', json_build_object('slug', slug, 'name', name), 'relation', relation.relation,
        'relation_label', %(relations)s::json ->> relation.relation
    ) ORDER BY relation.relation, name, slug) AS refs
    FROM catalogue_relation relation
    JOIN catalogue_component pointing ON pointing.id = relation.component_id AND pointing.lifecycle <> %(draft)s
    WHERE relation.other_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
-- What sources say of a component today: whether one of them is read without errors, and since when none is.
sourced AS (
    SELECT thing.component_id, bool_or(thing.state = 'good' AND source.failing_since IS NULL) AS fresh,
           max(thing.read_at) AS read_at, max(least(thing.troubled_since, source.failing_since)) AS since
    FROM registry_sourceobject thing JOIN registry_source source ON source.id = thing.source_id
    WHERE source.stopped_at IS NULL AND thing.component_id IN (SELECT id FROM chosen)
    GROUP BY 1
),
valued (component_id, facet, value) AS (
    SELECT id, 4, licence FROM chosen WHERE licence <> ''
    UNION
    SELECT link.component_id, 2, function.slug
    FROM catalogue_component_functions link
    JOIN upward ON upward.id = link.function_id JOIN catalogue_function function ON function.id = upward.ancestor
    WHERE link.component_id IN (SELECT id FROM chosen)
    UNION
    SELECT said.component_id, 5, body.slug
    FROM registry_stewardship said JOIN registry_organisation body ON body.id = said.organisation_id
    WHERE said.superseded_in_id IS NULL AND said.component_id IN (SELECT id FROM chosen)
    UNION
    SELECT link.component_id, 6, peer.slug
    FROM catalogue_component_available_to link
    JOIN downward ON downward.id = link.peergroup_id JOIN catalogue_peergroup peer ON peer.id = downward.below
    WHERE link.component_id IN (SELECT id FROM chosen)
    UNION
    SELECT id, 6, '' FROM chosen WHERE id NOT IN (SELECT component_id FROM offered)
    UNION
    SELECT link.component_id, 7, standard.slug
    FROM catalogue_component_standards link JOIN catalogue_standard standard ON standard.id = link.standard_id
    WHERE link.component_id IN (SELECT id FROM chosen)
    UNION
    SELECT component_id, 8, unnest(hosting) FROM catalogue_profile WHERE component_id IN (SELECT id FROM chosen)
    UNION
    SELECT id, 9, CASE WHEN price_per_transaction > 0 AND fixed_fee > 0 THEN 'both'
                       WHEN price_per_transaction > 0 THEN 'per_transaction'
                       WHEN fixed_fee > 0 THEN 'fixed_fee' ELSE 'free' END
    FROM chosen WHERE price_per_transaction > 0 OR fixed_fee > 0 OR price_per_transaction + fixed_fee = 0
    UNION
    SELECT said.component_id, 10, body.type
    FROM registry_stewardship said JOIN registry_organisation body ON body.id = said.organisation_id
    WHERE said.superseded_in_id IS NULL AND said.component_id IN (SELECT id FROM chosen) AND body.type <> ''
    UNION
    SELECT DISTINCT used.component_id, 11, peer.slug
    FROM (SELECT DISTINCT said.component_id, body.peer_group_id
          FROM registry_declaration said JOIN registry_organisation body ON body.id = said.organisation_id
          WHERE said.superseded_in_id IS NULL AND said.kind = %(adoption)s AND said.stage = ANY(%(in_use)s)
          AND said.confirmed >= %(since)s AND said.component_id IN (SELECT id FROM chosen)
          AND coalesce(body.start <= %(today)s, true) AND coalesce(body."end" > %(today)s, true)) used
    JOIN outward ON outward.id = used.peer_group_id JOIN catalogue_peergroup peer ON peer.id = outward.above
),
fixed AS (
    SELECT facet, value, term FROM json_to_recordset(%(fixed)s::json) AS known (facet int, value text, term int)
),
numbered (component_id, term) AS (
    SELECT component_id, term.id
    FROM valued JOIN catalogue_searchterm term ON term.facet = valued.facet AND term.value = valued.value
    UNION ALL
    SELECT chosen.id, fixed.term FROM chosen JOIN fixed ON fixed.facet = 1 AND fixed.value = chosen.kind
    UNION ALL
    SELECT chosen.id, fixed.term FROM chosen JOIN fixed ON fixed.facet = 3 AND fixed.value = chosen.lifecycle
    UNION ALL
    SELECT component_id, fixed.term
    FROM valued JOIN fixed ON fixed.facet = valued.facet AND fixed.value = valued.value WHERE valued.facet IN (8, 9)
    UNION ALL
    SELECT sourced.component_id, fixed.term
    FROM sourced JOIN fixed ON fixed.facet = 100 AND fixed.value = 'gone'
    WHERE NOT sourced.fresh AND sourced.since < %(gone_since)s
),
termed AS (
    SELECT component_id, array_agg(term ORDER BY term) AS terms, string_agg(int4send(term), '' ORDER BY term) AS packed
    FROM numbered GROUP BY 1
),
made AS (
    SELECT chosen.*, coalesce(adopted.used_by, 0) AS used_by, coalesce(adopted.planned_by, 0) AS planned_by,
           coalesce(adopted.stopped_by, 0) AS stopped_by, adopted.confirmed,
           CASE WHEN adopted.statements IS NULL THEN 'not_answered' WHEN adopted.confirmed IS NULL THEN 'unknown' END
               AS confirmed_status,
           coalesce(served.refs, '[]') AS functions, coalesce(served.names, '') AS function_names,
           coalesce(offered.refs, '[]') AS available_to,
           coalesce(kept.refs, '[]') AS stewards, coalesce(kept.shares, '[]') AS shares,
           coalesce(kept.names, '') AS steward_names,
           coalesce(related.refs, '[]') AS relations, coalesce(pointed.refs, '[]') AS related_from,
           termed.terms, termed.packed,
           CASE WHEN NOT sourced.fresh THEN json_build_object(
               'since', (sourced.since AT TIME ZONE %(zone)s)::date,
               'version_of', (sourced.read_at AT TIME ZONE %(zone)s)::date
           ) END AS source_errors,
           ln(1 + coalesce(adopted.used_by, 0)) + (chosen.summary <> '')::int * 0.2
           + CASE chosen.lifecycle WHEN 'live' THEN 0.5 WHEN 'beta' THEN 0.3 WHEN 'alpha' THEN 0.1
                                   WHEN 'deprecated' THEN -1 WHEN 'retired' THEN -2 ELSE 0.2 END AS score
    FROM chosen
    JOIN termed ON termed.component_id = chosen.id
    LEFT JOIN served ON served.component_id = chosen.id
    LEFT JOIN offered ON offered.component_id = chosen.id
    LEFT JOIN kept ON kept.component_id = chosen.id
    LEFT JOIN adopted ON adopted.component_id = chosen.id
    LEFT JOIN related ON related.component_id = chosen.id
    LEFT JOIN pointed ON pointed.component_id = chosen.id
    LEFT JOIN sourced ON sourced.component_id = chosen.id
)
INSERT INTO catalogue_searchentry AS entry
    (component_id, score, used_by, confirmed, terms, packed, sort_name, slug, search, card, document)
SELECT
    made.id, made.score, made.used_by, made.confirmed, made.terms, made.packed,
    search_fold(made.name), made.slug,
    setweight(to_tsvector('english', search_fold(made.name)), 'A')
    || setweight(to_tsvector('english', search_fold(left(made.summary, 20000))), 'B')
    || setweight(to_tsvector('english', search_fold(made.function_names)), 'C')
    || setweight(to_tsvector('english', search_fold(made.steward_names || ' ' || left(made.description, 50000))), 'D'),
    card.text, document.text
FROM made
LEFT JOIN catalogue_component successor ON successor.id = made.successor_id AND successor.lifecycle <> %(draft)s
CROSS JOIN LATERAL (
    SELECT row_to_json(row)::text AS text FROM (SELECT
        made.slug, made.name, made.kind, %(kinds)s::json ->> made.kind AS kind_label,
        nullif(made.summary, '') AS summary, made.functions, made.stewards, nullif(made.licence, '') AS licence,
        nullif(made.lifecycle, '') AS lifecycle, %(lifecycles)s::json ->> made.lifecycle AS lifecycle_label,
        made.available_to, made.used_by, made.confirmed AS last_confirmed,
        made.confirmed_status AS last_confirmed_status, nullif(made.url, '') AS url
    ) row
) card
LEFT JOIN LATERAL (
    SELECT row_to_json(row) AS profile FROM (SELECT
        hosting, nullif(start, '') AS start, nullif(start_url, '') AS start_url, nullif(contact_name, '') AS contact_name,
        nullif(contact_email, '') AS contact_email, nullif(contact_url, '') AS contact_url,
        nullif(support, '') AS support, nullif(security_url, '') AS security_url,
        nullif(accessibility_url, '') AS accessibility_url, nullif(api_description_url, '') AS api_description_url,
        nullif(leaving, '') AS leaving, nullif(limits, '') AS limits, nullif(version, '') AS version,
        released_on, ends_on, languages, keywords
        FROM catalogue_profile WHERE component_id = made.id
    ) row
) offer ON true
CROSS JOIN LATERAL (
    SELECT coalesce(
        json_agg(json_build_object('slug', standard.slug, 'name', standard.name) ORDER BY standard.name, standard.slug), '[]'
    ) AS standards
    FROM catalogue_component_standards link JOIN catalogue_standard standard ON standard.id = link.standard_id
    WHERE link.component_id = made.id
) followed
CROSS JOIN LATERAL (
    SELECT row_to_json(row)::text AS text FROM (SELECT
        made.slug, made.name, made.kind, %(kinds)s::json ->> made.kind AS kind_label,
        nullif(made.summary, '') AS summary, nullif(made.description, '') AS description,
        made.functions, made.shares AS stewards, nullif(made.licence, '') AS licence,
        nullif(made.lifecycle, '') AS lifecycle, %(lifecycles)s::json ->> made.lifecycle AS lifecycle_label,
        CASE WHEN successor.id IS NOT NULL THEN json_build_object('slug', successor.slug, 'name', successor.name) END
            AS successor,
        made.available_to, nullif(made.url, '') AS url, nullif(made.repository, '') AS repository,
        nullif(made.documentation, '') AS documentation, made.open_licence, made.open_standard, made.valid_metadata,
        made.data_exportable, made.price_per_transaction::text, made.fixed_fee::text,
        coalesce((SELECT nullif(currency, '') FROM registry_commons LIMIT 1), %(currency)s) AS currency,
        made.used_by, made.planned_by, made.stopped_by, made.external_independent_adopters,
        made.confirmed AS last_confirmed, made.confirmed_status AS last_confirmed_status,
        made.relations, made.related_from, offer.profile, followed.standards,
        nullif(made.source, '') AS source, made.source_errors
    ) row
) document
ON CONFLICT (component_id) DO UPDATE SET
    (score, used_by, confirmed, terms, packed, sort_name, slug, search, card, document)
    = (excluded.score, excluded.used_by, excluded.confirmed, excluded.terms, excluded.packed,
       excluded.sort_name, excluded.slug, excluded.search, excluded.card, excluded.document)
WHERE (entry.document, entry.card, entry.search, entry.terms, entry.score)
      IS DISTINCT FROM (excluded.document, excluded.card, excluded.search, excluded.terms, excluded.score);
