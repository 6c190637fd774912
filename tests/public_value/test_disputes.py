"""A function that its body disputes: what it adds is on no face until that is settled, and the score stays (AG-17)."""

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError
from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from public_value.actions import (
    comment_on_edition,
    compute_edition,
    correct_edition,
    open_reply,
    publish_edition,
    settle_dispute,
)
from public_value.models import Benchmark, Edition, EditionComment, PeerGroupNorm, Score, ScoreLine, Settlement
from public_value.recompute.main import check_bundle, main
from registry.models import Account, Act, Event, Person
from tests import factories
from tests.constraints import refused_by
from tests.public_value.published import published
from tests.public_value.test_bundle import unpacked
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import words
from tests.public_value.test_publication import DAY, TODAY, events, printed
from tests.public_value.test_recompute import sealed

pytestmark = pytest.mark.django_db

NOTE = "The panel looked: the cost is right."
AMOUNTS = ("case_cost", "case_shared_cost")
AMOUNTS += tuple(f"case_{what}_{name}" for what in ("annual", "npv") for name in ("low", "central", "high"))


@pytest.fixture
def two(world) -> SimpleNamespace:  # noqa: F811
    """A body with a score, and two functions: half shared and half its own each, where sharing would save."""
    world.other = factories.function(evolution="commodity")
    Benchmark.objects.create(
        peer_group=world.group, function=world.other, ref_cost_per_driver=3, ref_volume_per_driver=2
    )
    world.shared.functions.add(world.other)
    world.shared.price_per_transaction = "0.1"
    world.shared.save()
    for function, cost in ((world.function, 1_357), (world.other, 2_468)):
        adopt(world, function=function, coverage=0.5, evidence="E2")
        duplicate(world, function=function, coverage=0.4, annual_cost=cost, evidence="E2", system=f"Own {cost}")
    Account.objects.create(organisation=world.body, financial_year="2025-26", frontline=60, administrative=40)
    PeerGroupNorm.objects.create(peer_group=world.group, f_lo=0.5, f_hi=0.7, f_median_share=0.6)
    return world


def opened(draws: int = 20) -> Edition:
    return open_reply(edition=compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=draws), until=TODAY)


def dispute(edition: Edition, body: SimpleNamespace, function="own") -> EditionComment:
    function = body.function if function == "own" else function
    return comment_on_edition(
        edition=edition, organisation=body.body, function=function, text="Wrong.", disputed=True, by=None
    )


@pytest.fixture
def disputed(two) -> SimpleNamespace:
    two.edition = opened()
    two.dispute = dispute(two.edition, two)
    two.own, two.kept = (ScoreLine.objects.get(declaration__system=f"Own {cost}") for cost in (1_357, 2_468))
    two.address, two.api = f"/public-value/2026Q3/{two.body.slug}/", f"/api/v1/editions/2026Q3/scores/{two.body.slug}"
    return two


def page(client, address: str) -> str:
    return words(client.get(address).content.decode())


def lines_by_function(client, disputed) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for line in client.get(disputed.api).json()["lines"]:
        found.setdefault(line["function"]["slug"], []).append(line)
    return found


# The score's page, its files and the API


def test_score_stays_with_its_parts_and_the_lines_of_the_function_lose_their_points(disputed, client) -> None:
    score = Score.objects.get(organisation=disputed.body)
    said = page(client, disputed.address)
    assert score.published_as == "score"
    assert said.count("Paused: the body disputes it.") == 2
    assert "Paused: disputed functions What they add is in the parts above" in said
    assert f"Sum {score.pvi:.2f}" in said
    html = client.get(disputed.address).content.decode()
    shown = [line for line in html.splitlines() if 'colspan="4"' not in line and "Old" not in line]
    assert f"{disputed.own.points_N:.2f}" not in " ".join(shown)
    assert f"{disputed.kept.points_N:.2f}" in html


def test_paused_lines_are_not_among_those_that_count_most(disputed, client) -> None:
    html = client.get(disputed.address).content.decode()
    most = html[html.index('id="most"') : html.index('id="among-peers"')]
    assert disputed.other.name in most
    assert disputed.function.name not in most


def test_saving_of_a_paused_system_is_not_said_and_that_of_the_whole_is(disputed, client) -> None:
    html = client.get(disputed.address).content.decode()
    cases = html[html.index('id="saving-cases"') : html.index('id="not-counted"')]
    assert "Own 2468" in cases
    assert "Own 1357" not in cases
    assert "Paused: 1. The body disputes them" in html
    assert client.get(disputed.api).json()["savings"]["central"]["annual"] > disputed.kept.case_annual_central


def test_api_and_files_have_no_points_and_no_amounts_of_what_is_paused(disputed, client) -> None:
    found = lines_by_function(client, disputed)
    for line in found[disputed.function.slug]:
        assert (line["paused"], line["disputed"]) == (True, True)
        assert {line[name] for name in (*"SNO", *AMOUNTS)} == {None}
    assert {line["paused"] for line in found[disputed.other.slug]} == {False}
    assert all(line["N"] is not None for line in found[disputed.other.slug])
    answer = client.get(f"{disputed.address}?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    own = [row for row in rows if row["function"] == disputed.function.slug]
    assert len(own) == 2
    assert {row[name] for row in own for name in (*"SNO", *AMOUNTS)} == {""}


def test_dispute_of_the_whole_pauses_nothing(two, client) -> None:
    dispute(opened(), two, function=None)
    found = client.get(f"/api/v1/editions/2026Q3/scores/{two.body.slug}").json()
    assert {line["paused"] for line in found["lines"]} == {False}
    assert "Paused" not in page(client, f"/public-value/2026Q3/{two.body.slug}/")


def test_comment_that_disputes_nothing_pauses_nothing(two, client) -> None:
    comment_on_edition(edition=opened(), organisation=two.body, function=two.function, text="Well.", by=None)
    found = client.get(f"/api/v1/editions/2026Q3/scores/{two.body.slug}").json()
    assert {line["paused"] for line in found["lines"]} == {False}


def test_pages_with_a_dispute_ask_few_questions(disputed, client, django_assert_max_num_queries) -> None:
    pages = ("", "what-if/")
    addresses = [f"{disputed.address}{path}" for path in pages] + [disputed.api]
    addresses += [f"/public-value/2026Q3/components/{disputed.shared.slug}/"]
    addresses += [f"/public-value/2026Q3/functions/{disputed.function.slug}/"]
    for address in addresses:
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


# What sharing would bring


def test_function_adds_up_what_nobody_disputes(disputed, client) -> None:
    neighbour = factories.organisation(peer_group=disputed.group, driver=1000)
    duplicate(disputed, organisation=neighbour, coverage=1, annual_cost=98_765, evidence="E2")
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    said = page(client, f"/public-value/2026Q3/functions/{disputed.function.slug}/")
    assert "Own systems that count in this edition: 2, in bodies: 2." in said
    assert "and in no figure below but the ends of contracts: 1." in said
    assert "Stated cost of 1 of them: £98,765 a year." in said
    assert "With a saving in the central scenario: 1." in said


def test_component_names_what_is_paused_in_place_of_its_worth(disputed, client) -> None:
    address = f"/public-value/2026Q3/components/{disputed.shared.slug}/"
    said = page(client, address)
    assert f"Paused, because the body disputes it: {disputed.function.name}." in said
    assert f"For {disputed.other.name}." in said
    dispute(disputed.edition, disputed, disputed.other)
    said = page(client, address)
    assert disputed.body.name in said
    assert "Its score:" not in said
    assert "Saves" not in said


def test_nothing_is_supposed_of_what_is_paused(disputed, client) -> None:
    own = disputed.own.declaration_id
    asked = (f"retire={own}", f"evidence={own}:E3", f"adopt={disputed.function.slug}:{disputed.shared.slug}")
    for query in asked:
        for address in (f"{disputed.address}what-if/", f"{disputed.api}/what-if"):
            answer = client.get(f"{address}?{query}")
            assert answer.status_code == 400
            assert "Nothing is supposed of it until that is settled." in answer.content.decode()
    form = client.get(f"{disputed.address}what-if/").content.decode()
    assert "Paused: the body disputes it." in form
    assert f'id="r{own}"' not in form
    assert f'id="r{disputed.kept.declaration_id}"' in form
    assert client.get(f"{disputed.api}/what-if?retire={disputed.kept.declaration_id}").status_code == 200


# How it ends


def test_settled_dispute_shows_everything_again_with_its_note(disputed, client) -> None:
    person = Person.objects.create(email="a@b.example")
    settlement = settle_dispute(dispute=disputed.dispute, note=f" {NOTE} ", by=person)
    assert (settlement.note, settlement.by) == (NOTE, person)
    found = client.get(disputed.api).json()
    assert found["comments"][0]["settlement"] == {"note": NOTE, "at": TODAY.isoformat()}
    line = next(line for line in found["lines"] if line["system"] == "Own 1357")
    assert (line["disputed"], line["paused"]) == (True, False)
    assert line["N"] == pytest.approx(disputed.own.points_N, abs=1e-4)
    assert line["case_annual_central"] is not None
    said = page(client, disputed.address)
    assert NOTE in said
    assert "it was settled: see what the body says." in said
    assert "Paused" not in said
    (event,) = events(Act.SETTLE_DISPUTE)
    assert (event["organisation"], event["function"]) == (disputed.body.slug, disputed.function.slug)
    assert (event["comment"], event["note"]) == (disputed.dispute.pk, NOTE)


def test_function_is_paused_until_the_last_dispute_of_it_is_settled(disputed, client) -> None:
    second = dispute(disputed.edition, disputed)
    settle_dispute(dispute=disputed.dispute, note=NOTE)
    assert {line["paused"] for line in lines_by_function(client, disputed)[disputed.function.slug]} == {True}
    settle_dispute(dispute=second, note=NOTE)
    assert {line["paused"] for line in lines_by_function(client, disputed)[disputed.function.slug]} == {False}


def test_only_a_dispute_is_settled_once_and_with_a_note(disputed) -> None:
    said = comment_on_edition(edition=disputed.edition, organisation=disputed.body, text="Well.", by=None)
    with pytest.raises(Refused, match="disputes nothing"):
        settle_dispute(dispute=said, note=NOTE)
    for note in (" ", "x" * 5_001):
        with pytest.raises(Refused, match="Write a note of at most 5,000 characters"):
            settle_dispute(dispute=disputed.dispute, note=note)
    settle_dispute(dispute=disputed.dispute, note=NOTE)
    with pytest.raises(Refused, match="settled already"):
        settle_dispute(dispute=disputed.dispute, note=NOTE)


def test_settlement_is_one_and_never_changed_or_deleted(disputed) -> None:
    settle_dispute(dispute=disputed.dispute, note=NOTE)
    for change in (lambda: Settlement.objects.update(note="y"), lambda: Settlement.objects.all().delete()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
    with refused_by("dispute_id"), transaction.atomic():
        Settlement.objects.create(dispute=disputed.dispute, note="Again.")
    with refused_by("settlement_says_something"), transaction.atomic():
        Settlement.objects.create(dispute=dispute(disputed.edition, disputed), note="")


def test_edition_that_is_computed_again_keeps_what_is_paused(disputed, client) -> None:
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert {line["paused"] for line in lines_by_function(client, disputed)[disputed.function.slug]} == {True}


# The open data


def test_open_data_say_what_was_paused_and_can_be_recomputed(disputed, tmp_path: Path) -> None:
    folder = unpacked(disputed.edition, tmp_path)
    paused = {disputed.body.slug: [disputed.function.slug]}
    entry = json.loads((folder / "results.json").read_text())["organisations"][disputed.body.slug]
    assert json.loads((folder / "edition.json").read_text())["paused_by_dispute"] == paused
    assert entry["function_contributions"][disputed.function.slug] is None
    assert entry["function_contributions"][disputed.other.slug]["N"] > 0
    assert entry["savings"]["central"]["annual"] > 0
    assert check_bundle(folder).wrong == []


@pytest.mark.parametrize("tampering", ["shows", "hides", "leaves out", "drops", "unsays"])
def test_tampering_with_what_is_paused_is_found(disputed, tmp_path: Path, tampering: str, capsys) -> None:
    folder = unpacked(disputed.edition, tmp_path)
    results, edition = (json.loads((folder / f"{name}.json").read_text()) for name in ("results", "edition"))
    entry = results["organisations"][disputed.body.slug]
    adds = entry["function_contributions"]
    if tampering == "shows":
        adds[disputed.function.slug] = {"S": 1.0, "N": 1.0, "O": 0.0}
    elif tampering == "hides":
        adds[disputed.other.slug] = None
    elif tampering == "leaves out":
        del adds[disputed.function.slug]
    elif tampering == "drops":
        del entry["function_contributions"]
    else:
        edition["paused_by_dispute"] = {}
    (folder / "results.json").write_text(json.dumps(results))
    (folder / "edition.json").write_text(json.dumps(edition))
    assert main([str(sealed(folder))]) == 1
    assert "function_contributions" in capsys.readouterr().out


def test_published_open_data_stay_as_they_were_when_a_dispute_is_settled(two, client) -> None:
    edition = opened(draws=5_000)
    made = dispute(edition, two)
    with time_machine.travel(timezone.now() + DAY, tick=True):
        publish_edition(edition=edition)
    before = client.get("/public-value/2026Q3/bundle.zip").content
    settle_dispute(dispute=made, note=NOTE)
    assert client.get("/public-value/2026Q3/bundle.zip").content == before
    assert NOTE in page(client, f"/public-value/2026Q3/{two.body.slug}/")


def test_correction_does_not_settle_a_dispute(two, client) -> None:
    edition = opened(draws=5_000)
    made = dispute(edition, two)
    with time_machine.travel(timezone.now() + DAY, tick=True):
        publish_edition(edition=edition)
        publish_edition(edition=correct_edition(edition=edition, erratum="A volume was wrong."))
    api = f"/api/v1/editions/2026Q3/scores/{two.body.slug}"
    found = client.get(api).json()
    assert {line["paused"] for line in found["lines"]} == {True, False}
    assert [comment["text"] for comment in found["comments"]] == ["Wrong."]
    settle_dispute(dispute=made, note=NOTE)
    assert {line["paused"] for line in client.get(api).json()["lines"]} == {False}
    old = page(client, f"/public-value/2026Q3/revisions/1/{two.body.slug}/")
    assert NOTE in old
    assert "Paused" not in old


# Command and operators' pages


def test_command_settles_the_disputes_of_a_function(disputed) -> None:
    dispute(disputed.edition, disputed)
    arguments = ("settle_dispute", "2026q3", disputed.body.slug, "--note", NOTE, "--function")
    assert "Settled: 2." in printed(*arguments, disputed.function.slug)
    for function in (disputed.function.slug, disputed.other.slug, "nothing"):
        with pytest.raises(CommandError, match=f"no open dispute of the function {function} by"):
            printed(*arguments, function)


def test_command_settles_the_dispute_of_the_whole(disputed) -> None:
    arguments = ("settle_dispute", "2026Q3", disputed.body.slug, "--note")
    with pytest.raises(CommandError, match="no open dispute of the whole by"):
        printed(*arguments, NOTE)
    dispute(disputed.edition, disputed, function=None)
    with pytest.raises(CommandError, match="Write a note"):
        printed(*arguments, " ")
    assert "Settled: 1." in printed(*arguments, NOTE)
    assert Settlement.objects.get().dispute.function is None


def test_operator_settles_a_dispute(disputed, admin_client) -> None:
    address = "/admin/public_value/settlement/add/"
    assert f"{disputed.body} on 2026Q3: {disputed.function}" in admin_client.get(address).content.decode()
    form = {"dispute": disputed.dispute.pk, "note": "x" * 5_001}
    assert "Write a note of at most" in admin_client.post(address, form).content.decode()
    assert admin_client.post(address, form | {"note": NOTE}).status_code == 302
    made = Settlement.objects.get()
    assert (made.note, made.by.email) == (NOTE, "admin@example.com")
    assert admin_client.get(f"/admin/public_value/settlement/{made.pk}/change/").status_code == 200
    assert admin_client.get("/admin/public_value/settlement/").status_code == 200
    assert not Event.objects.filter(act=Act.EDIT).exists()


def test_nobody_settles_what_is_not_disputed(world, admin_client) -> None:  # noqa: F811
    published()
    page = admin_client.get("/admin/public_value/settlement/add/").content.decode()
    assert "on 2026Q3" not in page
