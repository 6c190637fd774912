"""The Open Catalog API, version 1, at /v1: what it serves and where it goes beyond its contract is in
docs/open-catalog.md."""
