"""Tables as CSV."""

import csv
import io

import pytest

from server.kit.csv import csv_of


def test_a_table_is_read_back_as_it_was() -> None:
    rows: list[list[str | int]] = [["a,b", 1], ['say "hi"', 2], ["two\nlines", -3]]

    text = csv_of(["name", "value"], rows)

    assert text.startswith("name,value\r\n")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["name", "value"], *([name, str(value)] for name, value in rows)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_no_text_is_a_formula(text: str) -> None:
    header, row = csv.reader(io.StringIO(csv_of([text], [[text]]), newline=""))

    assert header == row == [f"'{text}"]


def test_a_number_stays_a_number() -> None:
    assert csv_of(["n"], [[-5]]) == "n\r\n-5\r\n"
