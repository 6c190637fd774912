"""The live preview: an edition that follows the registry (docs/adr/0012-live-preview.md).

`following` finds what is due and does one thing after another; `rebuilding` makes a preview anew, chunk by chunk;
`draining` brings the organisations up to date that a write made dirty; `ranking` ranks one peer group; `figures`
calculates and writes the scores of some organisations, for the two; `refusing` keeps why none can be made.
"""
