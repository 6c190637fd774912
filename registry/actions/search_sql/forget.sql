-- Licences, stewards, their types and standards that no component has any more.
DELETE FROM catalogue_searchterm term
WHERE facet IN (4, 5, 7, 10) AND id = ANY(%(lost)s)
AND NOT EXISTS (SELECT FROM catalogue_searchentry WHERE terms && ARRAY[term.id]);
