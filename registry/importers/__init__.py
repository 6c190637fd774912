"""The outside world: each kind of source is fetched politely, read without network or database, and then loaded.

A module has `fetch(source, ask)`, which yields `Text`s, and `read(text)`, which says what things it describes.
`registry.actions.harvests` loads them.
"""
