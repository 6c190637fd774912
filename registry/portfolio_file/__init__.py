"""A body's portfolio as a table: its columns, how headings and cells are read, and how it is written."""
