"""What the pages of the catalogue say, as plain dicts: the templates only lay it out."""
