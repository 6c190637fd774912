-- Licences and stewards that no component has any more.
DELETE FROM catalogue_searchterm
WHERE facet IN (4, 5) AND id NOT IN (SELECT DISTINCT unnest(terms) FROM catalogue_searchentry);
