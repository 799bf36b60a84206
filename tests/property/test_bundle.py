"""The Lua of a bundle reads paths, arguments and mapping rules as the gateway itself does."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.arguments import CallArguments
from gateway.bundle.config import rule_of
from gateway.paths import (
    READINGS,
    BadPath,
    normalise_path,
    path_for_rules,
    refuse_ambiguous,
)
from gateway.rules import MappingRule, Matcher
from tests.kit.bundle import Lua
from tests.property.test_rules import arguments, paths, rules

pytestmark = pytest.mark.nginx

NORMALISE = """
local paths, text = require("gatehouse.paths"), require("gatehouse.text")
return function(asked)
  local path, rule = paths.normalise(text.unescape(asked[1]))
  rule = rule or paths.find_ambiguity(path, asked[2])
  if rule then
    return { rule = rule }
  end
  return { path = path, seen = paths.for_rules(path, asked[2]) }
end
"""
ARGUMENTS = """
local arguments, text = require("gatehouse.arguments"), require("gatehouse.text")
return function(asked)
  local found = arguments.of(text.unescape(asked[1]), text.unescape(asked[2]))
  return { rule = found:get(asked[3]), credential = found:credential(asked[3]) }
end
"""
MATCH = """
local rules = require("gatehouse.rules")
local by_name = { __index = { get = function(self, name) return rawget(self, name) end } }
return function(asked)
  local given = setmetatable(asked.arguments, by_name)
  local found, usage = rules.match(rules.compile(asked.rules), asked.method, asked.path, given)
  local patterns = {}
  for index, rule in ipairs(found) do
    patterns[index] = rule.pattern
  end
  return { patterns = #patterns > 0 and patterns or "none", usage = usage }
end
"""
# What a call may hold, percent-encoded for the way to LuaJIT.
raw_bytes = st.lists(
    st.one_of(
        st.sampled_from(
            [b"/", b".", b"..", b"%2e", b"%2F", b"%", b"%4", b";", b"\\", b"a", b"%41"]
        ),
        st.sampled_from(
            [
                b"//",
                b"/./",
                b"%c3%a9",
                b" ",
                b"%20",
                b"...",
                b"%3b",
                b"%5C",
                b"%ff",
                b"\xc3\xa9",
                b"%00",
                b"%7f",
                b"{",
                b"~",
            ]
        ),
        st.binary(min_size=1, max_size=2),
    ),
    max_size=8,
).map(b"".join)
queries = st.lists(
    st.sampled_from([b"a", b"A", b"b", b"=", b"&", b"+", b"%41", b"%61", b"%zz", b"%", b"\xe9"]),
    max_size=10,
).map(b"".join)


def quoted(raw: bytes) -> str:
    """Write each byte as an escape."""
    return "".join(f"%{byte:02X}" for byte in raw)


@pytest.fixture(scope="module")
def normalise() -> Iterator[Lua]:
    lua = Lua(NORMALISE)
    yield lua
    lua.close()


@pytest.fixture(scope="module")
def argument() -> Iterator[Lua]:
    lua = Lua(ARGUMENTS)
    yield lua
    lua.close()


@pytest.fixture(scope="module")
def match() -> Iterator[Lua]:
    lua = Lua(MATCH)
    yield lua
    lua.close()


@given(raw_bytes.map(lambda tail: b"/" + tail), st.sampled_from(READINGS))
def test_paths_have_one_spelling_in_both(normalise: Lua, raw: bytes, reading: str) -> None:
    try:
        path = normalise_path(raw)
        refuse_ambiguous(path, reading)
        expected = {"path": path, "seen": path_for_rules(path, reading)}
    except BadPath as error:
        expected = {"rule": str(error)}

    assert normalise([quoted(raw), reading]) == expected


@given(queries, queries, st.sampled_from(["a", "b", "aa", "ab"]))
def test_arguments_are_read_alike(argument: Lua, form: bytes, query: bytes, name: str) -> None:
    ours = CallArguments(query)
    ours.add_form(form)
    expected = {"rule": ours.get(name), "credential": ours.credential(name)}

    found = argument([quoted(query), quoted(form), name])

    assert found == {key: value for key, value in expected.items() if value is not None}


@given(st.lists(rules, max_size=8), st.sampled_from(["GET", "POST", "PUT"]), paths, arguments)
def test_the_matchers_agree(
    match: Lua, all_rules: list[MappingRule], method: str, path: str, args: dict[str, str]
) -> None:
    expected = Matcher(all_rules).match(method, path, args)

    found = match(
        {
            "rules": [rule_of(rule) for rule in all_rules],
            "method": method,
            "path": path,
            "arguments": args,
        }
    )

    patterns = [rule.pattern for rule in expected.rules] or "none"
    assert found == {"patterns": patterns, "usage": expected.usage}
