"""Uploading a portfolio: its page and templates, which column is which, and what is decided about a preview."""
