"""The first page: four figures, each with what it counts, and where the same thing was built most often."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Component, Function
from catalogue.presenters import words
from commons.formatting import number
from registry.models import STAGES_IN_USE, Commons, Declaration, DeclarationKind, Organisation

FUNCTIONS_SHOWN = 5


def home(on: date) -> dict:
    commons = Commons.objects.first()
    counted = Declaration.objects.current().counting(on)
    components = Component.objects.listed().count()
    bodies = declaring(on)
    return {
        "title": commons.title if commons else "",
        "fiction": commons.fiction() if commons else [],
        "figures": figures(components, bodies, statements(counted)) if components or bodies["all"] else [],
        "copies": copies(counted),
    }


def declaring(on: date) -> dict[str, int]:
    """How many public bodies exist, and how many of them have said anything that still counts."""
    said = Declaration.objects.current().fresh(on).filter(organisation=OuterRef("pk"))
    return Organisation.objects.existing(on).aggregate(all=Count("pk"), declared=Count("pk", filter=Exists(said)))


def statements(counted: QuerySet) -> dict[str, int]:
    return counted.aggregate(
        uses=Count("pk", filter=Q(kind=DeclarationKind.ADOPTION, stage__in=STAGES_IN_USE)),
        systems=Count("pk", filter=Q(kind=DeclarationKind.DUPLICATE)),
    )


def figures(components: int, bodies: dict[str, int], said: dict[str, int]) -> list[dict]:
    """{value, noun, help, href}."""
    return [
        {
            "value": number(components),
            "noun": _("components listed"),
            "help": _("Services, datasets and processes that public bodies can share. Drafts are not counted."),
            "href": reverse("catalogue:component_list"),
        },
        {
            "value": _("%(declared)s of %(all)s")
            % {"declared": number(bodies["declared"]), "all": number(bodies["all"])},
            "noun": _("public bodies have told us something"),
            "help": _("They, or a source of theirs, said in the last three years how they do at least one function."),
            "href": reverse("registry:organisation_list"),
        },
        {
            "value": number(said["uses"]),
            "noun": _("uses of shared components"),
            "help": _("One body that uses one component for one function, on trial or in part included."),
            "href": f"{reverse('catalogue:component_list')}?sort=used_by",
        },
        {
            "value": number(said["systems"]),
            "noun": _("separate systems"),
            "help": _("Systems that a body runs for itself, where others could share one."),
            "href": reverse("catalogue:function_list"),
        },
    ]


def copies(counted: QuerySet) -> list[dict]:
    """The functions with most systems of bodies' own. Functions, never bodies: this is no league table."""
    rows = (
        counted.duplicates()
        .values("function")
        .annotate(systems=Count("pk"), bodies=Count("organisation", distinct=True))
        .order_by("-systems", "function__name")[:FUNCTIONS_SHOWN]
    )
    found = {row["function"]: row for row in rows}
    named = Function.objects.in_bulk(found)
    return [
        {
            "name": named[id].name,
            "slug": named[id].slug,
            "systems": words.own_systems(row["systems"]),
            "bodies": words.bodies(row["bodies"]),
        }
        for id, row in found.items()
    ]
