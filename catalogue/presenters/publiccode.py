"""Components as publiccode.yml, with the bodies that look after them."""

from collections.abc import Sequence

from django.conf import settings

from catalogue.descriptions import NOBODY, Owner, publiccode_text
from catalogue.linked_data.resources import Names
from catalogue.models import Component
from registry.models import Commons, Stewardship


def publiccode_texts(components: Sequence[Component], root: str) -> dict[int, str]:
    """The file of each, by primary key, in two questions beyond those of `for_description`, from which they come.

    `root` is this registry's own address. Without drafts among them: what they are asked for is the caller's to know.
    """
    names, owners = Names(root), owners_of(components, root)
    registry = Commons.objects.first() or Commons()
    return {
        one.pk: publiccode_text(
            one,
            address=str(names.page(one.slug)),
            owner=owners.get(one.pk, NOBODY),
            made_by=registry.title or settings.SERVICE_NAME,
        )
        for one in components
    }


def owners_of(components: Sequence[Component], root: str) -> dict[int, Owner]:
    """The body that answers for the largest share of each."""
    held = Stewardship.objects.current().filter(component__in=components).select_related("organisation")
    names = Names(root)
    return {
        one.component_id: Owner(one.organisation.name, str(names.organisation(one.organisation.slug)))
        for one in held.order_by("share", "-organisation__name")
    }
