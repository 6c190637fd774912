"""Random acts of many actors, and what must hold after each."""
