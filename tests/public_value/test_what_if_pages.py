"""What-ifs on pages and for programs: one answer, by the address alone, and nothing that the gate holds back."""

import re

import numpy as np
import pytest
from django.http import QueryDict

from public_value import changes
from public_value.actions import compute_edition
from public_value.evidence.kept import Kept, kept
from public_value.gate import Face, supposed_face
from public_value.methodology import Parameters
from public_value.models import (
    EditionOffer,
    PeerGroupNorm,
    Score,
    ScoreLine,
)
from public_value.supposing import suppose
from public_value.what_if import Outlook
from registry.models import Declaration
from tests import factories
from tests.public_value.test_evidence import PARAMETERS, SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401
from tests.public_value.test_pages import some, words
from tests.public_value.test_what_if import body  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def there(score: Score) -> Kept:
    return kept(Score.objects.select_related("edition", "organisation", "peer_group").get(pk=score.pk))


def page_of(score: Score) -> str:
    return f"/public-value/2026Q3/{score.organisation.slug}/what-if/"


def api_of(score: Score) -> str:
    return f"/api/v1/editions/2026Q3/scores/{score.organisation.slug}/what-if"


def some_changes(found: Kept) -> str:
    """Two systems stop, and every better grade that there is, as far as fifteen changes go."""
    own = [f"retire={line.declaration_id}" for line in found.lines if line.is_own][:2]
    weak = [f"evidence={line.declaration_id}:E3" for line in found.lines if line.evidence < "E3"]
    return "&".join([*own, *weak][:15])


def shared(found: Kept, number: int) -> str:
    """The heaviest functions that have something left to share."""
    left = {}
    for offer in found.offers:
        cell = found.cells[offer.function_id]
        if changes.open_share(found.arrays, cell.function_id) > 0.3:
            left.setdefault(cell.slug, (cell.envelope, offer.slug))
    heaviest = sorted(left.items(), key=lambda item: -item[1][0])[:number]
    return "&".join(f"adopt={function}:{component}" for function, (_envelope, component) in heaviest)


# The gate


def test_now_and_then_obey_the_gate_in_every_face(demo, client) -> None:
    for grade in "ABCDE":
        score = some(grade)
        query = some_changes(there(score))
        found, said = (
            client.get(f"{api_of(score)}?{query}").json(),
            words(client.get(f"{page_of(score)}?{query}").content.decode()),
        )
        now, then, difference = found["now"], found["then"], found["difference"]
        assert (now["score"] is not None) == (grade in "ABC")
        assert (now["low"] is not None) == (grade in "ABCD")
        assert (difference["points"] is not None) == (now["score"] is not None and then["score"] is not None)
        assert ("In points only where both scores are shown." in said) == (difference["points"] is None)
        if grade in "DE":
            assert then["score"] is None
            assert "point" not in re.search(r"Difference (.*?)In points only", said)[1]


def outlook(grade: str, published: str) -> Outlook:
    figures = dict.fromkeys(("pvi", "p5", "p50", "p95", "K", "V", "T"), np.array([40.0]))
    return Outlook(
        **figures, low=np.array([30.2]), high=np.array([50.6]), grade=np.array([grade]), published=np.array([published])
    )


SHOWN, RANGE, NONE = Face("score", "B", 38, 30, 44), Face("band", "D", None, 30, 44), Face("not_published", "E")


@pytest.mark.parametrize(
    ("now", "grade", "published", "expected"),
    [
        (SHOWN, "A", "score", Face("score", "A", 40, 30, 51)),
        (SHOWN, "D", "band", Face("band", "D", None, 30, 51)),
        (SHOWN, "E", "not_published", Face("not_published", "E")),
        (RANGE, "C", "score", Face("band", "C", None, 30, 51)),
        (RANGE, "D", "band", Face("band", "D", None, 30, 51)),
        (NONE, "C", "score", Face("band", "C", None, 30, 51)),
        (NONE, "E", "not_published", Face("not_published", "E")),
    ],
)
def test_supposed_score_has_a_number_only_beside_one(now: Face, grade: str, published: str, expected: Face) -> None:
    assert supposed_face(now, outlook(grade, published)) == expected


def test_number_stays_hidden_where_a_change_lifts_the_grade_and_not_the_score(body, client) -> None:  # noqa: F811
    """Better evidence of a body's own systems makes them surer and not dearer: its number would be today's."""
    Declaration.objects.all().delete()
    PeerGroupNorm.objects.create(peer_group=body.group, f_lo=0.5, f_hi=0.9)
    adopt(body, coverage=1, evidence="E0")
    adopt(body, function=body.other, component=body.second, coverage=0.5, evidence="E0")
    own = duplicate(body, function=body.other, system="Own", coverage=0.2, annual_cost=3000, evidence="E1")
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=50)
    found = there(Score.objects.get(organisation=body.body))
    result = suppose(PARAMETERS, found, changes.Asked(evidence={own.pk: "E3"}))
    assert (result.now.grade, result.then.grade) == ("D", "C")
    assert (result.higher, result.lower) == (0, 0)
    assert (result.then.score, result.delta) == (None, None)
    said = words(client.get(f"{page_of(found.score)}?evidence={own.pk}:E3").content.decode())
    assert "That is enough for a score." in said
    assert client.get(f"{api_of(found.score)}?evidence={own.pk}:E3").json()["then"]["score"] is None


# What the page says


def test_page_says_now_then_difference_and_saving_together(demo, client) -> None:
    score = some("B")
    said = words(client.get(f"{page_of(score)}?{some_changes(there(score))}").content.decode())
    for heading in ("Score now", "Score then", "Difference", "Saving a year", "Worth over 10 years"):
        assert heading in said
    assert "What this does not show" in said
    assert said.index("Difference") < said.index("Worth over 10 years") < said.index("Suppose something else")


def test_page_without_changes_says_what_could_be_supposed(demo, client) -> None:
    for grade in "BDE":
        score = some(grade)
        said = words(client.get(page_of(score)).content.decode())
        assert "Suppose that this body shared more" in said
        assert ("Its score is" in said) == (grade in "BD")
        assert "Score then" not in said


def test_blanks_of_the_form_are_left_out_of_the_address(demo, client) -> None:
    score = some("B")
    line = next(line for line in there(score).lines if line.is_own)
    answer = client.get(f"{page_of(score)}?q=&adopt=&adopt=&retire={line.declaration_id}&evidence=")
    assert answer.status_code == 302
    assert answer["Location"] == f"{page_of(score)}?retire={line.declaration_id}"
    assert client.get(f"{page_of(score)}?q=&adopt=")["Location"] == f"{page_of(score)}?"


def test_functions_with_a_case_come_first_and_none_by_points(body, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    Score.objects.get(organisation=body.body)
    page = client.get(f"/public-value/2026Q3/{body.body.slug}/what-if/").content.decode()
    legends = re.findall(r"<legend[^>]*>(.*?)</legend>", page)
    assert legends == sorted([body.function.name, body.other.name])


def test_search_finds_functions_systems_and_components_and_keeps_what_is_ticked(body, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    where = f"/public-value/2026Q3/{body.body.slug}/what-if/"
    for text, expected in (("cheap", [body.other]), (body.shared.name, [body.function]), ("zzz", [])):
        page = client.get(where, {"q": text}).content.decode()
        assert re.findall(r"<legend[^>]*>(.*?)</legend>", page) == [one.name for one in expected]
    page = client.get(where, {"q": "zzz", "retire": body.own.pk}).content.decode()
    assert f'value="{body.own.pk}" checked' in page


def test_page_offers_an_exemption_where_an_evidenced_move_would_not_pay(body, client) -> None:  # noqa: F811
    Declaration.objects.filter(pk=body.own.pk).update(annual_cost=180, evidence="E2", contract_end=days_ago(-2600))
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    line = ScoreLine.objects.get(declaration=body.own)
    assert line.case_npv_central < 0
    where = f"/public-value/2026Q3/{body.body.slug}/what-if/?retire={body.own.pk}"
    said = words(client.get(where).content.decode())
    assert "ask the panel to exempt it as uneconomic" in said
    assert "The move would cost more than it brings." in said
    ScoreLine.objects.filter(pk=line.pk).update(evidence="E1")
    assert "exempt it as uneconomic" not in words(client.get(where).content.decode())


def test_page_says_why_there_is_no_saving(body, client) -> None:  # noqa: F811
    body.shared.price_per_transaction = body.shared.fixed_fee = None
    body.shared.save()
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    where = f"/public-value/2026Q3/{body.body.slug}/what-if/"
    said = words(client.get(f"{where}?adopt={body.function.slug}:{body.shared.slug}").content.decode())
    assert "states no price, so no saving is worked out" in said
    said = words(client.get(f"{where}?evidence={body.own.pk}:E3").content.decode())
    assert "No system that it has told us of would end, so no saving is worked out." in said


def test_page_hides_a_component_that_became_a_draft(body, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    body.second.name, body.second.lifecycle = "Secret plan", "draft"
    body.second.save()
    where = f"/public-value/2026Q3/{body.body.slug}/what-if/"
    for query in ("", f"?evidence={body.published.pk}:E3"):
        assert "Secret" not in client.get(where + query).content.decode()
    answer = client.get(f"{where}?adopt={body.function.slug}:{body.second.slug}")
    assert answer.status_code == 400
    assert "Secret" not in answer.content.decode()


def test_edition_of_before_what_ifs_says_so(body, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    EditionOffer.objects.all().delete()
    ScoreLine.objects.update(evidence="")
    score = Score.objects.select_related("organisation").get(organisation=body.body)
    assert (
        "was calculated before what-ifs were" in client.get(f"{page_of(score)}?retire={body.own.pk}").content.decode()
    )
    assert client.get(api_of(score)).status_code == 404


@pytest.mark.parametrize("fields", [{"peer_group": None}, {"driver": None}])
def test_body_of_which_nothing_counts_has_nothing_to_suppose(body, client, fields: dict) -> None:  # noqa: F811
    silent = factories.organisation(**{"peer_group": body.group, "driver": 5} | fields)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    assert "nothing to suppose" in client.get(f"/public-value/2026Q3/{silent.slug}/what-if/").content.decode()


# Bad addresses


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("adop=x", "There is no parameter “adop” here. Did you mean “adopt”?"),
        ("adopt=x", "No function “x” counts for this body. Ask for adopt=function:component."),
        ("adopt={function}:x", "No shared component “x” is on offer for this function."),
        ("adopt={function}:{shared}&adopt={function}:{second}", "comes after another choice for the same."),
        ("retire=x", "No declaration “x” of this body counts in this edition."),
        ("retire={exempt}", "is no system of its own that could be retired here."),
        ("evidence={own}:E1", "“E1” is no better evidence than the declaration has."),
        ("evidence={own}:E9", "“E9” is no better evidence than the declaration has."),
        ("evidence={own}", "“” is no better evidence than the declaration has."),
        ("page=x", "“page” must be a number from 1, not “x”."),
        ("&".join("retire=1" for _ in range(16)), "Suppose at most 15 changes at a time."),
    ],
)
def test_bad_address_says_what_is_wrong(body, client, query: str, sentence: str) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    names = {name: getattr(body, name) for name in ("function", "shared", "second", "exempt", "own")}
    query = query.format(**{name: getattr(one, "slug", one.pk) for name, one in names.items()})
    answer = client.get(f"/public-value/2026Q3/{body.body.slug}/what-if/?{query}")
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    if "page" not in query:
        told = client.get(f"/api/v1/editions/2026Q3/scores/{body.body.slug}/what-if?{query}")
        assert told.status_code == 400
        assert sentence.split("Did")[0].strip() in told.json()["detail"]


def test_nothing_is_adopted_where_nothing_is_left(world, client) -> None:  # noqa: F811
    adopt(world, coverage=1)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    query = f"adopt={world.function.slug}:{world.shared.slug}"
    answer = client.get(f"/public-value/2026Q3/{world.body.slug}/what-if/?{query}")
    assert answer.status_code == 400
    assert "is left to share" in answer.content.decode()


# For programs


def test_api_gives_what_the_page_gives(demo, client) -> None:
    score = some("C")
    found = there(score)
    query = shared(found, 2)
    told = client.get(f"{api_of(score)}?{query}").json()
    result = suppose(Parameters.from_json(demo.parameters), found, changes.read(QueryDict(query), found))
    assert told["then"]["score"] == result.then.score
    assert told["difference"]["points"] == round(result.delta.points, 1)
    assert told["difference"]["higher"] == 1
    central = next(row for row in result.savings if row["scenario"] == "central")
    assert told["savings"]["central"]["npv10"] == pytest.approx(central["npv10"], rel=0.05)
    assert {row["component"]["slug"] for row in told["systems"]} <= {part.split(":")[1] for part in query.split("&")}


def test_api_without_changes_gives_today_twice(demo, client) -> None:
    told = client.get(api_of(some("B"))).json()
    assert told["now"] == told["then"]
    assert told["difference"] == {"points": 0, "low": 0, "high": 0, "higher": 0, "lower": 0}
    assert (told["savings"], told["systems"]) == (None, [])
