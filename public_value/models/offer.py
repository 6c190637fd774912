from django.db import models

from public_value.models.standing import stands_still


class EditionOffer(models.Model):
    """A shared component that bodies of a peer group could use for a function in an edition, as it was on its day.

    Kept because prices, openness and what is shared may change after it. Every function that counts has at least one.
    """

    edition = models.ForeignKey("public_value.Edition", models.CASCADE, related_name="offers", db_index=False)
    peer_group = models.ForeignKey("catalogue.PeerGroup", models.PROTECT, related_name="+", db_index=False)
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+", db_index=False)
    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="+", db_index=False)
    price = models.FloatField(null=True, help_text="£ a transaction.")
    fee = models.FloatField(null=True, help_text="£ a year for each adopter.")
    openness = models.FloatField(help_text="Mean of its four flags, 0 to 1.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "peer_group", "function", "component"], name="edition_offer_once"
            ),
        ]
        indexes = [models.Index(fields=["edition", "component"], name="edition_offer_by_component")]
        triggers = stands_still("edition_offer_stands", "edition.id = changed.edition_id")

    def __str__(self) -> str:
        return f"{self.component} for {self.function} in {self.edition}"
