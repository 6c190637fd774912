-- Licences and stewards that no component has any more.
DELETE FROM catalogue_searchterm term
WHERE facet IN (4, 5) AND id = ANY(%(lost)s)
AND NOT EXISTS (SELECT FROM catalogue_searchentry WHERE terms && ARRAY[term.id]);
