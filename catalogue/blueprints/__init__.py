"""Blueprints as pages, files and API: a pattern of a service, and what follows from choosing components for it."""
