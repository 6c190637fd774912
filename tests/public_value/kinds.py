"""Bodies of several kinds that get a score, a range or no number, and the editions that they are in."""

from types import SimpleNamespace

from catalogue.models import PeerGroup
from public_value.actions import compute_edition
from public_value.models import Benchmark, Edition, PeerGroupNorm, Score
from registry.models import Account, Contribution, Organisation
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, adopt


def kind(world: SimpleNamespace, **fields) -> PeerGroup:
    """A peer group that is measured, so that its bodies can get a score."""
    group = factories.peer_group(**fields)
    Benchmark.objects.create(peer_group=group, function=world.function, ref_cost_per_driver=2, ref_volume_per_driver=1)
    PeerGroupNorm.objects.create(peer_group=group, f_lo=0.2, f_hi=0.9, f_median_share=0.6, adoption_mean_commodity=0.9)
    return group


def scored(world: SimpleNamespace, group: PeerGroup, *, frontline: int = 60, coverage: float = 1, **fields):
    """A body of a kind that gets a score: the higher, the more of 100 reaches the front line."""
    body = banded(world, group, coverage=coverage, **fields)
    account = {"financial_year": "2025-26", "frontline": frontline, "administrative": 100 - frontline}
    Account.objects.create(organisation=body, **account)
    return body


def banded(world: SimpleNamespace, group: PeerGroup, *, coverage: float = 1, **fields) -> Organisation:
    """A body that gets a range only: its accounts are missing."""
    body = factories.organisation(peer_group=group, driver=1000, **fields)
    adopt(world, organisation=body, coverage=coverage, evidence="E3", published=True)
    given = {"made_on": SNAPSHOT, "units": 5, "component": world.shared}
    Contribution.objects.create(organisation=body, **given)
    return body


def silent(group: PeerGroup, **fields) -> Organisation:
    """A body that gets no number: it has told nothing."""
    return factories.organisation(peer_group=group, driver=1000, **fields)


def several(world: SimpleNamespace, group: PeerGroup, number: int, **fields) -> list[Organisation]:
    """Bodies with scores that differ."""
    return [scored(world, group, frontline=45 + place, **fields) for place in range(number)]


def compute(draws: int = 40, label: str = "2026Q3") -> Edition:
    return compute_edition(label=label, snapshot_date=SNAPSHOT, draws=draws)


def score_of(body: Organisation, edition: Edition | None = None) -> Score:
    found = Score.objects.filter(organisation=body).order_by("-edition_id").select_related("rank_group")
    return found.get(edition=edition) if edition else found[0]


def shown_rank(body: Organisation, edition: Edition | None = None) -> tuple | None:
    """(group's slug, members, low, high), None where nothing is shown."""
    score = score_of(body, edition)
    if score.rank_group is None:
        return None
    return score.rank_group.slug, score.rank_members, score.shown_rank_low, score.shown_rank_high
