"""The REST API's floor: problems, pages of rows, conditional answers, and the description of it all."""
