from django.db import models

from commons.constraints import keep_history


@keep_history()
class Payment(models.Model):
    """One published spend line, in the pack's currency; a credit is negative. Names of private persons are removed."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="payments", db_index=False)
    reference = models.CharField(max_length=200)
    line = models.CharField(max_length=60, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    supplier = models.CharField(max_length=300, blank=True)
    supplier_identifier = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(null=True, blank=True)
    function = models.ForeignKey("catalogue.Function", models.PROTECT, null=True, blank=True, related_name="payments")
    component = models.ForeignKey("catalogue.Component", models.PROTECT, null=True, blank=True, related_name="payments")
    system = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    source_url = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference", "line"], name="payment_recorded_once"),
        ]
        indexes = [models.Index(fields=["organisation", "paid_on", "id"], name="payment_by_date")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.amount} to {self.supplier}, {self.paid_on}"


@keep_history(exclude=["content"])
class SpendFile(models.Model):
    """A spend file as the body published it, kept whole until the spend importer reads it."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="spend_files")
    file = models.CharField(max_length=300, help_text="Its path below the pack's spend folder.")
    period = models.CharField(max_length=60, blank=True)
    source_url = models.TextField(blank=True)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "file"], name="spend_file_recorded_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.file}"
