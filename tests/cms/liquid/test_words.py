"""Nil, true and numbers are Liquid's words in every filter; what is escaped is escaped once."""

import pytest

from cms.liquid.errors import TemplateError
from tests.cms.liquid.rendered import engine, rendered

NASTY = "AT&T <b>x</b>"
ROWS = [{"a": 1}, {"a": 0}, {"a": True}, {"b": 2}, {"a": None}]
VALUES = {"t": True, "f": False, "v": NASTY, "list": [1, None, True, "a"], "rows": ROWS}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 'Hi ' | append: nil }}", "Hi "),
        ("{{ 'Hi ' | append: nowhere }}", "Hi "),
        ("{{ t | append: '' }}{{ f | append: 1 }}", "truefalse1"),
        ("{{ 'x' | prepend: nil }}{{ 'x' | prepend: t }}", "xtruex"),
        ("{{ nil | slice: 0 }}{{ t | slice: 0, 2 }}{{ 123 | slice: 1 }}", "tr2"),
        ("{{ 'a true' | replace: t, nil }}{{ 'aa' | replace_first: 'a', nil }}", "a a"),
        ("{{ 'abab' | replace_last: 'ab', f }}{{ 'a' | remove_last: 'a' }}", "abfalse"),
        ("{{ 'anilb' | remove: nil }}", "anilb"),
        ("{{ list | join: ',' }}|{{ list | join: nil }}", "1,,true,a|1truea"),
        ("{{ list }}{% echo list %}", "1truea1truea"),
        ("{{ 'abcdef' | truncate: 3, nil }}{{ nil | truncate: 3 }}", "abc"),
        ("{{ 'abcd' | truncate: 4 }}{{ 'abcd' | truncate: 2 }}", "abcd..."),
        ("{{ 'a b c' | truncatewords: 2, nil }}{{ 'a  b' | truncatewords: 2 }}", "a ba  b"),
        ("{{ 'a,true' | split: ',' | last | append: t }}", "truetrue"),
        ("{{ t | upcase }}{{ nil | capitalize }}{{ f | url_encode }}", "TRUEfalse"),
        ("{{ rows | sort: 'b' | first | map: 'b' }}", "2"),
        ("{{ '3,,1' | split: ',' | sort | join: '-' }}", "-1-3"),
        ("{{ rows | map: 'a' | compact | size }}", "3"),
        ("{{ rows | compact: 'a' | size }}", "3"),
        ("{{ rows | where: 'a' | size }}{{ rows | where: 'a', true | size }}", "31"),
        ("{{ rows | where: 'a', 1 | size }}{{ rows | reject: 'a' | size }}", "12"),
        ("{{ rows | has: 'a', false }}{{ rows | find_index: 'a', true }}", "false2"),
        ("{{ rows | sum: 'a' }}{{ t | plus: 1 }}{{ 1 | plus: nil }}", "111"),
        ("{{ list | uniq | size }}", "4"),
        ("{{ (1..3) | append: '' }}{{ 1.0 | append: '' }}", "1..31.0"),
        ("{{ nothing | money }}{{ nil | delimit }}{{ nothing | pluralize: 'call' }}", ""),
        ("{{ nil | words }}{{ nil | mail_to | size }}", "22"),
        ("{{ t | words }}{{ t | base64_encode }}", "truedHJ1ZQ=="),
    ],
)
def test_words_are_liquids(text: str, shown: str) -> None:
    assert rendered(text, VALUES, is_html=False) == shown


@pytest.mark.parametrize("value", ["nil", "true", "false", "12", "1.5", "nowhere", "list", "rows"])
@pytest.mark.parametrize("name", sorted(engine(is_html=False)._environment.filters))
def test_no_filter_says_none_or_true_as_python_does(name: str, value: str) -> None:
    for arguments in ("", ": nil", ": true", ": nil, true", ": 'a', nil"):
        try:
            shown = rendered(f"{{{{ {value} | {name}{arguments} }}}}", VALUES, is_html=False)
        except TemplateError:
            continue
        plain = "" if value == "rows" or name == "capitalize" else shown  # a mapping has no words
        assert not [word for word in ("None", "True", "False") if word in plain]


@pytest.mark.parametrize(
    ("text", "page", "mail"),
    [
        ("{{ 'AT&T' | strip_html }}", "AT&amp;T", "AT&T"),
        ("{{ v | strip_html }}", "AT&amp;T x", "AT&T x"),
        ("{{ v | escape | strip_html | size }}", "13", "29"),
        ("{{ v | escape | strip_html }}", "AT&amp;T &lt;b&gt;x&lt;/b&gt;", None),
        ("{{ 'AT&T' | strip_html | truncate: 3, '' }}", "AT&amp;", "AT&"),
        ("{{ v | escape | truncate: 4, '' }}", "AT&amp;T", "AT&a"),
        ("{{ v | strip_html | size }}{{ 'AT&T' | strip_html | size }}", "64", "64"),
        ("{{ v | strip_newlines | size }}", "13", "13"),
        ("{{ 'AT&T' | truncate: 4 }}", "AT&amp;T", "AT&T"),
        ("{{ v | truncate: 6, '&' }}", "AT&amp;T &", "AT&T &"),
        ("{{ '<b>bold</b>' | truncate: 20 }}", "<b>bold</b>", "<b>bold</b>"),
        ("{{ '<b>bold</b>' | truncate: 5, '' }}", "&lt;b&gt;bo", "<b>bo"),
        ("{{ v | link_to: '/' }}", '<a href="/">AT&amp;T &lt;b&gt;x&lt;/b&gt;</a>', None),
        ("{{ v | escape | link_to: '/' }}", '<a href="/">AT&amp;T &lt;b&gt;x&lt;/b&gt;</a>', None),
        ("{{ 'a' | mail_to | append: '&' }}", '<a href="mailto:a">a</a>&', None),
        ("{{ 'a' | mail_to | append: v | size }}", None, "37"),
        ("{{ v | append: v }}", "AT&amp;T &lt;b&gt;x&lt;/b&gt;" * 2, NASTY * 2),
        ("{{ v | split: ' ' | join: '&' }}", "AT&amp;T&&lt;b&gt;x&lt;/b&gt;", "AT&T&<b>x</b>"),
        ("{% capture c %}{{ v }}{% endcapture %}{{ c | split: ' ' | join: v | size }}", None, "25"),
    ],
)
def test_pages_escape_once_and_mails_never(text: str, page: str | None, mail: str | None) -> None:
    if page is not None:
        assert rendered(text, VALUES) == page
    if mail is not None:
        assert rendered(text, VALUES, is_html=False) == mail


def test_what_was_html_and_joined_by_a_text_is_escaped_once() -> None:
    text = "{% capture c %}{{ v }}{% endcapture %}{{ c | split: ' ' | join: sep }}"

    assert rendered(text, {**VALUES, "sep": "<&>"}) == "AT&amp;T&lt;&amp;&gt;&lt;b&gt;x&lt;/b&gt;"
