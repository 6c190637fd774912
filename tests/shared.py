"""Real files and standards beside the clone. They are never in it: what needs them skips where they are not."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REAL_FILES = Path(os.environ.get("REAL_FILES") or SHARED / "data")
CATALOGUES = SHARED / "data" / "catalogues"
UK_PACK = SHARED / "data" / "uk-pack"
SHAPES = SHARED / "standards" / "dcat-ap-3.0.1-shapes.ttl"


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.exists(), reason=f"{path.relative_to(SHARED)} is not beside this clone")
