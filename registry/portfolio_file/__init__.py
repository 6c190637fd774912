"""A body's portfolio as a table: its columns, how forgiving their headings and cells are read, and how it is written."""
