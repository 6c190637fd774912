"""What is recorded of a component, in the form in which a description states it."""

from catalogue.describing.fields import OF_COMPONENT, OF_PROFILE, Values
from catalogue.models import Component, Profile


def recorded(component: Component) -> Values:
    """Every field of `FIELDS`."""
    profile = Profile.objects.filter(component=component).first() or Profile(component=component)
    return {
        **{name: getattr(component, name) for name in OF_COMPONENT},
        **{name: plain(getattr(profile, name)) for name in OF_PROFILE},
        "standards": sorted(component.standards.values_list("slug", flat=True)),
        "operations": sorted(map(list, component.operations.values_list("method", "path", "summary"))),
        "columns": list(map(list, component.columns.order_by("number").values_list("name", "type", "description"))),
    }


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
