"""Descriptions of specifications: the plain part of Markdown, and never code."""

import pytest

from cms.liquid.filters.prose import prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One.\n\nTwo\nlines.", "<p>One.</p><p>Two\nlines.</p>"),
        ("# Head\ntext", "<p><strong>Head</strong></p><p>text</p>"),
        ("Of:\n- a\n  b\n* c\n1. d", "<p>Of:</p><ul><li>a b</li><li>c</li><li>d</li></ul>"),
        ("`a*b` and **bold**", "<p><code>a*b</code> and <strong>bold</strong></p>"),
        (
            "[here](https://x.example/?a=1&b=2)",
            '<p><a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">here</a></p>',
        ),
        (
            "```json\n{\n\n  1\n}\n```\nend",
            '<pre tabindex="0"><code>{\n\n  1\n}</code></pre><p>end</p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<b onclick=x>", "<p>&lt;b onclick=x&gt;</p>"),
        (
            '[x](https://a"onx=y)',
            '<p><a href="https://a&#34;onx=y" rel="noopener noreferrer">x</a></p>',
        ),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        (None, ""),
    ],
)
def test_a_description_is_written_as_html(text: str | None, html: str) -> None:
    assert str(prose(text)) == html


@pytest.mark.parametrize("sign", ["`", "**", "[", "](", "[a](http://", "- ", "```\n", "#"])
def test_the_time_grows_with_the_text_alone(sign: str) -> None:
    assert prose(sign * 20_000) is not None
