"""JSON without what RFC 8259 does not know."""

import json

import pytest

from server.kit.strict_json import json_bytes, parse_json


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_numbers_that_are_none_are_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="is not JSON"):
        parse_json(text)


def test_numbers_that_are_none_are_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})


def test_what_is_written_is_short_utf8_and_reads_back() -> None:
    value = {"a": [1, "ä"], "b": "\ud800"}

    written = json_bytes(value)

    assert written == '{"a":[1,"ä"],"b":"\\ud800"}'.encode()
    assert json.loads(written) == parse_json(written) == value
