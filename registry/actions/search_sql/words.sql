-- The words of names, summaries, functions and stewards, as they are written.
INSERT INTO catalogue_searchword (word, entries)
SELECT word, ndoc FROM ts_stat(%(texts)s) WHERE word ~ '^[a-z]{3,30}$'
ON CONFLICT (word) DO UPDATE SET entries = excluded.entries WHERE catalogue_searchword.entries < excluded.entries;
