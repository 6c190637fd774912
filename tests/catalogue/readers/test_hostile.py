"""What texts that are made to cost much do cost, in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogue.readers.hostile_texts import TEXTS

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def costs() -> dict:
    program = [sys.executable, "-m", "tests.catalogue.readers.hostile_texts"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, check=True, text=True, timeout=300)
    return json.loads(done.stdout)


def test_no_text_costs_much_more_than_plain_numbers_as_many_as_are_read(costs):
    """The plain text takes about 0.25 s, the worst about three times that. What is slow here is slow everywhere, so the
    bound is a second where the machine is quick, and grows with its load."""
    bound = max(1.0, 6 * costs["unit"])
    assert set(costs["times"]) == set(TEXTS)
    assert {name: time for name, time in costs["times"].items() if time > bound} == {}


def test_no_text_makes_the_memory_grow_much(costs):
    assert costs["megabytes"] < 64
