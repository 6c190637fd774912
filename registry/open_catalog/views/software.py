from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from catalogue.describing import hold_back_others
from catalogue.models import Component
from registry.actions.components import current_stewards
from registry.actions.software import (
    Wanted,
    analyse_software,
    create_software,
    delete_software,
    update_software,
)
from registry.models import Catalog, Publisher
from registry.models.open_catalog.software import ACTIVE
from registry.open_catalog import validation
from registry.open_catalog.answers import Problem, nothing, private, public
from registry.open_catalog.bodies import object_of
from registry.open_catalog.changes import changed
from registry.open_catalog.paging import flag, page
from registry.open_catalog.representations.software import (
    address_of,
    page_of,
    related_links,
    said_of,
    software_documents,
    software_presenter,
    software_rows,
)
from registry.open_catalog.resource import Resource, catalog_of, uuid_of
from registry.permissions import may_add_software, may_write_component

IN_ROOT = Q(software=None) | Q(software__catalog=None)
LARGEST_ANALYSIS = 200_000  # characters of JSON, of all namespaces together


class SoftwareList(Resource):
    noun = "Software"

    def get(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        rows = software_rows()
        if id:
            rows = rows.filter(software__catalog=catalog) if (catalog := catalog_of(id)) else rows.filter(IN_ROOT)
        if not flag(request.GET, "all"):
            rows = rows.filter(ACTIVE)
        root = request.build_absolute_uri("/")
        if address := request.GET.get("url"):
            rows = rows.filter(pk__in=at(address, root).values("pk"))
        present = software_presenter(root, with_users=flag(request.GET, "usedBy"))
        return public(request, page(rows, request.GET, present))

    def post(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        catalog = catalog_of(id) if id else None
        self.need(may_add_software(self.actor, publishers_of(catalog)))
        document = object_of(request)
        validation.software(document)
        made = create_software(wanted=wanted_of(document), catalog=catalog, by=self.actor)
        response = shown(request, made)
        if links := related_links(made, request.build_absolute_uri("/")):
            response["Link"] = links
        return response


class OneSoftware(Resource):
    noun = "Software"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        root = request.build_absolute_uri("/")
        documents = software_documents([component_of(id)], root, with_users=flag(request.GET, "usedBy"))
        return public(request, documents[0])

    def patch(self, request: HttpRequest, id: str, catalog_id: str = "") -> HttpResponseBase:
        hold_back_others()  # before the component is locked: whoever harvests does it in this order too
        component = component_of(id, change=True)
        if catalog_id and said_of(component).catalog != catalog_of(catalog_id):
            raise Http404("Software was not found")
        self.need(may_write_component(self.actor, current_stewards(component)))
        before = patchable(request, component)
        after = with_times(before, changed(request, before, [*validation.SOFTWARE, "analysis"]))
        validation.patched_software(after)
        fit_analysis(after)
        shown_as = address_of(component, request.build_absolute_uri("/"))
        hidden = [one.address for one in component.aliases.all() if not validation.is_address(one.address)]
        update_software(
            component=component,
            wanted=wanted_of(after, shown_as=shown_as, has=component.repository, hidden=hidden),
            publiccode_changed=after["publiccodeYml"] != before["publiccodeYml"],
            by=self.actor,
        )
        return shown(request, component)

    def delete(self, request: HttpRequest, id: str) -> HttpResponseBase:
        component = component_of(id, change=True)
        self.need(may_write_component(self.actor, current_stewards(component)))
        delete_software(component=component, by=self.actor)
        return nothing()


class Analysis(Resource):
    noun = "Software analysis"

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        return public(request, said_of(component_of(id)).analysis)

    def patch(self, request: HttpRequest, id: str) -> HttpResponseBase:
        component = component_of(id, change=True)
        self.need(may_write_component(self.actor, current_stewards(component)))
        document = object_of(request)
        validation.analysis(document)
        analysis = timed(said_of(component).analysis, document)
        fit_analysis({"analysis": analysis})
        analyse_software(component=component, analysis=analysis, by=self.actor)
        return private(analysis)


def timed(kept: Mapping[str, Any], sent: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """What is kept with what was sent in its place. A namespace has the time `t` at which it last became another."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = {} if whole else dict(kept)
    for namespace, said in sent.items():
        plain = {key: value for key, value in said.items() if key != "t"}
        known = kept.get(namespace, {})
        same = plain == {key: value for key, value in known.items() if key != "t"}
        made[namespace] = known if same else plain | {"t": now}
    return made


def fit_analysis(document: Mapping[str, Any]) -> None:
    if len(str(document.get("analysis", ""))) > LARGEST_ANALYSIS:
        raise Problem(422, f"the analysis of one software is larger than {LARGEST_ANALYSIS:,} characters")


def component_of(id: str, *, change: bool = False) -> Component:
    """The software with this id; nobody else can `change` it meanwhile. Raises Http404."""
    uuid = uuid_of(id)
    if uuid and change:
        Component.objects.select_for_update().filter(uuid=uuid).first()
    found = software_rows().filter(uuid=uuid).first() if uuid else None
    if found is None:
        raise Http404("Software was not found")
    return found


def shown(request: HttpRequest, component: Component) -> HttpResponseBase:
    """As it is now, after a write."""
    again = software_rows().get(pk=component.pk)
    return private(software_documents([again], request.build_absolute_uri("/"))[0])


def at(address: str, root: str) -> QuerySet[Component]:
    """Those that are shown with this address, or with an alias of it, in any spelling."""
    if "\x00" in address:
        return Component.objects.none()
    found = Component.objects.at_repository(address).values("pk")
    without = Component.objects.filter(repository="", url=address).exclude(url="").values("pk")
    page = page_of(Component(slug=""), root).rstrip("/") + "/"
    slug = address.removeprefix(page).rstrip("/") if address.startswith(page) else ""
    named = Component.objects.filter(slug=slug or None, repository="", url="").values("pk")
    return Component.objects.filter(pk__in=found.union(without, named))


def publishers_of(catalog: Catalog | None) -> list[int] | None:
    """The bodies that publish in a catalogue; None for the root."""
    if catalog is None:
        return None
    return list(Publisher.objects.filter(catalog=catalog).values_list("organisation_id", flat=True))


def wanted_of(document: Mapping[str, Any], shown_as: str = "", has: str = "", hidden: Sequence[str] = ()) -> Wanted:
    """`shown_as` stands instead of a repository where the component `has` none: to send it back says nothing.
    `hidden` are aliases that cannot be shown, and so stay."""
    url = document["url"].strip()
    return Wanted(
        url=has if url == shown_as else url,
        publiccode=document["publiccodeYml"],
        aliases=list(dict.fromkeys([*(document.get("aliases") or []), *hidden])),
        active=document.get("active") is not False,
        vitality=document.get("vitality") or "",
        analysis=document.get("analysis") or {},
    )


def patchable(request: HttpRequest, component: Component) -> dict[str, Any]:
    [document] = software_documents([component], request.build_absolute_uri("/"))
    return {"aliases": [], "vitality": None, **document, "analysis": said_of(component).analysis}


def with_times(before: Mapping[str, Any], after: Any) -> Any:
    """An analysis that came with a patch gets its times as one that came alone does."""
    if not isinstance(after, dict) or after.get("analysis") == before["analysis"]:
        return after
    sent = {} if after.get("analysis") is None else after["analysis"]
    validation.analysis(sent)
    return after | {"analysis": timed(before["analysis"], sent, whole=True)}
