"""What build_assets makes: whose brand it carries, and what it weighs."""

import gzip
import io
import json
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commons.management.commands import build_assets

ICONS = {
    "favicon.ico",
    "favicon.svg",
    "govuk-icon-mask.svg",
    "govuk-icon-180.png",
    "govuk-icon-192.png",
    "govuk-icon-512.png",
    "govuk-opengraph-image.png",
}


@pytest.fixture(scope="module")
def built() -> Path:
    call_command("build_assets", stdout=io.StringIO())
    return build_assets.BUILT


def weight(*paths: Path) -> int:
    """Bytes on the wire, in gzip's best effort."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_stylesheet_carries_no_brand_of_gov_uk(built):
    css = (built / "app.css").read_text()
    assert "GDS Transport" not in css
    assert "govuk-crest" not in css
    assert "--govuk-brand-colour: #12436d" in css or "--govuk-brand-colour:#12436d" in css
    assert "Helvetica Neue" in css


def test_stylesheet_asks_for_no_file(built):
    assert "url(" not in (built / "app.css").read_text()


def test_static_files_hold_no_crown_or_crest(built):
    names = [path.name for path in built.rglob("*")]
    assert not [name for name in names if "crown" in name or "crest" in name or name.endswith((".woff", ".woff2"))]


def test_icons_are_there_under_the_names_of_the_design_system(built):
    assert {path.name for path in (built / "images").iterdir()} == ICONS


def test_stylesheet_weighs_at_most_20_kb(built):
    assert weight(built / "app.css") <= 20_000


def test_scripts_weigh_at_most_30_kb_with_htmx(built):
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    assert weight(built / "app.js", built / "govuk-frontend.min.js", htmx) <= 30_000


def test_build_assets_does_nothing_when_nothing_changed(built):
    before = (built / "app.css").stat().st_mtime_ns
    told = io.StringIO()
    call_command("build_assets", stdout=told)
    assert told.getvalue() == "The stylesheet is up to date.\n"
    assert (built / "app.css").stat().st_mtime_ns == before


def without_network(node: str, npm: str) -> None:
    raise subprocess.CalledProcessError(1, [node, npm], stderr="no network")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(build_assets, "BUILT", tmp_path)
    monkeypatch.setattr(build_assets, "STAMP", tmp_path / ".built-from")
    monkeypatch.setattr(build_assets, "fetch_packages", without_network)
    return tmp_path


def test_build_assets_keeps_what_was_built_when_there_is_no_network(elsewhere):
    (elsewhere / "app.css").write_text("body{}")
    told = io.StringIO()
    call_command("build_assets", stderr=told)
    assert "no network" in told.getvalue()
    assert (elsewhere / "app.css").read_text() == "body{}"


def test_build_assets_says_why_when_there_is_nothing_to_keep(elsewhere):
    with pytest.raises(CommandError, match="no network"):
        call_command("build_assets")


def test_lock_file_names_no_registry():
    lock = json.loads((build_assets.ROOT / "package-lock.json").read_text())
    assert lock["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
