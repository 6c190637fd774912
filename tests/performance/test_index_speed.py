"""The live preview keeps its targets, in proportion where the country is smaller than theirs (docs/performance.md)."""

import os
import subprocess
import sys

ORGANISATIONS = os.environ.get("ORGANISATIONS", "5000")


def test_live_preview_keeps_its_targets(tmp_path, capsys):
    """In a data folder of its own, because its workers are processes, which see only what is committed."""
    command = [sys.executable, "-m", "tests.performance.bench_index", "--organisations", ORGANISATIONS]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(command, env=kept | {"DATA_DIR": str(tmp_path)}, capture_output=True, text=True, check=False)
    with capsys.disabled():
        print("\n" + done.stdout)  # noqa: T201 - the table is what a benchmark is for
    assert done.returncode == 0, done.stderr
