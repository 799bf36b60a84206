"""All that is wrong with an input is told at once."""

import pytest

from server.domain.errors import Blank, Conflict, DomainError, Invalid, TooLong
from server.domain.refusals import Refusals


def _refuse(error: DomainError) -> None:
    raise error


def test_all_that_was_noted_is_raised_in_its_order() -> None:
    refusals = Refusals()
    inner = Invalid("is odd.", field="b")
    inner.others = (TooLong("c", 5),)

    for error in (Blank("a"), inner):
        with refusals.noted():
            _refuse(error)
    with pytest.raises(Blank) as caught:
        refusals.tell()

    assert [caught.value.field, *(each.field for each in caught.value.others)] == ["a", "b", "c"]


def test_nothing_noted_is_nothing_told_and_other_refusals_go_through() -> None:
    refusals = Refusals()

    with pytest.raises(Conflict), refusals.noted():
        _refuse(Conflict("can't be now."))
    refusals.tell()
