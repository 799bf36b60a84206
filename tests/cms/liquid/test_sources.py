"""What is not parsed may say anything; what is wrong with a text is told with its place."""

import pytest

from cms.liquid.errors import TemplateError
from tests.cms.liquid.rendered import rendered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% raw %}{{ x{% endraw %}", "{{ x"),
        ("{% raw %} %} {% }} {{ {% endraw %}", " %} {% }} {{ "),
        ("{%- raw -%} {{ x {%- endraw -%} e", " {{ x e"),
        ("{% comment %}{{ x{% endcomment %}b", "b"),
        ("{% comment %}{{ x{% endcomment %}{{ 1 }}", "1"),
        ("{% doc %}{{ x {% enddoc %}c{{ 2 }}", "c2"),
        ("{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}d", "d"),
        ("{% comment %}{% comment %}{{ x {% endcomment %}{% endcomment %}e", "e"),
        ("{% comment %}{% if %}{{ a | nowhere }}{% endcomment %}f", "f"),
        ("{% raw %}{% comment %}{% endraw %}{% raw %}{% endcomment %}{% endraw %}", None),
        ("a\r\n{% if true %}\r\nb\r{% endif %}\r\n", "a\r\n\r\nb\r\r\n"),
        ("{% capture a %}x\r\n{% endcapture %}{{ a | size }}", "3"),
    ],
)
@pytest.mark.parametrize("is_html", [True, False])
def test_what_is_not_parsed_may_say_anything(text: str, shown: str | None, is_html: bool) -> None:
    expected = "{% comment %}{% endcomment %}" if shown is None else shown

    assert rendered(text, is_html=is_html) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a\n{% if oops", 2, 1, "never closed"),
        ("a\n  {% if a %}\nb\n", 2, 6, "'if' block is never closed by 'endif'"),
        ("{% if a %}{% form 'login' %}\n{% endif %}", 2, 4, "endif"),
        ("a\nb\n{{ x | nowhere }}", 3, 8, "unknown filter"),
        ("a\n{% nowhere %}", 2, 4, "unexpected tag"),
        ("a\n\n{% endif %}", 3, 4, "unexpected tag"),
        ("{% raw %}\n{{", 1, 1, "never closed by 'endraw'"),
        ("x{{ a\n", 1, 2, "never closed"),
        ("a" + " " * 200, 1, 2, "blanks"),
        ("a\n{{ 1 | divided_by: 0 }}", 2, 8, "divide by 0"),
        ("a\n{% form 'nowhere' %}{% endform %}", 2, 9, "no form"),
        ("a\n\n{% if true %}\n{{ 'x' | money }}\n{% endif %}", 4, 10, "expected an amount"),
        ("\u2028a\x0b\n{% nowhere %}", 2, 4, "unexpected tag"),
        ("{% comment %}\n\nx{{\n{% endcomment %}\n{% nowhere %}", 5, 4, "unexpected tag"),
    ],
)
def test_an_error_tells_where_it_is(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(TemplateError, match=words) as caught:
        rendered(text)

    place = caught.value.place
    assert place is not None
    assert (place.kind, place.name, place.line, place.column) == ("page", "page", line, column)
    assert str(caught.value).startswith(f"page page, line {line}: ")


def test_an_error_in_a_partial_tells_the_partial() -> None:
    partials = {"rows": "\n\n{{ 'x' | money }}", "open": "{% if a %}"}

    for text, name, line in (
        ("{% include 'rows' %}", "rows", 3),
        ("{% render 'rows' %}", "rows", 3),
        ("{% include 'open' %}", "open", 1),
    ):
        with pytest.raises(TemplateError) as caught:
            rendered(text, partials=partials)
        place = caught.value.place
        assert place is not None
        assert (place.kind, place.name, place.line) == ("partial", name, line)


def test_a_caret_stands_below_what_is_wrong() -> None:
    with pytest.raises(TemplateError) as caught:
        rendered("a\n" + "x" * 300 + "\t{{ y | nowhere }}" + "z" * 300)

    place = caught.value.place
    assert place is not None
    above, below = place.caret().split("\n")
    assert above[below.index("^") :].startswith("nowhere")
    assert len(above) < 150
