-- A country, made by the database itself, so that ten million declarations take minutes. u(…) is the same for the same
-- place in every run.
CREATE OR REPLACE FUNCTION pg_temp.u(place bigint, what int) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (hashint8extended(place, 20261124 + what) & 9007199254740991) / 9007199254740992.0::float8
$$;

INSERT INTO registry_event (id, act, at, source, detail) VALUES (1, 'load_pack', '2026-01-01', '', '{}');
INSERT INTO catalogue_peergroup (id, slug, label, driver_unit)
SELECT n, 'group-' || n, 'Group ' || n, 'resident' FROM generate_series(1, %(groups)s) n;
INSERT INTO catalogue_function (id, slug, name, kind, evolution, codes)
SELECT n, 'function-' || n, 'Function ' || n, 'service',
       (ARRAY['genesis', 'custom', 'product', 'product', 'commodity', 'commodity'])[1 + n %% 6], '{}'
FROM generate_series(1, %(functions)s) n;
INSERT INTO catalogue_component (id, slug, name, kind, summary, description, url, repository, documentation, licence,
                                 lifecycle, source, open_licence, open_standard, data_exportable,
                                 price_per_transaction, fixed_fee)
SELECT n, 'component-' || n, 'Component ' || n, 'service', '', '', '', '', '', 'MIT', 'live', '', n %% 2 = 0, n %% 3 = 0, n %% 5 > 0,
       round(pg_temp.u(n, 1)::numeric, 3), 1000 * (n %% 7)
FROM generate_series(1, %(components)s) n;
INSERT INTO catalogue_component_functions (component_id, function_id)
SELECT n, 1 + (n - 1) %% %(functions)s FROM generate_series(1, %(components)s) n;
INSERT INTO registry_organisation (id, slug, name, type, peer_group_id, affiliation_group, aliases, nation, region, homepage,
                                   contact_email, email_domains, driver)
SELECT n, 'body-' || n, 'Body ' || n, 'council', 1 + n %% %(groups)s, CASE WHEN n %% 35 < 7 THEN 'family-' || n / 35 ELSE '' END,
       '{}', '', '', '', '', '{}', round((10000 / (1 - pg_temp.u(n, 2)) ^ 0.8)::numeric)
FROM generate_series(1, %(organisations)s) n;
INSERT INTO registry_account (organisation_id, financial_year, frontline, administrative, source_url)
SELECT n, '2024-25', round((1e6 * (4 + 5 * pg_temp.u(n, 3)))::numeric), 1000000, ''
FROM generate_series(1, %(organisations)s) n WHERE n %% 5 > 0;
INSERT INTO registry_stewardship (component_id, organisation_id, share, recorded_in_id)
SELECT n, 1 + floor(%(organisations)s * pg_temp.u(n, 4))::int, 1, 1 FROM generate_series(1, %(components)s) n;
INSERT INTO registry_contribution (organisation_id, component_id, made_on, units, summary, source_url)
SELECT 1 + floor(%(organisations)s * pg_temp.u(n, 5))::int, n, date '2024-06-01' + (n %% 600), 1 + n %% 6, '', ''
FROM generate_series(1, %(components)s) n;
INSERT INTO public_value_benchmarkedition (id, name, base_financial_year) VALUES (1, '2025', '2024-25');
INSERT INTO public_value_deflator (financial_year, index) VALUES ('2022-23', 94), ('2023-24', 97), ('2024-25', 100);
INSERT INTO public_value_peergroupnorm (peer_group_id, f_lo, f_hi, f_median_share, adoption_mean_custom, adoption_mean_product,
                                        adoption_mean_commodity)
SELECT n, 0.7, 0.95, 0.85, 0.1, 0.25, 0.4 FROM generate_series(1, %(groups)s) n;
INSERT INTO public_value_benchmark (peer_group_id, function_id, ref_cost_per_driver, ref_volume_per_driver, observations, provenance)
SELECT peer_group, function, (0.2 + 3 * pg_temp.u(function, 6)) * CASE WHEN number < %(twice)s THEN 3 ELSE 1 END,
       0.05 + pg_temp.u(function, 7), 30, ''
FROM generate_series(1, %(groups)s) peer_group, generate_series(0, %(cells)s - 1) number,
     LATERAL (SELECT 1 + (number * 7 + 40 * peer_group) %% %(functions)s AS function) said;

-- Each kind of body is responsible for its own part of the functions, and a body says something about each of them: about the
-- dearest twice, a component that it adopts and the system that it still runs. Few components of a function have most of
-- its adopters.
INSERT INTO registry_declaration (kind, organisation_id, function_id, component_id, system, supplier, stage, coverage,
    transactions, annual_cost, price_fy, since, contract_end, contract_slips, confirmed, evidence, published, exempt_until,
    exempt_reason, why, reason, contact, source_url, recorded_in_id)
SELECT CASE WHEN adopts THEN 'adoption' ELSE 'duplicate' END, body, function,
       CASE WHEN adopts THEN function + %(functions)s * floor(%(each)s * pg_temp.u(place, 10) ^ 3)::int END,
       CASE WHEN adopts THEN '' ELSE 'System of function ' || function END, '',
       CASE WHEN adopts THEN (ARRAY['live', 'live', 'live', 'live', 'partial', 'partial', 'pilot', 'planned', 'retired'])
                             [1 + floor(9 * pg_temp.u(place, 11))::int] ELSE '' END,
       CASE WHEN pg_temp.u(place, 12) < 0.93 THEN round((0.5 + pg_temp.u(place, 13) / 2)::numeric, 2) END,
       CASE WHEN pg_temp.u(place, 12) >= 0.96 THEN round((5000 * pg_temp.u(place, 14))::numeric) END,
       CASE WHEN pg_temp.u(place, 15) < 0.7 THEN round((40000 * pg_temp.u(place, 16))::numeric) END,
       (ARRAY['', '2022-23', '2023-24', '2024-25'])[1 + floor(4 * pg_temp.u(place, 17))::int],
       CASE WHEN adopts THEN date '2020-01-01' + floor(2000 * pg_temp.u(place, 18))::int END,
       CASE WHEN NOT adopts AND pg_temp.u(place, 19) < 0.6 THEN date '2025-09-01' + floor(1500 * pg_temp.u(place, 20))::int END,
       CASE WHEN NOT adopts THEN floor(1.2 * pg_temp.u(place, 21))::int END,
       date '2026-03-31' - floor(1300 * pg_temp.u(place, 22) ^ 2)::int,
       (ARRAY['E0', 'E1', 'E1', 'E2', 'E2', 'E3'])[1 + floor(6 * pg_temp.u(place, 23))::int],
       pg_temp.u(place, 24) < 0.3,
       CASE WHEN NOT adopts AND pg_temp.u(place, 25) < 0.08 THEN date '2027-01-01' END,
       CASE WHEN NOT adopts AND pg_temp.u(place, 25) < 0.08 THEN 'law' ELSE '' END, '', '', '', '', 1
FROM (
    SELECT body, 1 + (number * 7 + 40 * (1 + body %% %(groups)s)) %% %(functions)s AS function, second,
           CASE WHEN number < %(twice)s THEN NOT second ELSE pg_temp.u(body * 1000::bigint + number, 9) < 0.6 END AS adopts,
           (body * 1000::bigint + number) * 2 + second::int AS place
    FROM generate_series(1, %(organisations)s) body, generate_series(0, %(cells)s - 1) number,
         (VALUES (false), (true)) said (second)
    WHERE NOT second OR number < %(twice)s
) said;

-- What is graded E2 was attested by the component's steward. Few components have most adopters, so that in a small country
-- many bodies exchange attestations.
INSERT INTO registry_attestation (kind, organisation_id, function_id, component_id, system, state, steward_id, asked_in_id,
                                  asked_on, due_on, answered_in_id, answered_on, reason, digest)
SELECT 'use', said.organisation_id, said.function_id, said.component_id, '', 'attested', stewardship.organisation_id, 1,
       day, day + 60, 1, day, '', ''
FROM registry_declaration said
JOIN registry_stewardship stewardship USING (component_id)
CROSS JOIN LATERAL (SELECT said.confirmed - floor(300 * pg_temp.u(said.id, 26))::int AS day) asked
WHERE said.evidence = 'E2' AND said.kind = 'adoption' AND stewardship.organisation_id <> said.organisation_id;
