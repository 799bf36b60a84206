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
from cms.liquid import deadline
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.liquid.limits import MOST_HELD, MOST_OUTPUT_BYTES
from cms.liquid.render_scope import RenderScope
from cms.liquid.sources import MOST_SOURCE

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
LOOPS, LONG, LIST = "loops more than", "a value that is too long", "a list of more than"
NUMBER, UNCLOSED = "a number that is too big", "never closed by"
BOMBS = {  # with the words of the limit that ends each
    "nested loops": (
        "{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}",
        LOOPS,
    ),
    "empty loops": (
        "{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}",
        LOOPS,
    ),
    "many loops": ("{% for a in (1..9999) %}{% if a == 0 %}{% endif %}{% endfor %}" * 900, LOOPS),
    "a huge range": ("{% for a in (1..99999999999999999999) %}x{% endfor %}", "range literal"),
    "append": (DOUBLING + "{% assign a = a | append: a %}" * 60, LONG),
    "capture": (DOUBLING + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 60, LONG),
    "replace": (DOUBLING + "{% assign a = a | replace: 'a', a %}" * 20, LONG),
    "replace nothing": (DOUBLING + "{% assign a = a | replace: '', a %}" * 20, LONG),
    "join": ("{{ (1..3000000) | join: 'x' }}", LIST),
    "join twice": ("{% assign r = (1..1999) | join: 'x' %}{{ (1..1999) | join: r }}", LONG),
    "times": ("{% assign a = 99999999 %}" + "{% assign a = a | times: a %}" * 40, NUMBER),
    "a huge float": ("{{ '1e308' | ceil | times: 9 }}", NUMBER),
    "split": (
        DOUBLING + "{% assign a = a | append: a %}" * 13 + "{{ a | split: '' | sort }}",
        LIST,
    ),
    "a table of many rows": (
        "{% tablerow a in (1..9999) %}{% tablerow b in (1..9999) %}"
        "{% endtablerow %}{% endtablerow %}",
        LOOPS,
    ),
    "open tags": ("{{" * 60_000, UNCLOSED),
    "open tags, closed once": ("{{" * 60_000 + "}}", "unexpected"),
    "blanks": ("{{ a" + " " * 100_000 + "}}", "blanks in a row"),
    "open raws": ("{% raw %}" * 20_000, UNCLOSED),
    "open docs": ("{% doc %}" * 20_000, UNCLOSED),
    "comments in comments": ("{% comment %}" * 8_000 + "{% endcomment %}" * 7_999, UNCLOSED),
    "open raws in a comment": ("{% comment %}" + "{% raw %}" * 20_000, UNCLOSED),
    "open comments": ("{% comment %}" * 15_000, UNCLOSED),
    "deep blocks": ("{% if a %}" * 500 + "{% endif %}" * 500, "nesting"),
    "long": ("a" * (MOST_SOURCE + 1), "characters"),
    "many values": (
        DOUBLING
        + "{% assign a = a | append: a %}" * 13
        + "".join(f"{{% assign a{n} = a %}}" for n in range(1 + MOST_HELD // (10 * 2**13))),
        "keeps too much",
    ),
    "much output": (
        DOUBLING
        + "{% assign a = a | append: a %}" * 13
        + "{{ a }}" * (1 + MOST_OUTPUT_BYTES // (10 * 2**13)),
        "output",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str) -> None:
    text, words = BOMBS[name]
    started = time.thread_time()

    with pytest.raises(TemplateError, match=words):
        _render(text)

    assert time.thread_time() - started < MOST_S


def test_a_date_of_a_huge_width_is_a_short_text() -> None:
    assert len(_render("{{ 'now' | date: '%99999999d' }}")) < 100


def test_the_time_of_the_collector_is_not_the_templates() -> None:
    held = [[number] for number in range(400_000)]
    gc.enable()

    class Heavy(dict[str, int]):
        def __getitem__(self, key: str) -> int:
            started = time.thread_time()
            while time.thread_time() - started < deadline.MOST_S + 0.1:
                gc.collect()
            return len(held)

    assert _render("{{ a.size }}{{ a.size }}{{ a.size }}", a=Heavy()) == "400000" * 3


def test_recursion_ends() -> None:
    twice = "{% include 'again' %}{% include 'again' %}"
    started = time.thread_time()

    with pytest.raises(TemplateError):
        _include({"again": twice}, twice)

    assert time.thread_time() - started < MOST_S


@pytest.mark.parametrize(
    ("partial", "words"),
    [
        ("{% render 'again' %}{% render 'again' %}", "too many times"),
        ("{% assign l = 'a,b,c,d' | split: ',' %}{% render 'again' for l %}", "too many times"),
        ("{% for a in (1..2000) %}x{% endfor %}", "loops more than"),
        ("{% increment a %}{% render 'again' %}{% render 'again' %}", "too many times"),
    ],
)
def test_what_is_rendered_spends_from_the_same(partial: str, words: str) -> None:
    started = time.thread_time()

    with pytest.raises(TemplateError, match=words):
        _include({"again": partial}, "{% render 'again' %}" * 11)

    assert time.thread_time() - started < MOST_S


def test_what_is_rendered_counts_what_its_parent_keeps() -> None:
    half = DOUBLING + "{% assign a = a | append: a %}" * 14
    keeps = half + "".join(f"{{% assign a{n} = a %}}" for n in range(6))

    assert _include({"again": keeps}, "{% render 'again' %}" * 3) == ""
    with pytest.raises(TemplateError, match="keeps too much"):
        _include({"again": keeps}, keeps + "{% render 'again' %}")


def test_what_is_rendered_sees_its_arguments_and_may_not_include() -> None:
    partials = {"a": "{{ x }}{{ y }}{{ z }}", "b": "{% include 'a' %}"}

    shown = _include(
        partials,
        "{% assign x = 1 %}{% render 'a', y: x %}{% assign w = 3 %}{% render 'a' with w as z %}",
    )

    assert shown == "13"
    with pytest.raises(TemplateError, match="not allowed"):
        _include(partials, "{% render 'b' %}")


def test_a_missing_partial_is_empty_and_a_wrong_form_is_an_error() -> None:
    assert _render("a{% include 'nowhere' %}{% render 'nowhere' %}b") == "ab"
    for text in (
        "{% form 'nowhere' %}{% endform %}",
        "{% form 'application.update' %}{% endform %}",
    ):
        with pytest.raises(TemplateError, match="form"):
            _render(text)


@pytest.mark.parametrize("tag", ["layout 'a'", "extends 'a'", "block a", "macro a"])
def test_tags_that_no_liquid_has_do_not_exist(tag: str) -> None:
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
