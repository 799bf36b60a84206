"""Filters on words and numbers."""

import pytest

from cms.liquid.filters.text import strip_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain & simple", "plain & simple"),
        ("<b>bold</b> <a href='#'>link</a>", "bold link"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<br/>b<!-- no > comment -->c", "abc"),
        ("a<script>alert('<b>')</script>b<STYLE>p {}</style >c", "abc"),
        ("a<!doctype html>b<?xml?>c", "abc"),
        ("a<scripty>b</scripty>c", "abc"),
        ("a<b", "a"),
        ("a<script>b", "a"),
        ("a<!-- b", "a"),
        ("", ""),
    ],
)
def test_strip_html_leaves_the_text(html: str, text: str) -> None:
    assert strip_html(html) == text


def test_strip_html_takes_nothing_as_nothing() -> None:
    assert strip_html(None) == ""
    assert strip_html(5) == "5"
