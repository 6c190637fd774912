"""The whole product in a real Chromium, or reasons why not.

Playwright keeps an event loop in its thread for as long as it runs, and Django then refuses to ask the database. So
the browser lives as long as this package, and its tests read the registry through its pages alone.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.system.hostile import write_pack
from tests.system.reader import Reader
from tests.system.sharing import ServedPack, shared

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def run_folder(request, tmp_path_factory) -> Path:
    """A folder that the processes of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session")
def demo(run_folder) -> Iterator[ServedPack]:
    """The demo pack with its edition, served as `make run` does.

    It outlives the package: who started it would have to wait for the processes that still read it.
    """
    with shared(run_folder, "demo", PROJECT / "demo") as server:
        yield server


@pytest.fixture(scope="session")
def hostile(run_folder) -> Iterator[ServedPack]:
    """A pack whose every text tries to run a script, served as `make run` does."""
    with shared(run_folder, "hostile", write_pack(run_folder / "hostile-pack")) as server:
        yield server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no Chromium on the path (looked for {', '.join(NAMES)})")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def idle() -> dict[tuple[str, bool], list[Reader]]:
    """Readers who have left, by where they were and whether with script."""
    return defaultdict(list)


@pytest.fixture
def reader(browser, idle) -> Iterator[Callable[..., Reader]]:
    """`reader(demo)` is somebody with a browser of their own; `javascript=False`, `width=320` as they are.

    They take over what somebody else has left, cleaned: a new one has to compile axe first, twice what it then does.
    """
    readers: list[Reader] = []

    def comes_to(server: ServedPack, *, javascript: bool = True, width: int = 1280) -> Reader:
        left = idle[server.url, javascript]
        readers.append(left.pop() if left else Reader(browser, server.url, javascript=javascript))
        return readers[-1].looks_through(width)

    yield comes_to
    for each in readers:
        each.forgets()
        idle[each.root, each.javascript].append(each)
