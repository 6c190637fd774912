from django.db import models


class StaleEntry(models.Model):
    """A component whose search entry is behind what is recorded, until `refresh_stale` has been there.

    Noted in the transaction that changed what the entry says, so that an interrupted load leaves no entry behind for
    good; and by a migration after which entries say more than before. A component may stand here more than once, and
    nothing refers to it: whoever notes one waits for nobody.
    """

    component_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name_plural = "stale entries"

    def __str__(self) -> str:
        return str(self.component_id)
