"""What exists, in the vocabularies that other catalogues harvest: DCAT-AP for portals, schema.org for searching.

`resources` and `catalog` make the graph of a page from the documents that the search keeps, `views` sends it.
Nothing here reads a draft: a draft has no document. docs/dcat.md says what becomes what.
"""
