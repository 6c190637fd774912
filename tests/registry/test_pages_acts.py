"""What an account or a token was used for: for who may see it, and kept nowhere on the way."""

import csv

import pytest

from registry.actions.tokens import issue_token
from registry.models import Act, Role, Scope
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.workspace.conftest import body, come  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


def test_own_acts_are_listed_newest_first_and_nobody_elses(client, django_assert_max_num_queries):
    person = factories.person()
    for act in (Act.DECLARE, Act.CONFIRM):
        factories.event(act=act, by=person)
    factories.event(act=Act.UNDO, by=factories.person())
    client.force_login(person)
    with django_assert_max_num_queries(8):
        page = client.get("/account/history/").content.decode()
    assert "2 acts" in page
    assert page.index("<strong>Confirmed what stands") < page.index("<strong>Declared")
    assert "<strong>Took an act back" not in page


def test_account_without_acts_reads_well(client):
    client.force_login(factories.person())
    assert "0 acts" in client.get("/account/history/").content.decode()


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "ods"])
def test_files_of_own_acts_are_not_stored(client, form):
    person = factories.person()
    factories.event(act=Act.DECLARE, by=person)
    client.force_login(person)
    response = client.get(f"/account/history/?format={form}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "s-maxage" not in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response
    content = b"".join(response.streaming_content)
    if form == "csv":
        assert [row["act"] for row in csv.DictReader(content.decode().splitlines())] == ["declare"]


def test_acts_of_a_token_are_for_its_team(come, client, body):  # noqa: F811
    given = issue_token(organisation=body, name="Crawler", scopes=[Scope.CATALOGUE_WRITE], by=COMMAND_LINE)
    factories.event(act=Act.CREATE_SOFTWARE, token=given.token)
    address = f"/workspace/{body.slug}/tokens/{given.token.pk}/history/"
    assert "Added software" in come(Role.READER).get(address).content.decode()
    other = factories.organisation(slug="other")
    assert come(Role.OWNER, organisation=other).get(address).status_code == 404
    assert client.get(f"/workspace/other/tokens/{given.token.pk}/history/").status_code == 404
