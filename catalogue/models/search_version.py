from django.db import connection, models


class SearchVersion(models.Model):
    """One row. Its token changes with every statement that touches what a search answers from, by triggers.

    A token is never given twice, not even where the change was rolled back.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    token = models.UUIDField()

    def __str__(self) -> str:
        return str(self.token)


def search_version() -> str:
    """The token; the same as long as every search finds the same. Blank where it is not known yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token::text FROM catalogue_searchversion")
        found = cursor.fetchone()
    return found[0] if found else ""
