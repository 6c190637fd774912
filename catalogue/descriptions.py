"""What the catalogue holds of a component, in the words that all formats share, and as a publiccode.yml.

Nothing here asks the database for a component that `Component.objects.for_description()` gave. Who looks after it is a
declaration and comes from the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from catalogue.models import Component, Lifecycle, Profile, RelationKind
from catalogue.readers import Column, ComponentDescription, Contact, Operation, publiccode
from commons.kept import Kept

FORMAT = "registry"
MADE: Kept[str] = Kept(2_000)  # by what it is made of: to write one takes 6 ms
VALID: Kept[bool] = Kept(5_000)  # by a text's digest: to check one again takes some milliseconds


@dataclass(frozen=True)
class Owner:
    """The body that looks after a component; `identifier` is a URI of it."""

    name: str = ""
    identifier: str = ""


NOBODY = Owner()


def described(component: Component, owner: Owner = NOBODY, used_by: Sequence[str] = ()) -> ComponentDescription:
    profile = getattr(component, "profile", None) or Profile()
    return ComponentDescription(
        format=FORMAT,
        kind=component.kind,
        identifier=component.slug,
        name=component.name,
        summary=component.summary,
        description=component.description,
        url=component.url,
        repository=component.repository,
        documentation=component.documentation,
        api_description=profile.api_description_url,
        licence=component.licence,
        lifecycle=component.lifecycle,
        version=profile.version,
        released_on=profile.released_on,
        owner=owner.name,
        owner_identifier=owner.identifier,
        contacts=contacts(profile),
        languages=profile.languages,
        keywords=profile.keywords,
        standards=[one.address or one.name for one in component.standards.all()],
        based_on=[one.repository or one.url or one.name for one in related(component, RelationKind.BASED_ON)],
        depends_on=[one.name for one in related(component, RelationKind.REQUIRES)],
        used_by=used_by,
        operations=[Operation(method=o.method, path=o.path, summary=o.summary) for o in component.operations.all()],
        columns=[Column(name=c.name, type=c.type, description=c.description) for c in component.columns.all()],
    )


def contacts(profile: Profile) -> list[Contact]:
    one = Contact(name=profile.contact_name, email=profile.contact_email, url=profile.contact_url)
    return [one] if one != Contact() else []


def related(component: Component, kind: str) -> list[Component]:
    """The listed components to which it stands so."""
    others = [relation.other for relation in component.relations.all() if relation.relation == kind]
    listed = [other for other in others if other.lifecycle != Lifecycle.DRAFT]
    return sorted(listed, key=lambda other: (other.name, other.slug))


def publiccode_text(
    component: Component, *, address: str, owner: Owner = NOBODY, used_by: Sequence[str] = (), made_by: str = ""
) -> str:
    """The component's own file as it was read, where that is valid; else one that is made, and says so.

    `address` is that of the component's page, on the web; `made_by` the registry's name.
    """
    for file in component.publiccode_files:
        if is_valid(file.text):
            return file.text
    features = [function.name for function in component.functions.all()]
    said = described(component, owner, used_by)
    key = sha256(repr((said, address, features, made_by)).encode()).digest()
    make = partial(publiccode.write_complete, said, address=address, features=features, made_by=made_by)
    return MADE.get("today", key, make)


def is_valid(text: str) -> bool:
    """By today's rules: a file that is kept was valid by those of the day on which it was read."""
    return VALID.get("today", sha256(text.encode()).digest(), lambda: publiccode.read(text).is_valid)
