"""GET /v1/software: what is shown, page by page, of every component that is no draft."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalogue.models import Description, RepositoryAlias
from catalogue.readers import publiccode
from registry.models import Catalog, Identifier, Software
from tests import factories

pytestmark = pytest.mark.django_db
REPOSITORY = "https://example.org/body/bins.git"


def urls(response) -> list[str]:
    return [one["url"] for one in response.json()["data"]]


def test_component_is_software_with_a_valid_publiccode(api):
    component = factories.component(name="Bins", repository=REPOSITORY)
    factories.stewardship(component=component, organisation=factories.organisation(name="Wickford"))
    [found] = api.get("/software").json()["data"]
    assert (found["id"], found["url"], found["active"]) == (str(component.uuid), REPOSITORY, True)
    assert publiccode.read(found["publiccodeYml"]).is_valid
    assert "Wickford" in found["publiccodeYml"]
    assert api.get(f"/software/{component.uuid}").json() == found


def test_kept_file_comes_back_to_the_letter(api):
    component = factories.component(repository=REPOSITORY)
    text = "name: as it was handed in\n"
    Description.objects.create(component=component, format=publiccode.FORMAT, text=text, read_at=timezone.now())
    assert api.get(f"/software/{component.uuid}").json()["publiccodeYml"] == text


def test_component_without_a_repository_has_an_address_all_the_same(api):
    on_the_web = factories.component(url="https://bins.example.org/")
    nowhere = factories.component()
    found = {one["id"]: one["url"] for one in api.get("/software").json()["data"]}
    assert found[str(on_the_web.uuid)] == "https://bins.example.org/"
    assert found[str(nowhere.uuid)] == f"http://testserver/components/{nowhere.slug}/"
    for id, url in found.items():
        [again] = api.get(f"/software?url={url}").json()["data"]
        assert again["id"] == id


def test_drafts_and_withdrawn_are_nowhere(api):
    draft = factories.component(lifecycle="draft", repository=REPOSITORY)
    withdrawn = factories.component(repository="https://example.org/body/gone")
    Software.objects.create(component=withdrawn, withdrawn_at=timezone.now())
    assert api.get("/software?all=true").json() == {"data": [], "links": {"prev": None, "next": None}}
    for component in (draft, withdrawn):
        for path in ("", "/analysis", "/logs"):
            assert api.get(f"/software/{component.uuid}{path}").status_code == 404
        assert api.get(f"/software?all=true&url={component.repository}").json()["data"] == []


def test_inactive_is_shown_to_whoever_asks_for_all(api):
    component = factories.component(repository=REPOSITORY)
    Software.objects.create(component=component, active=False)
    assert urls(api.get("/software")) == []
    assert urls(api.get("/software?all=true")) == [REPOSITORY]
    assert api.get(f"/software/{component.uuid}").json()["active"] is False


@pytest.mark.parametrize(
    "spelling",
    [REPOSITORY, "https://www.example.org/Body/bins/", "git@example.org:body/bins.git", "https://example.org/old/bins"],
)
def test_url_finds_every_spelling_and_alias(api, spelling):
    component = factories.component(repository=REPOSITORY)
    factories.component(repository="https://example.org/body/other")
    RepositoryAlias.objects.create(component=component, address="https://example.org/old/bins.git")
    found = api.get(f"/software?url={spelling}").json()["data"]
    assert [one["id"] for one in found] == [str(component.uuid)]
    assert found[0]["aliases"] == ["https://example.org/old/bins.git"]


def test_walk_to_the_last_cursor_and_back(api):
    made = [str(factories.component().uuid) for _ in range(7)]  # all at one moment: the id decides
    there, back = [], []
    link = ""
    while link is not None:
        page = api.get(f"/software?page[size]=3{link.replace('?', '&')}").json()
        there.append([one["id"] for one in page["data"]])
        link = page["links"]["next"]
        last = page
    link = last["links"]["prev"]
    while link is not None:
        page = api.get(f"/software?page[size]=3{link.replace('?', '&')}").json()
        back.append([one["id"] for one in page["data"]])
        link = page["links"]["prev"]
    assert [len(ids) for ids in there] == [3, 3, 1]
    assert sorted(id for page in there for id in page) == sorted(made)
    assert back == [there[1], there[0]]


def test_cursor_is_understood_bare_and_as_a_whole_link(api):
    for _ in range(3):
        factories.component()
    link = api.get("/software?page[size]=1").json()["links"]["next"]
    bare = link.removeprefix("?page[after]=")
    pages = [
        api.get(f"/software{link}&page[size]=1").json(),
        api.get(f"/software?page[size]=1&page%5Bafter%5D={bare}").json(),
        api.get(f"/software?page[size]=1&page%5Bafter%5D=%3Fpage%5Bafter%5D%3D{bare}").json(),
    ]
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize(
    "query",
    [
        "page[after]=nonsense", "page[before]=W10=", "page[after]=WyJhIiwiYiJd", "page[size]=0", "page[size]=101",
        "page[size]=x", "page[size]=-1", "from=yesterday", "to=2026-02-30T00:00:00Z", "from=2026-01-01T00:00:00",
        "all=perhaps", "page[after]=%00",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(api, query):
    response = api.get(f"/software?{query}")
    assert response.status_code == 422
    assert response.json()["title"] == "can't get Software"
    assert response.json()["detail"]


def test_unknown_parameters_are_passed_over(api):
    assert api.get("/software?utm=1").status_code == 200


def test_from_and_to_bound_the_time_of_creation(api):
    component = factories.component()
    component.refresh_from_db()
    now = component.created_at
    before, after = ((now + timedelta(seconds=s)).strftime("%Y-%m-%dT%H:%M:%SZ") for s in (-5, 5))
    assert len(api.get(f"/software?from={before}&to={after}").json()["data"]) == 1
    assert api.get(f"/software?from={after}").json()["data"] == []
    assert api.get(f"/software?to={before}").json()["data"] == []


@pytest.mark.parametrize("id", ["x", "00000000-0000-4000-8000-000000000000", "{0}", "%00"])
def test_unknown_software_is_not_found(api, id):
    response = api.get(f"/software/{id}")
    assert response.status_code == 404
    assert response.json() == {"title": "can't get Software", "detail": "Software was not found", "status": 404}


def test_who_has_a_page_already_is_not_sent_it_again(api):
    factories.component()
    first = api.get("/software")
    assert "max-age" in first.headers["Cache-Control"]
    again = api.client.get("/v1/software", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_queries_do_not_grow_with_the_page(api, django_assert_max_num_queries):
    for number in range(12):
        component = factories.component(
            repository=f"https://example.org/body/{number}", functions=[factories.function()]
        )
        factories.stewardship(component=component)
        factories.adoption(component=component, confirmed=timezone.localdate())
    with django_assert_max_num_queries(11):
        api.client.get("/v1/software?page[size]=3")
    with django_assert_max_num_queries(13):
        assert len(api.client.get("/v1/software?usedBy=true").json()["data"]) == 12


class TestUsedBy:
    """Our extension, on request alone: the contract allows no other members."""

    def test_is_absent_unless_asked_for(self, api):
        factories.adoption(component=factories.component(), confirmed=timezone.localdate())
        assert "usedBy" not in api.get("/software").json()["data"][0]

    def test_names_bodies_with_identifiers_stage_date_and_evidence(self, api):
        today, component = timezone.localdate(), factories.component()
        body = factories.organisation(name="Adur", slug="adur")
        Identifier.objects.create(organisation=body, scheme="gss", code="E07000223")
        said = {"component": component, "organisation": body, "confirmed": today}
        factories.adoption(**said, stage="pilot", evidence="E1", since=date(2024, 1, 1))
        factories.adoption(**said, stage="live", evidence="E2", since=date(2025, 1, 1))
        found = api.client.get(f"/v1/software/{component.uuid}?usedBy=true").json()
        assert found["usedByTotal"] == 1
        assert found["usedBy"] == [
            {
                "name": "Adur",
                "uri": "http://statistics.data.gov.uk/id/statistical-geography/E07000223",
                "identifiers": ["gss:E07000223"],
                "stage": "live",
                "since": "2024-01-01",
                "confirmed": today.isoformat(),
                "evidence": "E2",
            }
        ]

    def test_body_without_a_code_is_named_by_its_page(self, api):
        said = factories.adoption(confirmed=timezone.localdate())
        found = api.client.get(f"/v1/software/{said.component.uuid}?usedBy=true").json()
        assert found["usedBy"][0]["uri"] == f"http://testserver/organisations/{said.organisation.slug}/"

    def test_leaves_out_what_is_no_present_use(self, api):
        component, today = factories.component(), timezone.localdate()
        for wrong in (
            {"stage": "retired"},
            {"stage": "planned"},
            {"confirmed": today - timedelta(days=1096)},
            {"confirmed": None},
            {"superseded_in": factories.event()},
        ):
            factories.adoption(**{"component": component, "confirmed": today} | wrong)
        found = api.client.get(f"/v1/software/{component.uuid}?usedBy=true").json()
        assert (found["usedBy"], found["usedByTotal"]) == ([], 0)


def test_kept_rows_of_other_catalogues_are_not_in_the_root(api, operator):
    made = operator.post("/catalogs", {"name": "Other", "sources": [{"url": "https://example.org/"}]}).json()
    inside, outside = factories.component(), factories.component()
    Software.objects.create(component=inside, catalog=Catalog.objects.get())
    ids = {
        name: [one["id"] for one in api.get(f"/catalogs/{name}/software").json()["data"]]
        for name in (made["id"], "%E2%88%85")
    }
    assert ids == {made["id"]: [str(inside.uuid)], "%E2%88%85": [str(outside.uuid)]}
    assert len(api.get("/software").json()["data"]) == 2
