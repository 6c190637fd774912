"""What the pages of the index say, as plain dicts."""

from public_value.presenters.summary import index_summary

__all__ = ["index_summary"]
