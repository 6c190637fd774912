"""What the pages of public bodies say, as plain dicts: the templates only lay it out."""
