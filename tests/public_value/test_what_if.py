"""A what-if says what an edition would say if the changes were declared: the same figures, from the same draws."""

from types import SimpleNamespace

import numpy as np
import pytest
from django.db.models import F
from django.http import QueryDict

from public_value import changes, forgetting
from public_value.actions import compute_edition
from public_value.evidence.kept import Kept, kept
from public_value.evidence.moves import moves
from public_value.methodology import ADOPT, Parameters
from public_value.models import Benchmark, Edition, Score, ScoreLine
from public_value.what_if import Comparison, changed, compare, open_share
from registry.models import Account, Declaration
from tests import factories
from tests.public_value.test_editions import demo  # noqa: F401  (a fixture)
from tests.public_value.test_evidence import PARAMETERS, SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401

pytestmark = pytest.mark.django_db

FIGURES = ("pvi", "p5", "p50", "p95", "K", "V", "T", "grade")


@pytest.fixture
def body(world) -> SimpleNamespace:  # noqa: F811
    """Two functions: one shared a little, duplicated, exempt beyond the cap; one duplicated without evidence."""
    world.other = factories.function(evolution="product")
    Benchmark.objects.create(
        peer_group=world.group, function=world.other, ref_cost_per_driver=3, ref_volume_per_driver=2
    )
    world.shared.price_per_transaction, world.shared.fixed_fee = "0.1", "50"
    world.shared.save()
    world.second = factories.component(functions=[world.function, world.other], external_independent_adopters=5)
    world.second.open_licence = world.second.open_standard = True
    world.second.price_per_transaction = "0.2"
    world.second.save()
    Account.objects.create(organisation=world.body, financial_year="2025-26", frontline=700, administrative=300)
    said = {"evidence": "E1", "confirmed": days_ago(500)}
    world.little = adopt(world, coverage=0.005, **said)
    world.own = duplicate(world, system="Old", coverage=0.4, annual_cost=900, contract_end=days_ago(-100), **said)
    ends = {"contract_end": days_ago(-300), "contract_slips": 0}
    exempt = {"exempt_until": days_ago(-300), "exempt_reason": "law"}
    world.exempt = duplicate(world, system="Kept", coverage=0.5, annual_cost=400, **ends, **exempt, **said)
    world.cheap = duplicate(world, function=world.other, system="Cheap", coverage=0.7, annual_cost=40, evidence="E0")
    world.published = adopt(
        world, function=world.other, component=world.second, coverage=0.1, published=True, evidence="E0"
    )
    return world


def compute(draws: int = 50) -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=draws)


def found(body) -> Kept:
    related = ("edition", "organisation", "peer_group")
    return kept(Score.objects.select_related(*related).get(organisation=body.body))


def supposed(there: Kept, query: str) -> Comparison:
    asked = changes.read(QueryDict(query), there)
    after = changed(PARAMETERS, there.arrays, asked.changes(there))
    edition = there.score.edition
    return compare(PARAMETERS, [(there.body, there.arrays, after)], seed=edition.seed, draws=edition.draws)


def withdraw(*declarations: Declaration) -> None:
    Declaration.objects.filter(pk__in=[one.pk for one in declarations]).update(superseded_in=F("recorded_in"))


def agree(compared: Comparison, score: Score) -> None:
    for name in FIGURES[:-1]:
        assert getattr(compared.after, name)[0] == pytest.approx(getattr(score, name), abs=1e-9), name
    assert compared.after.grade[0] == score.grade


def declared(body) -> Score:
    return Score.objects.get(organisation=body.body)


def test_adoption_gives_what_declaring_it_gives(body) -> None:
    compute()
    there = found(body)
    compared = supposed(there, f"adopt={body.function.slug}:{body.second.slug}")
    withdraw(body.own)
    said = {"component": body.second, "stage": "live", "evidence": "E2", "confirmed": SNAPSHOT}
    adopt(body, coverage=1 - 0.5 - 0.005, **said)
    compute()
    agree(compared, declared(body))
    assert ScoreLine.objects.get(declaration=body.exempt).relieved  # the exempt system is relieved by the move


def test_retirement_gives_what_withdrawing_gives(body) -> None:
    compute()
    compared = supposed(found(body), f"retire={body.own.pk}&retire={body.cheap.pk}")
    withdraw(body.own, body.cheap)
    compute()
    agree(compared, declared(body))


def test_better_evidence_gives_what_recording_it_gives(body) -> None:
    compute()
    raised = {body.cheap: "E1", body.published: "E3", body.exempt: "E2"}
    compared = supposed(found(body), "&".join(f"evidence={one.pk}:{grade}" for one, grade in raised.items()))
    for one, grade in raised.items():
        Declaration.objects.filter(pk=one.pk).update(evidence=grade)
    compute()
    agree(compared, declared(body))


def test_changes_are_worked_out_together(body) -> None:
    compute()
    parts = [
        f"adopt={body.function.slug}:{body.second.slug}",
        f"retire={body.cheap.pk}",
        f"evidence={body.published.pk}:E3",
    ]
    there = found(body)
    compared = supposed(there, "&".join(parts))
    withdraw(body.own, body.cheap)
    Declaration.objects.filter(pk=body.published.pk).update(evidence="E3")
    adopt(body, component=body.second, stage="live", evidence="E2", coverage=1 - 0.5 - 0.005)
    alone = sum(supposed(there, part).delta[0] for part in parts)
    compute()
    agree(compared, declared(body))
    assert compared.delta[0] != pytest.approx(alone, abs=1e-3)


def test_difference_is_that_of_the_same_draws(body) -> None:
    compute(draws=400)
    compared = supposed(found(body), f"evidence={body.published.pk}:E1")
    assert compared.higher[0] == 1
    spread = compared.before.p95 - compared.before.p5
    assert 0 <= compared.delta_p5[0] <= compared.delta_p95[0] < spread[0] / 5


def test_cost_floor_goes_with_the_first_evidence(body) -> None:
    compute()
    compared = supposed(found(body), f"evidence={body.cheap.pk}:E1")
    assert compared.delta[0] > 0


def test_adoption_takes_what_is_duplicated_or_unknown(body) -> None:
    compute()
    there = found(body)
    assert open_share(there.arrays, body.function.pk) == pytest.approx(0.495)
    assert open_share(there.arrays, body.other.pk) == pytest.approx(0.9)
    asked = changes.read(QueryDict(f"adopt={body.other.slug}:{body.second.slug}"), there)
    after = changed(PARAMETERS, there.arrays, asked.changes(there))
    in_cell = after.function == body.other.pk
    assert after.kind[in_cell].tolist() == [ADOPT, ADOPT]
    assert after.share[in_cell].sum() == pytest.approx(1)
    assert body.own.pk in after.declaration


def test_what_changes_later_does_not_change_an_edition(body) -> None:
    compute()
    query = f"adopt={body.function.slug}:{body.second.slug}"
    before = supposed(found(body), query)
    Declaration.objects.update(evidence="E3", published=True, contract_slips=3)
    body.second.open_licence, body.second.price_per_transaction = False, "900"
    body.second.save()
    later = supposed(found(body), query)
    assert (later.before.pvi[0], later.after.pvi[0]) == (before.before.pvi[0], before.after.pvi[0])
    assert {offer.price for offer in found(body).offers if offer.slug == body.second.slug} == {0.2}


def test_every_adoption_of_the_demo_raises_the_score(demo) -> None:  # noqa: F811
    edition = compute(draws=20)
    parameters, cases = Parameters.from_json(edition.parameters), []
    for score in Score.objects.scored().select_related("edition", "organisation", "peer_group")[:12]:
        there = kept(score)
        for offer in there.offers[::9]:
            if open_share(there.arrays, offer.function_id):
                asked = changes.Asked(adoptions={offer.function_id: offer})
                cases.append((there.body, there.arrays, changed(parameters, there.arrays, asked.changes(there))))
    compared = compare(parameters, cases, seed=edition.seed, draws=20)
    assert len(cases) > 30
    assert np.all(compared.delta >= -1e-9)
    assert not np.any(compared.lower)


def test_forgotten_edition_takes_its_offers_along(body) -> None:
    edition = compute()
    assert edition.offers.count() == 3
    forgetting.forget(edition)
    assert not edition.offers.exists()


# Savings


def worth(there: Kept, retired: set, adopted: dict) -> list[dict]:
    ended = moves(PARAMETERS, there, retired, adopted)
    return [
        {"declaration": line.declaration_id, "component": int(ended.cases.component[place])}
        | {
            f"case_{what}_{scenario}": float(getattr(ended.cases, what)[n, place])
            for what in ("annual", "npv")
            for n, scenario in enumerate(("low", "central", "high"))
        }
        for place, line in enumerate(ended.priced)
    ]


def test_cases_of_what_is_retired_are_those_that_the_edition_kept(demo) -> None:  # noqa: F811
    compute(draws=2)
    checked = 0
    for score in Score.objects.scored().select_related("edition", "organisation", "peer_group"):
        there = kept(score)
        lines = {line.declaration_id: line for line in ScoreLine.objects.filter(score=score, case_cost__isnull=False)}
        for case in worth(there, {line.declaration_id for line in there.lines}, {}):
            line = lines.pop(case.pop("declaration"))
            assert case.pop("component") == line.case_component_id
            assert case == pytest.approx({name: getattr(line, name) for name in case}, abs=1e-6)
            checked += 1
        assert not lines
    assert checked > 40


def test_case_is_worked_out_with_the_component_that_the_reader_chose(body) -> None:
    compute()
    there = found(body)
    (cheapest,) = worth(there, {body.own.pk}, {})
    (chosen,) = worth(there, set(), {body.function.pk: body.second.pk})
    assert (cheapest["component"], chosen["component"]) == (body.second.pk, body.second.pk)
    (dearer,) = worth(there, set(), {body.function.pk: body.shared.pk})
    assert dearer["component"] == body.shared.pk
    gross = 900 - (0.4 * 1000 * 0.1 + 50) * 1.205 - 90
    assert dearer["case_annual_central"] == pytest.approx(0.7 * gross)
