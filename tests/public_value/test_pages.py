"""The pages of the index: what they say, what they add up to, and what they never show."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from public_value.actions import compute_edition
from public_value.gate import face
from public_value.models import Benchmark, PeerGroupNorm, Score, ScoreLine
from public_value.presenters import index_summary
from public_value.presenters.adding import apportioned, hundredths, written
from public_value.presenters.peers import position
from public_value.wording import MISSING, REASONS
from registry.models import Account, Declaration
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def some(grade: str) -> Score:
    return Score.objects.listed().filter(grade=grade).select_related("organisation").order_by("organisation_id")[0]


def address(score: Score) -> str:
    return reverse("public_value:score", args=["2026Q3", score.organisation.slug])


def words(page: str) -> str:
    """The text of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def file(client, where: str) -> list[dict]:
    """The rows of a page's JSON file."""
    found = json.loads(b"".join(client.get(f"{where}&format=json").streaming_content))
    return found["items"] if isinstance(found, dict) else found


# Adding up


@pytest.mark.parametrize(
    ("values", "total"),
    [([1 / 3, 1 / 3, 1 / 3], 100), ([0.004, 0.004, 0.004], 1), ([5.555, -1.111], 444), ([0, 0, 2.5], 250), ([], 0)],
)
def test_apportioned_figures_add_up_as_they_are_written(values: list, total: int) -> None:
    found = apportioned(values, total)
    assert sum(found) == total
    assert all(abs(one - 100 * value) < 1 for one, value in zip(found, values, strict=True))


def test_apportioned_gives_nothing_to_what_earns_nothing() -> None:
    assert apportioned([0.0, 0.006, 0.0], 1) == [0, 1, 0]


def test_written_hundredths_have_two_places() -> None:
    assert [written(value) for value in (1230, -99, 0)] == ["12.30", "−0.99", "0.00"]


# The index


def test_index_without_an_edition_says_so(client) -> None:
    page = client.get("/public-value/")
    assert page.status_code == 200
    assert "No edition has been calculated yet." in page.content.decode()


def test_index_shows_the_latest_edition_and_how_far_it_reaches(demo, client, django_assert_max_num_queries) -> None:
    compute_edition(label="2026Q1", snapshot_date=date(2026, 3, 31), draws=5)
    with django_assert_max_num_queries(8):
        page = words(client.get("/public-value/").content.decode())
    counts = [Score.objects.of(demo).listed().filter(published_as=face).count() for face in ("score", "band")]
    assert "Edition 2026Q3" in page
    assert f"{counts[0]} of 75 bodies get a score, {counts[1]} only a range." in page
    assert "What this does not show" in page
    assert "Brackenholt Council" not in page  # no list before a kind is chosen


def test_index_lists_one_kind_from_a_to_z(demo, client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        answer = client.get("/public-value/?peer_group=sorrelmark-unitary")
    page = words(answer.content.decode())
    listed = Score.objects.listed().filter(peer_group__slug="sorrelmark-unitary").select_related("organisation")
    names = sorted(score.organisation.name for score in listed)
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert "Hollowfell District Council" not in page
    assert len(answer.content) < 100_000


def test_index_shows_each_grade_what_the_gate_lets_through(demo, client) -> None:
    for grade in "ABCDE":
        score = some(grade)
        group = score.peer_group.slug
        page = client.get(f"/public-value/?peer_group={group}&q={score.organisation.slug}").content.decode()
        row = words(page).partition(score.organisation.name)[2]
        shown = face(score)
        if grade in "ABC":
            assert row.startswith(f" {shown.score} between {shown.low} and {shown.high}")
        elif grade == "D":
            assert row.startswith(f" between {shown.low} and {shown.high} ")
        else:
            assert row.startswith(f" No number. {MISSING[score.missing[0]]}")


@pytest.mark.parametrize("asked", ["sort=score", "sort=-organisation", "peer_group=a&peer_group=b", "grade=A"])
def test_index_cannot_be_made_a_league_table(demo, client, asked: str) -> None:
    answer = client.get(f"/public-value/?peer_group=sorrelmark-unitary&{asked}")
    assert answer.status_code == (200 if asked == "sort=-organisation" else 400)


def test_index_leaves_out_bodies_that_had_ended(world, client) -> None:  # noqa: F811
    world.body.end = SNAPSHOT
    world.body.save()
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert Score.objects.filter(organisation=world.body).exists()
    assert client.get(f"/public-value/2026Q3/{world.body.slug}/").status_code == 404
    assert world.body.name not in client.get(f"/public-value/?peer_group={world.group.slug}").content.decode()


def test_index_without_any_number_says_what_everybody_lacks(world, client) -> None:  # noqa: F811
    world.shared.delete()
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    page = words(client.get("/public-value/").content.decode())
    assert "No body gets a score in this edition" in page
    assert MISSING["no_shared_component"] in page


def test_files_of_the_index_obey_the_gate(demo, client) -> None:
    items = {
        item["organisation"]["slug"]: item for item in file(client, "/public-value/?peer_group=sorrelmark-unitary")
    }
    for score in Score.objects.listed().filter(peer_group__slug="sorrelmark-unitary").select_related("organisation"):
        item = items.pop(score.organisation.slug)
        has_points = [item[name] is not None for name in ("score", "S", "N", "F", "C", "O", "balance", "most")]
        assert all(has_points) if score.grade in "ABC" else not any(has_points)
        assert (item["low"] is None) == (score.grade == "E")
    assert items == {}
    assert file(client, "/public-value/?peer_group=sorrelmark-unitary&q=nobody") == []
    assert file(client, "/public-value/?q=") == []


def test_editions_are_listed_with_what_they_are_made_of(demo, client) -> None:
    page = words(client.get("/public-value/editions/").content.decode())
    assert "Edition 2026Q3" in page
    assert demo.snapshot_hash in page
    assert client.get("/public-value/2026Q3/parameters.json").json()["method_version"] == "PVI-1.0.0"
    assert client.get("/public-value/1999Q1/").status_code == 404


# The method


def test_method_reads_its_figures_from_the_edition(world, client) -> None:  # noqa: F811
    before = words(client.get("/public-value/method/").content.decode())
    assert "Standardisation (S), 30 of 100" in before
    assert "ln(1 + 50)" in before
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    edition.parameters = edition.parameters.replace('"S": 0.3,', '"S": 0.35,').replace('"O": 0.1', '"O": 0.05')
    edition.save()
    page = words(client.get("/public-value/method/").content.decode())
    assert "Standardisation (S), 35 of 100" in page
    assert "edition 2026Q3" in page


# One score


@pytest.mark.parametrize("grade", list("ABCDE"))
def test_score_page_shows_what_the_gate_lets_through(demo, client, django_assert_max_num_queries, grade: str) -> None:
    score = some(grade)
    with django_assert_max_num_queries(8):
        answer = client.get(address(score))
    page, shown = words(answer.content.decode()), face(score)
    assert len(answer.content) < 100_000
    assert ("How the score adds up" in page) == (grade in "ABC")
    assert (f"between {shown.low} and {shown.high}" in page.lower()) == (grade in "ABCD")
    assert ("Not enough confirmed information" in page) == (grade == "E")
    assert all(MISSING[code] in page for code in score.missing)
    assert not re.search(r"\b(rank|ranked|best|worst)\b", page)


def test_score_page_adds_up_to_the_last_digit(demo, client) -> None:
    for score in Score.objects.filter(grade__in="ABC").select_related("organisation").order_by("pk")[:8]:
        page = client.get(address(score)).context
        parts = page["parts"]
        figures = [number(row["points"]) for row in parts["rows"]] + [number(parts["balance"])]
        assert sum(figures) == number(parts["total"]) == hundredths(score.pvi)
        assert sum(number(row["given"]) for row in parts["rows"]) == hundredths(score.pvi)
        lines = page["counted_lines"]
        for name, place in (("S", 0), ("N", 1), ("O", 4)):
            assert sum(number(line["points"][name]) for line in lines) == hundredths(score.contribution(name))
            assert abs(figures[place] - hundredths(score.contribution(name))) <= 1


def number(text: str) -> int:
    return round(100 * float(text.replace("−", "-")))


def test_score_page_of_a_large_body_among_many_stays_small(world, client, django_assert_max_num_queries) -> None:  # noqa: F811
    functions = [factories.function(evolution="commodity", name=f"A function with a long name {n}") for n in range(60)]
    world.shared.functions.add(*functions)
    for function in functions:
        Benchmark.objects.create(peer_group=world.group, function=function, ref_cost_per_driver=2)
    PeerGroupNorm.objects.create(peer_group=world.group, f_lo=0.1, f_hi=0.9)
    peers = [factories.organisation(peer_group=world.group, driver=1000) for _ in range(60)]
    Account.objects.bulk_create(
        Account(organisation=body, financial_year="2025-26", frontline=60 + n, administrative=50)
        for n, body in enumerate([world.body, *peers])
    )
    told = {"kind": "adoption", "stage": "live", "coverage": 1, "evidence": "E3", "confirmed": SNAPSHOT}
    told |= {"component": world.shared, "source_url": "https://a.example/b", "recorded_in": factories.event()}
    Declaration.objects.bulk_create(
        Declaration(organisation=body, function=function, **told)
        for body in (world.body, *peers)
        for function in (functions if body == world.body else functions[:40])
    )
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)
    with django_assert_max_num_queries(8):
        answer = client.get(f"/public-value/2026Q3/{world.body.slug}/")
    page = words(answer.content.decode())
    assert "The first 45 of 60 lines" in page
    assert "Median of its kind" in page
    assert len(answer.content) < 100_000


def test_score_page_links_every_line_to_its_source(world, client) -> None:  # noqa: F811
    adopt(world, coverage=0.5, source_url="https://example.org/proof")
    duplicate(world, coverage=0.2, annual_cost=90, source_url="javascript:alert(1)")
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    page = client.get(f"/public-value/2026Q3/{world.body.slug}/").content.decode()
    assert 'href="https://example.org/proof"' in page
    assert "javascript:" not in page
    assert reverse("catalogue:component", args=[world.shared.slug]) in page


def test_score_page_says_what_was_not_counted_and_why(world, client) -> None:  # noqa: F811
    duplicate(world, system="Old thing", confirmed=None)
    factories.function(name="Fortune telling", evolution="genesis")
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    page = words(client.get(f"/public-value/2026Q3/{world.body.slug}/").content.decode())
    assert "Old thing" in page
    assert REASONS["expired"] in page
    assert REASONS["genesis"] in page
    assert "Functions that count, and about which nothing counts" in page


def test_score_page_does_not_tell_that_a_draft_exists(world, client) -> None:  # noqa: F811
    draft = factories.component(name="Secret plan", lifecycle="draft", functions=[world.function])
    adopt(world, component=draft, coverage=0.5)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    where = f"/public-value/2026Q3/{world.body.slug}/"
    assert "Secret plan" not in client.get(where).content.decode()
    assert "Secret" not in b"".join(client.get(f"{where}?format=csv").streaming_content).decode()


def test_lines_file_holds_every_line_and_points_only_where_a_score_is(demo, client) -> None:
    for grade in "BE":
        score = some(grade)
        rows = file(client, f"{address(score)}?")
        assert len(rows) == ScoreLine.objects.filter(score=score).count()
        assert any(row["S"] is not None for row in rows) == (grade == "B")


@pytest.mark.parametrize(
    ("own", "words"),
    [(9, "Higher than most"), (0, "Lower than most"), (5, "Near the middle")],
)
def test_position_has_three_words_and_no_rank(own: int, words: str) -> None:
    assert position(own, [1, 2, 3, 4, 5, 6, 7, 8]).startswith(words)


# On a body's own page


def test_summary_shows_score_band_or_what_is_missing(demo, django_assert_num_queries) -> None:
    for grade in "BDE":
        score = some(grade)
        with django_assert_num_queries(1):
            found = index_summary(score.organisation)
        assert (found["score"] is not None, bool(found["parts"])) == (grade == "B", grade == "B")
        assert (found["low"] is None) == (grade == "E")
        assert found["missing"] == [MISSING[code] for code in score.missing]


def test_summary_of_a_body_outside_every_edition_is_nothing(client) -> None:
    body = factories.organisation()
    assert index_summary(body) is None
    assert "It is not in the latest edition" in client.get(f"/organisations/{body.slug}/").content.decode()
