"""Search, lists and details keep their ratios to the cheapest way of asking the same (docs/adr/0005-search.md)."""

import pytest

from tests.performance import bench_search

COMPONENTS = 100_000


@pytest.mark.django_db(transaction=True)  # VACUUM is for outside a transaction
def test_search_list_and_detail_keep_their_ratios(capsys):
    bench_search.prepare(COMPONENTS)
    lines = bench_search.measure()
    with capsys.disabled():
        print("\n" + bench_search.table(lines))  # noqa: T201 - the table is what a benchmark is for
    assert all(line.kept for line in lines)
