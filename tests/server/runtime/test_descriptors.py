"""Descriptors are shared so that connections leave some for everything else."""

import os

import pytest

from server.runtime.descriptors import LEAST, RESERVE, Shares, count_descriptors


@pytest.mark.parametrize("descriptors", [LEAST, 1_024, 4_096, 20_000, 1_048_576, 2**31])
def test_connections_leave_descriptors_for_the_rest(descriptors: int) -> None:
    shares = Shares.of(descriptors)

    assert 2 * shares.total + RESERVE <= descriptors
    assert 16 <= shares.per_address <= shares.total <= 16_384


def test_an_address_gets_a_quarter() -> None:
    assert Shares.of(1_024) == Shares(448, 112)


def test_open_descriptors_are_counted() -> None:
    before = count_descriptors()
    pipe = os.pipe()
    try:
        assert count_descriptors() == before + 2
    finally:
        for each in pipe:
            os.close(each)
