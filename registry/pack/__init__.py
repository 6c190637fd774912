"""Packs: a commons as a folder of CSV files and one `pack.toml`, read and written in bulk.

`values` reads one value, `columns` and `sheet` say what a file holds, `reading` and `manifest` read files,
`staging` brings rows to the database, `checks` refuses, `applying` records, `loading` and `exporting` do the whole.
The nouns of this app are in `sheets`; another app may add sheets of its own and pass them along.
"""
