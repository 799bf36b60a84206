"""The HTML of mails: made of text, or cleaned; nothing runs, nothing is fetched."""

import pytest

from cms.rendering.mail_html import clean_html, html_of_text, is_html, text_of_html


def test_a_text_becomes_paragraphs_links_and_a_button() -> None:
    html = html_of_text(
        "Hi <b>&\nyou, see http://x.example/a?b=1&c=2.\n\nhttp://x.example/go\n\n> no"
    )

    assert "<p>Hi &lt;b&gt;&amp;<br>" in html
    assert 'href="http://x.example/a?b=1&amp;c=2">http://x.example/a?b=1&amp;c=2</a>.' in html
    assert '<a class="button" href="http://x.example/go">' in html
    assert "<blockquote>no</blockquote>" in html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<img src="http://evil.example/pixel.png">',
        '<p onclick="x()">a</p>',
        '<a href="javascript:x()">a</a>',
        '<iframe src="http://evil.example"></iframe>',
        "<style>@import url(http://evil.example)</style>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(evil: str) -> None:
    cleaned = clean_html(evil)

    for word in ("script", "img", "onclick", "javascript", "iframe", "import", "evil"):
        assert word not in cleaned


@pytest.mark.parametrize(
    ("source", "is_it"),
    [
        ("<p>Hi</p>", True),
        ("{% email %}{% subject = '<a>' %}{% endemail %}\n<!doctype html>", True),
        ("{% capture a %}b{% endcapture %}{%- email %}x{% endemail -%}\nHello <b>", False),
        ("{{ user.name }} <p>", False),
    ],
)
def test_what_begins_with_a_tag_is_html(source: str, is_it: bool) -> None:
    assert is_html(source) is is_it


def test_html_becomes_text_with_its_addresses() -> None:
    html = '<h1>Hi</h1><p>Go <a href="http://x.example/">there</a> &amp; back</p>'

    assert text_of_html(html) == "Hi\nGo there (http://x.example/) & back\n"
