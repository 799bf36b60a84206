"""Configurations against schemas: every broken rule is named, every default filled in."""

from typing import Any

import pytest

from gateway.policy.base import Policy
from gateway.policy.schema import list_faults, read_schema, with_defaults

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 4},
        "count": {"type": "integer", "minimum": 1, "maximum": 3, "default": 2},
        "ratio": {"type": "number", "minimum": 0.5},
        "on": {"type": "boolean"},
        "op": {"type": "string", "enum": ["a", "b"]},
        "code": {"type": "string", "pattern": "^[0-9]+$"},
        "client_secret": {"type": "string", "maxLength": 3},
        "rows": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {"x": {"type": "string"}, "y": {"type": "string", "default": "z"}},
                "required": ["x"],
            },
        },
    },
}


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ({}, []),
        ({"name": "abc", "count": 3, "ratio": 0.5, "on": False, "op": "b", "code": "1"}, []),
        ({"ratio": 1}, []),
        ([], ["c = []: must be of type object"]),
        ({"name": "a"}, ["c.name = 'a': must have length at least 2"]),
        ({"name": "abcde"}, ["c.name = 'abcde': must have length at most 4"]),
        ({"name": None}, ["c.name = None: must be of type string"]),
        ({"count": 0}, ["c.count = 0: must be at least 1"]),
        ({"count": 4}, ["c.count = 4: must be at most 3"]),
        ({"count": 1.5}, ["c.count = 1.5: must be of type integer"]),
        ({"count": True}, ["c.count = True: must be of type integer"]),
        ({"ratio": 0.4}, ["c.ratio = 0.4: must be at least 0.5"]),
        ({"on": 1}, ["c.on = 1: must be of type boolean"]),
        ({"op": "c"}, ["c.op = 'c': must be one of a, b"]),
        ({"code": "1\n2"}, ["c.code = '1\\n2': must match ^[0-9]+$"]),
        ({"code": "1\n"}, ["c.code = '1\\n': must match ^[0-9]+$"]),
        ({"client_secret": "hush"}, ["c.client_secret = (hidden): must have length at most 3"]),
        ({"rows": []}, ["c.rows = []: must have length at least 1"]),
        ({"rows": [{}]}, ["c.rows[0].x: is missing"]),
        (
            {"rows": [{"x": "1"}, {"x": 2, "q": 1}], "zz": 1},
            [
                "c.rows[1].x = 2: must be of type string",
                "c.rows[1].q: is not known here; these are: x, y",
                "c.zz: is not known here; these are: name, count, ratio, on, op, code, "
                "client_secret, rows",
            ],
        ),
    ],
)
def test_every_broken_rule_has_path_value_and_words(value: Any, faults: list[str]) -> None:
    assert list(list_faults(SCHEMA, value, "c")) == faults


def test_defaults_are_filled_in_at_any_depth() -> None:
    assert with_defaults(SCHEMA, {"rows": [{"x": "1"}, {"x": "2", "y": "3"}]}) == {
        "count": 2,
        "rows": [{"x": "1", "y": "z"}, {"x": "2", "y": "3"}],
    }
    assert with_defaults(SCHEMA, {"count": 3}) == {"count": 3}


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "object", "properties": {"a": {"type": "string", "format": "ipv4"}}}',
        '{"type": "object", "properties": {"a": {"type": "text"}}}',
        '{"type": "array", "items": {"oneOf": []}}',
        '{"type": "object", "additionalProperties": true}',
        '{"type": "string", "pattern": "^[0-9]+"}',
    ],
)
def test_a_schema_with_a_rule_that_is_not_checked_is_refused(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    package = tmp_path / "strange_policy"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "schema.json").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    strange = type("Strange", (Policy,), {"name": text, "__module__": "strange_policy.policy"})

    with pytest.raises(ValueError, match=r"the schema has|are always refused|from \^ to"):
        read_schema(strange)
