"""Sums: bounded, handed over as a whole, kept while nobody takes them."""

from collections.abc import Mapping

import pytest

from gateway.sums import MOST_SUMS, Sums


async def test_what_waits_is_bounded() -> None:
    taken: dict[int, int] = {}

    async def take(sums: Mapping[int, int]) -> None:
        taken.update(sums)

    sums = Sums(take)
    for number in range(MOST_SUMS + 5):
        sums.add(number)
    sums.add(1)
    await sums.fold()

    assert len(taken) == MOST_SUMS
    assert taken[1] == 2
    assert len(sums) == 0


async def test_what_is_not_taken_is_added_to_what_comes() -> None:
    taken: dict[str, int] = {}
    is_down = True

    async def take(sums: Mapping[str, int]) -> None:
        if is_down:
            sums_.add("came meanwhile")
            raise OSError("away")
        taken.update(sums)

    sums_ = Sums(take)
    sums_.add("first")
    with pytest.raises(OSError, match="away"):
        await sums_.fold()
    is_down = False
    sums_.add("first")
    await sums_.fold()

    assert taken == {"first": 2, "came meanwhile": 1}
