"""Pauses between folds: short while folds are, and never long."""

import pytest

from gateway.pacing import pause_after


@pytest.mark.parametrize(
    ("took_s", "pause_s"), [(0.0, 1.0), (0.1, 1.0), (1.0, 7.0), (1.25, 8.75), (60.0, 10.0)]
)
def test_a_fold_takes_an_eighth_of_the_time_and_no_pause_is_long(
    took_s: float, pause_s: float
) -> None:
    assert pause_after(took_s, every_s=1.0) == pause_s


def test_a_pause_that_is_asked_for_is_never_shortened() -> None:
    assert pause_after(1.0, every_s=60.0) == 60.0
