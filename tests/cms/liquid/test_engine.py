"""What templates can't do: reach what is no drop's, take long, take much."""

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from liquid import BoundTemplate

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.liquid.limits import MOST_SOURCE
from cms.liquid.render_scope import RenderScope

ENGINE = Engine(autoescape=True)
NOTHING = Source("nothing", "nothing", lambda: "")
MOST_S = 1.0


def _render(text: str, **variables: object) -> str:
    source = Source(text, "page", lambda: text)
    return ENGINE.render(source, RenderScope(lambda _: ENGINE.template(NOTHING)), variables)


def _include(partials: Mapping[str, str], text: str) -> str:
    def partial(name: str) -> BoundTemplate:
        return ENGINE.template(Source((name, partials[name]), name, lambda: partials[name]))

    source = Source(text, "page", lambda: text)
    return ENGINE.render(source, RenderScope(partial), {})


def test_values_are_escaped() -> None:
    assert _render("{{ a }}", a="<b>'\"&") == "&lt;b&gt;&#39;&#34;&amp;"


@pytest.mark.parametrize(
    "payload",
    ["{{ 7 | times: 7 }}", "{% assign a = 1 %}", "${7*7}", "<%= 7*7 %>", "{{7*7}}", "#{7*7}"],
)
def test_payloads_in_values_stay_literal(payload: str) -> None:
    shown = _render("{{ a }}", a=payload)

    assert "49" not in shown
    assert shown == _render("{{ a }}", a=payload)
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == payload


@pytest.mark.parametrize(
    "path",
    [
        "a.__class__",
        "a['__class__']",
        "a.__init__.__globals__",
        "s.__class__.__mro__",
        "s.format",
        "f.__code__",
        "a.model",
        "a.data",
    ],
)
def test_python_attributes_are_out_of_reach(path: str) -> None:
    assert _render(f"{{{{ {path} }}}}", a={}, s="text", f=0) == ""


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """Keep the collector, which looks through all that the tests hold, out of the measured time."""
    gc.disable()
    yield
    gc.enable()


DOUBLING = "{% assign a = 'aaaaaaaaaa' %}"
BOMBS = {
    "nested loops": "{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}",
    "empty loops": "{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}",
    "many loops": "{% for a in (1..9999) %}{% if a == 0 %}{% endif %}{% endfor %}" * 900,
    "a huge range": "{% for a in (1..99999999999999999999) %}x{% endfor %}",
    "append": DOUBLING + "{% assign a = a | append: a %}" * 60,
    "capture": DOUBLING + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 60,
    "replace": DOUBLING + "{% assign a = a | replace: 'a', a %}" * 20,
    "replace nothing": DOUBLING + "{% assign a = a | replace: '', a %}" * 20,
    "join": "{{ (1..3000000) | join: 'x' }}",
    "join twice": "{% assign r = (1..1999) | join: 'x' %}{{ (1..1999) | join: r }}",
    "times": "{% assign a = 99999999 %}" + "{% assign a = a | times: a %}" * 40,
    "a huge float": "{{ '1e308' | ceil | times: 9 }}",
    "split": DOUBLING + "{% assign a = a | append: a %}" * 13 + "{{ a | split: '' | sort }}",
    "strip_html": DOUBLING.replace("a" * 10, "<" * 10)
    + "{% assign a = a | append: a %}" * 14
    + "{{ a | strip_html }}",
    "date": "{{ 'now' | date: '%99999999d' }}",
    "open tags": "{{" * 60_000,
    "open tags, closed once": "{{" * 60_000 + "}}",
    "blanks": "{{ a" + " " * 100_000 + "}}",
    "open raws": "{% raw %}" * 20_000,
    "open comments": "{% comment %}" * 15_000,
    "deep blocks": "{% if a %}" * 500 + "{% endif %}" * 500,
    "long": "a" * (MOST_SOURCE + 1),
    "many values": "".join(f"{{% assign a{n} = '{'x' * 900}' %}}" for n in range(250)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time(name: str) -> None:
    started = time.thread_time()

    try:
        text = _render(BOMBS[name])
    except TemplateError:
        text = ""

    assert time.thread_time() - started < MOST_S
    assert len(text) < 2_000_000


def test_the_time_of_the_collector_is_not_the_templates() -> None:
    held = [[number] for number in range(400_000)]
    gc.enable()

    class Heavy(dict[str, int]):
        def __getitem__(self, key: str) -> int:
            started = time.thread_time()
            while time.thread_time() - started < MOST_S:
                gc.collect()
            return len(held)

    assert _render("{{ a.size }}{{ a.size }}{{ a.size }}", a=Heavy()) == "400000" * 3


def test_recursion_ends() -> None:
    twice = "{% include 'again' %}{% include 'again' %}"
    started = time.thread_time()

    with pytest.raises(TemplateError):
        _include({"again": twice}, twice)

    assert time.thread_time() - started < MOST_S


def test_a_missing_partial_is_empty_and_a_wrong_form_is_an_error() -> None:
    assert _render("a{% include 'nowhere' %}b") == "ab"
    for text in (
        "{% form 'nowhere' %}{% endform %}",
        "{% form 'application.update' %}{% endform %}",
    ):
        with pytest.raises(TemplateError, match="form"):
            _render(text)


@pytest.mark.parametrize("tag", ["render 'a'", "increment a", "layout 'a'", "extends 'a'"])
def test_tags_that_escape_the_limits_do_not_exist(tag: str) -> None:
    with pytest.raises(TemplateError):
        _render(f"{{% {tag} %}}")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="{}%| abfor.'\"1:[]()in-", max_size=60), st.sampled_from(["", "{{ ", "{% "])
)
def test_no_text_raises_anything_but_a_template_error(text: str, opening: str) -> None:
    closing = {"": "", "{{ ": " }}", "{% ": " %}"}[opening]

    with suppress(TemplateError):
        _render(f"{opening}{text}{closing}", a=1, b={"for": [1, "2", None]})
