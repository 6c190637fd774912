"""Random acts of many actors leave everything standing. MINUTES of them, as `make acts` asks for; else some seconds."""

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.registry.machine.machine import Acts

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MINUTES = float(os.environ.get("ACTS_MINUTES", "0"))
USUAL = settings(
    max_examples=6,
    stateful_step_count=32,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a world of rows takes many minutes
)


def test_random_acts_of_many_actors_leave_everything_standing():
    if not MINUTES:
        run_state_machine_as_test(Acts, settings=USUAL)
        return
    end, longer = time.monotonic() + MINUTES * 60, settings(USUAL, max_examples=5, stateful_step_count=60)
    while time.monotonic() < end:
        run_state_machine_as_test(Acts, settings=longer)
