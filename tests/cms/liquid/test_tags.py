"""What tags of the reference do beside writing, and what they refuse."""

from collections.abc import Mapping

import pytest

from cms.content.theme import Source
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.liquid.render_scope import RenderScope
from tests.cms.liquid.rendered import rendered

MAILS, PAGES = Engine(autoescape=False), Engine(autoescape=True)


def _scope(
    text: str, variables: Mapping[str, object] | None = None, liquid: Engine = MAILS
) -> RenderScope:
    """Render a text; what is left is what its tags have set."""
    nothing = Source("nothing", "nothing", lambda: "")
    scope = RenderScope(lambda _: liquid.template(nothing))
    liquid.render(Source(text, "mail", lambda: text, kind="email"), scope, variables or {})
    return scope


def test_the_headers_of_a_mail_are_kept() -> None:
    text = """{% email %}
    {% subject = 'Hello' %}{% cc = 'a@example.com, Bee <b@example.com>' %}
    {% bcc 'c@example.com' %}{% from = 'Acme <d@example.com>' %}{% reply-to = address %}
    {% header 'X-Campaign' = 'welcome' %}{% endemail %}"""

    scope = _scope(text, {"address": "e@example.com"})

    assert scope.subject == "Hello"
    assert scope.headers == {
        "Cc": "a@example.com, Bee <b@example.com>",
        "Bcc": "c@example.com",
        "From": "Acme <d@example.com>",
        "Reply-To": "e@example.com",
        "X-Campaign": "welcome",
    }
    assert not scope.is_unwanted
    assert _scope("{% do_not_send %}").is_unwanted


def test_an_empty_header_is_none() -> None:
    assert _scope("{% cc = 'a@example.com' %}{% cc = nothing %}").headers == {}


@pytest.mark.parametrize(
    "value",
    [
        "a@example.com\r\nBcc: victim@example.com",
        "a@example.com\nX: y",
        "nobody",
        "a@example.com, nobody",
        "x" * 600,
        "a" * 300 + "@example.com",
    ],
)
@pytest.mark.parametrize("tag", ["cc", "bcc", "from", "reply-to"])
def test_what_is_no_address_is_refused(tag: str, value: str) -> None:
    with pytest.raises(TemplateError):
        _scope(f"{{% {tag} = value %}}", {"value": value})


def test_a_mail_goes_to_a_few_and_comes_from_one() -> None:
    many = ", ".join(f"a{number}@example.com" for number in range(11))

    with pytest.raises(TemplateError, match="at most 10"):
        _scope("{% cc = many %}", {"many": many})
    with pytest.raises(TemplateError, match="one address"):
        _scope("{% from = 'a@example.com, b@example.com' %}")


@pytest.mark.parametrize("name", ["To", "Received", "X-A: b", "x", "DKIM-Signature"])
def test_a_header_of_another_name_is_refused(name: str) -> None:
    with pytest.raises(TemplateError, match="X-Campaign"):
        _scope(f"{{% header '{name}' = 'a' %}}")


def test_a_header_is_one_line() -> None:
    headers = _scope("{% header 'x-a' = v %}", {"v": "a\r\nBcc: b\x00\u2028c"}).headers

    assert headers == {"X-A": "a Bcc: b c"}


@pytest.mark.parametrize(
    "text", ["{% reply = 'a' %}", "{% reply %}", "{% debug %}", "{% debug:x %}"]
)
def test_half_a_name_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(TemplateError, match="write it as"):
        _scope(text)


def test_a_page_is_not_kept_by_browsers() -> None:
    scope = _scope("{% disable_client_cache %}", liquid=PAGES)

    assert scope.headers["Cache-Control"] == "no-store"


def test_debug_tells_names_and_kinds_but_no_values() -> None:
    values = {"a": "secret-->", "b": [1, "x"], "c": None, "d": {"k": 1}, "e": True, "f--": 1}

    shown = rendered("{% assign mine = 'secret' %}{% debug:help %}", values)

    for line in ("a: text", "b: list of number, text", "c: nothing", "d: names", "mine: text"):
        assert line in shown
    assert "secret" not in shown
    assert shown.count("--") == 2


def test_the_token_stands_where_it_may() -> None:
    field, meta = '<input type="hidden"', '<meta name="csrf-token"'

    assert field in rendered("<p>{% csrf %}")
    assert meta in rendered("<html><head>{% csrf %}</head>")
    assert field in rendered("<html><head></head><body>{% csrf %}")
    assert field in rendered("<header>{% csrf %}</header>")


@pytest.mark.parametrize(
    ("uri", "link"),
    [
        ("/a", "/a?sort=name&amp;direction=asc"),
        ("/a?q=x&page=3&after=z", "/a?q=x&amp;sort=name&amp;direction=asc"),
        ("/a?sort=name&direction=asc", "/a?sort=name&amp;direction=desc"),
        ("/a?sort=name&direction=desc", "/a?sort=name&amp;direction=asc"),
        ("/a?sort=x&direction=asc", "/a?sort=name&amp;direction=asc"),
        ('/a?"><script>=1', "/a?%22%3E%3Cscript%3E=1&amp;sort=name&amp;direction=asc"),
        ("/a?" + "&" * 5_000, "/a?sort=name&amp;direction=asc"),
    ],
)
def test_a_sort_link_turns_round_and_keeps_the_rest(uri: str, link: str) -> None:
    shown = rendered(
        "{% sort_link column: 'name' label: label %}",
        {"request": {"request_uri": uri}, "label": "<N>"},
    )

    assert f'href="{link}"' in shown
    assert "&lt;N&gt;" in shown


def test_a_partial_of_a_tag_may_be_written_anew_and_must_end() -> None:
    assert rendered("{% menu %}", partials={"menu": "Mine"}) == "Mine"
    with pytest.raises(TemplateError):
        rendered("{% menu %}", partials={"menu": "{% menu %}{% menu %}"})


def test_a_portlet_that_shows_itself_ends() -> None:
    text = "{% portlet 'a' %}{% portlet 'a' %}"
    scope = RenderScope(lambda _: PAGES.template(Source("n", "n", lambda: "")))
    scope.portlet = lambda _: PAGES.template(Source(text, "a", lambda: text, kind="portlet"))

    with pytest.raises(TemplateError):
        PAGES.render(Source(text, "p", lambda: text), scope, {})


@pytest.mark.parametrize(
    "text",
    ["{% portlet %}", "{% plan_widget %}", "{% cdn_asset %}", "{% header 'X-A' %}", "{% cc = %}"],
)
def test_a_tag_without_what_it_needs_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        rendered(text)


def test_attributes_that_do_something_are_left_out() -> None:
    text = "{{ 'x' | link_to: '/a', onclick: 'b()', style: 'c', href: '//d', data_e: 'f', g: nil }}"

    assert rendered(text) == '<a href="/a" data-e="f">x</a>'


@pytest.mark.parametrize(
    "url", ["//evil.example", "/\\evil", "https://evil", "javascript:1", "", "/a b"]
)
def test_no_button_sends_the_token_elsewhere(url: str) -> None:
    for name in ("create", "update", "delete"):
        assert rendered(f"{{{{ 'Go' | {name}_button: url }}}}", {"url": url}) == ""


def test_words_of_loops_are_names_elsewhere() -> None:
    values = {"limit": {"value": 3}, "list": [1, 2, 3], "offset": 7, "a": {"limit": 1, "cols": 2}}

    assert (
        rendered("{{ limit.value }}{{ offset | plus: 1 }}{{ a.limit }}{{ a.cols }}", values)
        == "3812"
    )
    assert (
        rendered("{% for limit in list limit: 2 offset: 1 %}{{ limit }}{% endfor %}", values)
        == "23"
    )
    assert rendered("{% for x in list reversed %}{{ x }}{% endfor %}", values) == "321"
    assert rendered("{% if limit.value == 3 and offset %}yes{% endif %}", values) == "yes"
