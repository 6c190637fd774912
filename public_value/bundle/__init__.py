"""The open data of an edition: everything that a stranger needs to check it, in one file."""
