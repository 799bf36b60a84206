"""Markdown never brings code with it."""

import re
from html import unescape

import pytest

from cms.markdown import MOST_CHARACTERS, html_of


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg onload=alert(1)>",
        "<a href='#' style='position:fixed'>a</a>",
        "# a {: onclick=alert(1) style=color:red }",
        "<iframe src='//evil.example'></iframe>",
        "<form action=//evil.example><input name=password></form>",
    ],
)
def test_code_does_not_survive(text: str) -> None:
    html = " ".join(re.findall(r"<[^>]*>", html_of(text).lower()))

    for bad in ("<script", "onerror=", "onload=", "onclick=", "style=", "<iframe", "<form"):
        assert bad not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_prose_tables_and_code_survive() -> None:
    html = html_of("# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx < 1\n```")

    assert '<h1 id="title">Title</h1>' in html
    assert "<td>1</td>" in html
    assert '<code class="language-python">x &lt; <span class="n">1</span>' in html


def test_code_is_coloured_and_its_text_stays() -> None:
    code = 'def f(a):\n    return "<b>&amp;" if a < 1 else None  # <script>\n'
    html = html_of(f"```python\n{code}```")

    assert '<span class="k">def</span>' in html
    assert "<script" not in html
    assert unescape(re.sub(r"<[^>]*>", "", html)).strip() == code.strip()


def test_code_in_a_language_that_nobody_knows_stays_as_it_is() -> None:
    assert '<code class="language-klingon">a &lt; b' in html_of("```klingon\na < b\n```")


def test_a_callout_has_a_title_and_no_mark() -> None:
    html = html_of("> [!WARNING]\n> Mind the **gap**.\n\nBetween.\n\n> quoted")

    assert '<div class="callout callout-warning"><p class="callout-title">Warning</p>' in html
    assert "<strong>gap</strong>" in html
    assert "[!" not in html
    assert "<blockquote>" in html


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        html_of("a" * (MOST_CHARACTERS + 1))
