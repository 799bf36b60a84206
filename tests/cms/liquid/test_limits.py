"""No filter costs much, whatever it is given: all of them, with all kinds of nasty values."""

import gc
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.liquid.limits import MOST_TEXT
from cms.liquid.render_scope import RenderScope

ENGINE = Engine(autoescape=True)
NOTHING = Source("nothing", "nothing", lambda: "")
MOST_S = 0.5  # the dearest takes a sixth of it
FILTERS = sorted(ENGINE._environment.filters)
NUMBERS: Mapping[str, Any] = {
    "an exponent": "1e100000000",
    "a negative exponent": "-1e-100000000",
    "not a number": "NaN",
    "a signalling one": "sNaN",
    "infinity": "Infinity",
    "a float": 1e308,
    "a big integer": 2**255,
    "a negative integer": -(2**255),
    "half": "0.5",
    "4,000 figures": "9" * 4_000,
    "all figures": "9" * MOST_TEXT,
}
LISTS: Mapping[str, Any] = {
    "long texts": ["a" * 120] * 2_000,
    "different texts": [str(number) * 20 for number in range(2_000)],
    "numbers": list(range(2_000)),
    "exponents": ["1e999999999"] * 2_000,
    "lists": [[["a"] * 5] * 5] * 70,
    "mappings": [{"a": "b" * 100}] * 2_000,
    "a range": range(2_000),
    "a huge range": range(10**9),
}
TEXTS: Mapping[str, Any] = {
    repr(part): (part * MOST_TEXT)[:MOST_TEXT]
    for part in (
        *"a<>&;\n \t\"'[%|`~\\_*#-.é\u0130\U0001f600\x00",
        "<b>", "<b><p>", "<script", "<!--", "&amp;", "&#x", "\r\n", " a", "%zz", "QUFB",
        "2020-01-01T",
    )
}  # fmt: skip
VALUES = {
    **NUMBERS,
    **LISTS,
    **TEXTS,
    "nothing": None,
    "true": True,
    "a digit entity": "&#" + "9" * 250_000,
}
ARGUMENTS = (
    "",
    "''",
    "' '",
    "'a'",
    "v",
    "v, v",
    "'a', v",
    "'1e100000000'",
    "-99999999999999999999",
)


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """Keep the collector, which looks through all that the tests hold, out of the measured time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.slow
def test_no_filter_takes_long_or_fails_in_another_way() -> None:
    late = {}
    for name in FILTERS:
        for argument in ARGUMENTS:
            text = f"{{{{ v | {name}{': ' if argument else ''}{argument} }}}}"
            source = _source_of(text)
            for title, value in VALUES.items():
                began_s = time.thread_time()
                _render(source, value)
                spent_s = time.thread_time() - began_s
                if spent_s > MOST_S:
                    late[text, title] = spent_s

    assert len(FILTERS) * len(ARGUMENTS) * len(VALUES) > 20_000
    assert not late


def _source_of(text: str) -> Source:
    return Source(text, "page", lambda: text)


def _render(source: Source, value: object) -> None:
    scope = RenderScope(lambda _: ENGINE.template(NOTHING))
    try:
        ENGINE.render(source, scope, {"v": value})
    except TemplateError:
        return


@pytest.mark.parametrize("name", ["squish", "strip_newlines", "upcase"])
def test_many_filters_in_a_row_end_with_the_time(name: str) -> None:
    text = "{{ v" + f" | {name}" * 10_000 + " }}"
    began_s = time.thread_time()

    with pytest.raises(TemplateError, match="takes too long"):
        ENGINE.render(
            _source_of(text),
            RenderScope(lambda _: ENGINE.template(NOTHING)),
            {"v": " a" * (MOST_TEXT // 2)},
        )

    assert time.thread_time() - began_s < 3  # reading 10,000 filters included
