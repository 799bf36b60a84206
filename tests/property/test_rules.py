"""The compiled matcher agrees with a walk over all rules, one regular expression each."""

import re

from hypothesis import given
from hypothesis import strategies as st

from gateway.paths import BadPath, normalise_path
from gateway.rules import MappingRule, Match, Matcher

pieces = st.sampled_from(["a", "b", "ab", "a.b", "{x}", "{x}.json", "a{x}", "{x}-{y}", ""])
patterns = st.builds(
    lambda segments, end: "/" + "/".join(segments) + end,
    st.lists(pieces, max_size=4),
    st.sampled_from(["", "$"]),
)
rules = st.builds(
    MappingRule,
    http_method=st.sampled_from(["GET", "POST", "ANY"]),
    pattern=patterns,
    metric=st.sampled_from(["hits", "other"]),
    delta=st.integers(-1, 3),
    last=st.booleans(),
    parameters=st.sampled_from([(), (("q", "1"),), (("q", "{q}"),), (("q", "{q}"), ("r", "2"))]),
)
paths = st.builds(
    lambda segments: "/" + "/".join(segments),
    st.lists(
        st.sampled_from(["a", "b", "ab", "a.b", "aXb", "c.json", "1-2", "a1"]), max_size=4
    ).flatmap(lambda segments: st.sampled_from([segments, [*segments, ""]])),
).map(lambda path: re.sub("/+", "/", path))
arguments = st.dictionaries(st.sampled_from(["q", "r"]), st.sampled_from(["", "1", "2"]))


def naive(all_rules: list[MappingRule], method: str, path: str, args: dict[str, str]) -> Match:
    matched: list[MappingRule] = []
    usage: dict[str, int] = {}
    for rule in all_rules:
        pattern = re.sub("/+", "/", rule.pattern)
        whole = pattern.endswith("$")
        literals = re.split(r"\{\w+\}", pattern.removesuffix("$"))
        regex = "[^/]+".join(map(re.escape, literals)) + (r"\Z" if whole else "")
        holds = all(
            name in args and (value.startswith("{") or args[name] == value)
            for name, value in rule.parameters
        )
        if rule.http_method in {method, "ANY"} and re.match(regex, path) and holds:
            matched.append(rule)
            usage[rule.metric] = usage.get(rule.metric, 0) + rule.delta
            if rule.last:
                break
    return Match(tuple(matched), {name: total for name, total in usage.items() if total > 0})


@given(st.lists(rules, max_size=8), st.sampled_from(["GET", "POST", "PUT"]), paths, arguments)
def test_the_compiled_matcher_agrees_with_the_naive_walk(
    all_rules: list[MappingRule], method: str, path: str, args: dict[str, str]
) -> None:
    assert Matcher(all_rules).match(method, path, args) == naive(all_rules, method, path, args)


@given(st.binary(max_size=40).map(lambda tail: b"/" + tail))
def test_a_normalised_path_stays_as_it_is(raw: bytes) -> None:
    try:
        path = normalise_path(raw)
    except BadPath:
        return

    assert normalise_path(path.encode()) == path
    segments = path.split("/")[1:]
    assert "" not in segments[:-1]
    assert not {".", ".."} & set(segments)


@given(st.text(st.sampled_from("/.%2eEfFab;\\"), max_size=20).map(lambda tail: f"/{tail}"))
def test_no_spelling_of_dots_and_slashes_survives(text: str) -> None:
    try:
        path = normalise_path(text.encode())
    except BadPath:
        return

    assert "//" not in path
    assert "/../" not in f"{path}/"
    assert "/..;" not in path
    assert normalise_path(path.encode()) == path
