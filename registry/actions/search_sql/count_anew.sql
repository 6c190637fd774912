-- Words whose number of entries is another than is kept; NULL: nothing has it any more.
CREATE TEMP TABLE counted AS
SELECT word, found.ndoc AS entries
FROM (SELECT word, ndoc FROM ts_stat(%(texts)s) WHERE word ~ '^[a-z]{3,30}$') found
FULL JOIN catalogue_searchword kept USING (word)
WHERE found.ndoc IS DISTINCT FROM kept.entries;

SELECT pg_advisory_xact_lock(hashtext('refresh_search'));

DELETE FROM catalogue_searchword WHERE word IN (SELECT word FROM counted WHERE entries IS NULL);
INSERT INTO catalogue_searchword (word, entries)
SELECT word, entries FROM counted WHERE entries IS NOT NULL
ON CONFLICT (word) DO UPDATE SET entries = excluded.entries;
DROP TABLE counted;

-- Licences, stewards, their types and standards of components that were deleted.
DELETE FROM catalogue_searchterm
WHERE facet IN (4, 5, 7, 10) AND id NOT IN (SELECT DISTINCT unnest(terms) FROM catalogue_searchentry);
