"""A registry of 100,000 components and 1,000,000 payments answers from outside within its targets."""

from tests.performance import bench_served


def test_served_registry_keeps_its_targets(tmp_path, capsys):
    def show(text: str) -> None:
        with capsys.disabled():
            print("\n" + text)  # noqa: T201 - the table is what a benchmark is for

    costs = bench_served.run(tmp_path, 100_000, 1_000_000, show)
    assert all(cost.kept for cost in costs)
