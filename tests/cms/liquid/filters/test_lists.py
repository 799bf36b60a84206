"""Filters on lists do what Liquid's do, at a cost that grows with the list."""

from typing import Any

import pytest
from liquid.builtin.filters.array import uniq as library_uniq

from cms.liquid.filters.lists import uniq

VALUES: list[Any] = [
    [],
    [1, 2, 1, "1", None, None, 0],
    ["b", "a", "b", "a"],
    [{"a": 1}, {"a": 1}, {"a": 2}, {}],
    [{"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}],
    "a text",
    {"a": 1},
    None,
]


@pytest.mark.parametrize("value", VALUES)
def test_uniq_leaves_out_what_the_librarys_leaves_out(value: Any) -> None:
    assert uniq(value) == library_uniq(value)


def test_uniq_by_a_name_keeps_the_first_of_each() -> None:
    rows = [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"b": 3}, {"b": 4}, {"a": [1]}, {"a": [1]}]

    assert uniq(rows, "a") == library_uniq(rows, "a") == [rows[0], rows[2], rows[4]]


def test_uniq_tells_numbers_and_flags_apart() -> None:
    values = [1, 1.0, True, 0, False, 1, True, 1.0]

    assert [repr(value) for value in uniq(values)] == ["1", "1.0", "True", "0", "False"]
