from collections.abc import Iterable, Mapping

from catalogue.models import ComponentKind, Function, Hosting, Lifecycle, PeerGroup, Price, SearchFacet, SearchTerm
from catalogue.search.facets import GONE, NOT_STATED
from catalogue.search.options import NOT_STATED_LABEL
from catalogue.search.selection import ComponentSelection
from commons.listing import Choices, Column, Filter, Fixed, Listing, ParameterError, Rows, Sort

# The clock of the index: full weight to 365 days, none after 1,095 (method 1.8).
FRESHNESS = {
    "confirmed": "Confirmed in the last 12 months",
    "ageing": "Confirmed 1 to 3 years ago",
    "expired": "Confirmed more than 3 years ago",
    "never": "Not confirmed yet",
}
SOURCES = {GONE: "Has had errors for 90 days"}
LIFECYCLES = [choice for choice in Lifecycle.choices if choice[0] != Lifecycle.DRAFT]


class OrNotStated:
    """The values of other choices, and that there is none."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        asked = list(values)
        blank = {NOT_STATED: NOT_STATED_LABEL} if NOT_STATED in asked else {}
        return self.choices.labels([value for value in asked if value != NOT_STATED]) | blank

    def every(self) -> list[str]:
        return [*self.choices.every(), NOT_STATED]


def fixed(choices: Iterable[tuple[str, str]]) -> Fixed:
    return Fixed([*choices, (NOT_STATED, NOT_STATED_LABEL)])


def terms(facet: SearchFacet) -> Rows:
    return Rows(SearchTerm.objects.filter(facet=facet).exclude(value=""), "value", "label")


class ComponentListing(Listing):
    """Components by what they do, who looks after them and who may use them. Drafts are not in it."""

    name = "components"
    selection_class = ComponentSelection
    further = {"why": "Why a text found the component, in words: “matches name; used by 37”."}
    columns = (
        Column("slug", "Component code"),
        Column("name", "Component"),
        Column("kind", "Kind", kind="choice", choices=dict(ComponentKind.choices)),
        Column("summary", "What it is for"),
        Column("functions", "Functions", kind="refs"),
        Column("stewards", "Looked after by", kind="refs"),
        Column("licence", "Licence"),
        Column("lifecycle", "Stage of life", kind="choice", choices=dict(LIFECYCLES)),
        Column("available_to", "Made for", "Empty: for every kind of body.", kind="refs"),
        Column("used_by", "Used by", "Bodies that say they use it, and confirmed it in three years.", kind="number"),
        Column("last_confirmed", "Last confirmed", kind="date", status=True),
        Column("url", "Address"),
    )
    filters = (
        Filter("q", "Search components", kind="text", many=False),
        Filter("exact", "Only the words as typed", kind="flag", help="No synonyms, no corrections."),
        Filter("kind", "Kind", choices=Fixed(ComponentKind.choices)),
        Filter("function", "Function", help="With everything below it.", choices=Rows(Function.objects.all()), top=20),
        Filter("lifecycle", "Stage of life", choices=fixed(LIFECYCLES)),
        Filter("licence", "Licence", choices=OrNotStated(terms(SearchFacet.LICENCE)), top=20),
        Filter("standard", "Standard", choices=OrNotStated(terms(SearchFacet.STANDARD)), top=20),
        Filter("hosting", "Hosting", choices=fixed(Hosting.choices)),
        Filter("price", "Price", choices=fixed(Price.choices)),
        Filter("steward", "Looked after by", choices=terms(SearchFacet.STEWARD), top=20),
        Filter(
            "steward_type",
            "Kind of body that looks after it",
            choices=OrNotStated(terms(SearchFacet.STEWARD_TYPE)),
            top=20,
        ),
        Filter("peer_group", "Made for", choices=Rows(PeerGroup.objects.all(), label="label"), top=20),
        Filter(
            "adopter_group",
            "Used by bodies like",
            help="Peer groups of bodies that say they use it, and confirmed it in three years.",
            choices=Rows(PeerGroup.objects.all(), label="label"),
            top=20,
        ),
        Filter("freshness", "Last confirmed", choices=Fixed(FRESHNESS)),
        Filter("source", "Its source", help="Left out where it is not asked for.", choices=Fixed(SOURCES)),
    )
    sorts = (
        Sort("relevance", "Best match", ("-score",)),
        Sort("used_by", "Most used", ("-used_by",)),
        Sort("confirmed", "Recently confirmed", ("-confirmed",)),
        Sort("name", "A to Z", ("sort_name",)),
    )
    default_sort = "relevance"

    def read_sort(self, params, values: Mapping):
        sort, backwards, errors = super().read_sort(params, values)
        if backwards and sort.name == "relevance":
            errors = [ParameterError("sort", "unknown_value", "The best match comes first: use “relevance”.")]
        return sort, backwards, errors
