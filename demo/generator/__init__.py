"""Writes the fictional pack of Sorrelmark. No Django and nothing beyond the standard library: a pack is only files."""
