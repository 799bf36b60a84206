"""What templates are compiled to says the same as the library itself, errors and places too."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from liquid import BoundTemplate

from cms.content.theme import Source
from cms.liquid.compiled import writers
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.liquid.language import language_of
from cms.liquid.render_scope import RenderScope
from server.kit.clock import FixedClock

Pairs = Mapping[bool, tuple[Engine, Engine]]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
GOLDEN = Path(__file__).parents[5] / "shared" / "data" / "golden_liquid.json"
PARTIALS: Mapping[str, str] = {
    "one": "<{{ x }}|{{ partial }}|{{ n }}>{% assign seen = x %}",
    "again": "{{ n }}{% include 'again', n: x %}",
    "leaves": "a{% break %}b",
    "fails": "\n {{ x | divided_by: 0 }}",
}
NAMES = ["x", "n", "row", "row.name", "row.tags", "tags", "tags.size", "tags[0]", "tags.first"]
NAMES += ["row.tags.size", "row.nothing.more", "nothing", "word", "word.size", "html", "forloop"]
NAMES += ["forloop.index", "seen", "row['name']", "tags[n]", "partial", "empty", "nil", "true"]
NAMES += ["now.day", "'a'", "'<b>'", "7", "1.5", "(1..3)", "each", "each.size", "tags.last"]
FILTERS = ["", " | upcase", " | t: name: x", " | t", " | size", " | default: word", " | first"]
FILTERS += [" | append: word | escape", " | divided_by: n", " | nonsense", " | slice: 1, 2"]
FILTERS += [" | join: '-'", " | t: count: n, plural: '%{count} calls'", " | t: value: 1"]
FILTERS += [" | split: 'o' | sort", " | map: 'name'", " | plus: 1", " | date: '%Y'"]
VALUES: Mapping[str, Any] = {
    "x": "<x & y>",
    "n": 2,
    "row": {"name": "Ann", "tags": ["a", "b"], "size": 9},
    "tags": ["blue", "red", {"name": "green"}],
    "word": "Sent to %{name}, %{other}",
    "html": None,
}


@pytest.fixture(scope="module")
def engines() -> Pairs:
    """Make engines by twos, the second of which leaves all to the library."""
    return {
        is_html: (Engine(autoescape=is_html), Engine(autoescape=is_html))
        for is_html in (False, True)
    }


def _told(
    engine: Engine, text: str, values: Mapping[str, Any], partials: Mapping[str, str]
) -> object:
    """Render in German, and tell what comes out, or what is wrong where."""

    def partial(name: str) -> BoundTemplate:
        found = partials.get(name, "")
        return engine.template(Source((name, found), name, lambda: found, kind="partial"))

    scope = RenderScope(partial, csrf_token="0", clock=FixedClock(NOW), language=language_of("de"))
    source = Source(text, "page", lambda: text, kind="page")
    try:
        return engine.render(source, scope, values), scope.stored
    except TemplateError as error:
        return error.message, error.place


def _differences(
    engines: tuple[Engine, Engine],
    text: str,
    values: Mapping[str, Any],
    partials: Mapping[str, str],
) -> object:
    """Render twice by each, since what is remembered must be the same as what was made."""
    made = [_told(engines[0], text, values, partials) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writers, "MAKERS", {})
        right = _told(engines[1], text, values, partials)
    return [each for each in made if each != right] and (made, right)


@pytest.mark.skipif(not GOLDEN.exists(), reason="the public cases do not lie beside this checkout")
def test_the_public_cases_come_out_as_the_library_has_them(
    engines: Pairs,
) -> None:
    cases = json.loads(GOLDEN.read_text("utf-8"))["tests"]

    different = {
        (case["name"], is_html): found
        for case in cases
        for is_html in (False, True)
        if (
            found := _differences(
                engines[is_html], case["template"], case.get("data", {}), case.get("templates", {})
            )
        )
    }

    assert len(cases) > 900
    assert different == {}


def _nodes(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    value, name = _values(), st.sampled_from(NAMES)
    test = st.one_of(
        name,
        st.tuples(
            name, st.sampled_from(["==", "!=", "<", ">=", "contains", "and", "or"]), name
        ).map(" ".join),
    )
    loop = st.sampled_from(
        ["", " limit: 2", " offset: 1", " reversed", " offset: continue limit: n"]
    )
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(test, inner, test, inner).map(
            lambda it: (
                f"{{% if {it[0]} %}}{it[1]}{{% elsif {it[2]} %}} {{% else %}}{it[3]}{{% endif %}}"
            )
        ),
        st.tuples(test, inner).map(lambda it: f"{{% unless {it[0]} %}}{it[1]}{{% endunless %}}"),
        st.tuples(name, loop, inner, inner).map(
            lambda it: f"{{% for each in {it[0]}{it[1]} %}}{it[2]}{{% else %}}{it[3]}{{% endfor %}}"
        ),
        inner.map(lambda it: f"{{% capture seen %}}{it}{{% endcapture %}}{{{{ seen }}}}"),
        st.tuples(value, inner).map(lambda it: f"{{% assign n = {it[0]} %}}{it[1]}"),
        inner.map(lambda it: f"{{% form 'login', class: x %}}{it}{{% endform %}}"),
        inner.map(lambda it: f"{{% content_for side %}}{it}{{% endcontent_for %}}"),
    )


def _values() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(NAMES), st.sampled_from(FILTERS)).map("".join)


LEAVES = st.one_of(
    st.sampled_from(
        ["\n", "text ", "{% break %}", "{% continue %}", "{% csrf %}", "{{ 'Copy' | t }}"]
    ),
    st.sampled_from([f"{{% include '{name}', x: n %}}" for name in PARTIALS]),
    st.sampled_from(
        ["{% include x %}", "{% render 'one', x: row.name %}", "{% include 'one' for tags %}"]
    ),
    st.sampled_from(["{% cycle 'a', 'b' %}", "{% increment n %}", "{% assign x = row.name %}"]),
    _values().map(lambda it: f"{{{{ {it} }}}}"),
)
TEMPLATES = st.recursive(LEAVES, _nodes, max_leaves=12)


@given(text=TEMPLATES, is_html=st.booleans())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_template_comes_out_as_the_library_has_it(
    engines: Pairs, text: str, is_html: bool
) -> None:
    assert not _differences(engines[is_html], text, VALUES, PARTIALS)


def test_no_text_of_a_template_becomes_code() -> None:
    engine = Engine(autoescape=True)
    text = (
        "{{ __import__ }}{{ x['__class__'] }}{{ \"__import__('os')\" | t: name: '{0.__class__}' }}"
    )

    assert _told(engine, text, VALUES, {}) == ("__import__('os')", {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% for a in (1..2000) %}{% for b in (1..2000) %}{% endfor %}{% endfor %}", "loops more"),
        ("{% for a in (1..19000) %}{% include 'row' %}{% endfor %}", "output stream limit"),
        ("{% include 'again' %}", "maximum context depth"),
        (
            "{% assign a = x %}{% for i in (1..30) %}{% assign a = a | append: a %}{% endfor %}",
            "long",
        ),
    ],
)
def test_what_a_template_may_spend_is_what_it_was(text: str, message: str) -> None:
    partials = {**PARTIALS, "row": "x" * 200}
    engine = Engine(autoescape=True)

    told = _told(engine, text, VALUES, partials)

    assert isinstance(told, tuple)
    assert message in str(told[0])
    assert _differences((engine, Engine(autoescape=True)), text, VALUES, partials) == []
