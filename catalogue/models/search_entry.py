"""The index of the catalogue's search. Written in set-based SQL by the registry, who knows stewards and adopters."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

FACET_BITS = 24  # a term's number carries its facet in front, so that counts of all facets fall out of one pass


class SearchFacet(models.IntegerChoices):
    KIND = 1, "kind"
    FUNCTION = 2, "function"
    LIFECYCLE = 3, "lifecycle"
    LICENCE = 4, "licence"
    STEWARD = 5, "steward"
    PEER_GROUP = 6, "peer_group"
    STANDARD = 7, "standard"
    HOSTING = 8, "hosting"
    PRICE = 9, "price"
    STEWARD_TYPE = 10, "steward_type"
    ADOPTER_GROUP = 11, "adopter_group"


class Price(models.TextChoices):
    """How a component is paid for, of the two prices that its steward states. Free: stated, and nothing to pay."""

    FREE = "free", "Free"
    PER_TRANSACTION = "per_transaction", "By transaction"
    FIXED_FEE = "fixed_fee", "A fixed fee"
    BOTH = "both", "A fixed fee and by transaction"


class SearchTerm(models.Model):
    """One value of a facet. Its id is `facet << 24 | a running number`."""

    id = models.IntegerField(primary_key=True)
    facet = models.PositiveSmallIntegerField(choices=SearchFacet)
    value = models.CharField(max_length=300, help_text="As a URL says it. Blank: components that are for everybody.")
    label = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="search_term_once")]

    def __str__(self) -> str:
        return self.label


class SearchEntry(models.Model):
    """One listed component as search sees it: narrow, because a search reads thousands and shows twenty.

    `card` is the row of a list and `document` the whole component, each as the JSON text that is sent; the
    wide columns are kept out of line.
    """

    component = models.OneToOneField("catalogue.Component", models.CASCADE, primary_key=True, related_name="entry")
    score = models.FloatField(help_text="What is used much and kept well stands first among equals.")
    used_by = models.IntegerField()
    confirmed = models.DateField(null=True)
    terms = ArrayField(models.IntegerField())
    packed = models.BinaryField(help_text="The terms again, four bytes each: thousands are joined and sent as one.")
    sort_name = models.TextField(help_text="The name without case and accents.")
    slug = models.CharField(max_length=120, unique=True)
    search = SearchVectorField()
    card = models.TextField()
    document = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["search"], name="search_entry_text"),
            GinIndex(fields=["terms"], name="search_entry_terms"),
            models.Index("sort_name", "component", name="search_entry_by_name"),
            GinIndex(OpClass(F("sort_name"), name="gin_trgm_ops"), name="search_entry_by_part_of_name"),
            models.Index(F("score").desc(), F("component").desc(), name="search_entry_by_score"),
            models.Index(F("used_by").desc(), F("component").desc(), name="search_entry_by_use"),
            models.Index(F("confirmed").desc(nulls_last=True), F("component").desc(), name="search_entry_by_confirmed"),
        ]

    def __str__(self) -> str:
        return self.slug


class SearchWord(models.Model):
    """A word that some entry has, so that a misspelt one can be put right."""

    word = models.TextField(primary_key=True)
    entries = models.IntegerField()

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="search_word_alike")]

    def __str__(self) -> str:
        return self.word
