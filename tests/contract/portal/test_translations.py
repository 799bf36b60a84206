"""No page says in English what the catalogs have in the language of the page, in either theme."""

import re
from collections.abc import Iterator

import pytest
from lxml import html

from cms.liquid.language import language_of
from server.actions.portal.looks import update_look
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.kit.themes import theme_names
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.content import make_forum
from tests.kit.make import staff
from tests.kit.work import by
from tools.texts import ROOT, wanted_of

MOST_PAGES = 70  # of one theme in one language
SAID = ("placeholder", "aria-label", "title", "alt", "data-copy", "data-call-as")
QUIET = "not(ancestor::script or ancestor::style or ancestor::code or ancestor::pre)"
FIRST = ("/", "/signup", "/login", "/admin/account/password/new", "/nothing", "/search?q=a")
LEFT = re.compile(r"/(logout|cms|mcp|graphql|swagger)|\.(json|xml|md|txt|atom|csv|ico|svg)")

OTHER = re.compile(r"/(en|es|de)(/|$)")


def texts_of(page: html.HtmlElement) -> Iterator[str]:
    """List what a page says, in texts and in attributes."""
    for text in page.xpath(f"//body//text()[{QUIET}]"):
        yield " ".join(str(text).split())
    for name in SAID:
        for text in page.xpath(f"//body//@{name}"):
            yield " ".join(str(text).split())


def crawled(browser: Browser, tag: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Follow the links of the portal, one address of each kind."""
    waiting, seen = [f"/{tag}{path}" for path in FIRST], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = re.sub(r"\d+", "#", path.partition("?")[0].removeprefix(f"/{tag}"))
        is_other = OTHER.match(path) is not None and not path.startswith(f"/{tag}")
        if kind in seen or is_other or LEFT.search(path):
            continue
        seen.add(kind)
        answer = browser.client.get(path, follow_redirects=True)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        tree = html.document_fromstring(answer.text)
        yield path, tree
        waiting += [str(each) for each in tree.xpath("//a/@href") if str(each).startswith("/")]


@pytest.mark.parametrize("theme", theme_names())
def test_every_page_speaks_the_language_that_it_is_in(
    deps: Dependencies, acme: NewProvider, theme: str
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        make_forum(work, acme)
        update_look(work, {"theme": theme})
    keys = [key[0] for key in wanted_of(ROOT / "themes" / "default")]
    faults, pages = set[tuple[str, str]](), 0
    for tag in ("es", "de"):
        say = language_of(tag).say
        english = {text for text in keys if say(text) != text and "%{" not in text}
        english -= {say(text) for text in keys}
        for is_known in (False, True):
            browser = open_browser(deps)
            browser.client.cookies.set("locale", tag)
            if is_known:
                browser.log_in_john(acme)
            for path, tree in crawled(browser, tag):
                pages += 1
                assert tree.get("lang") == tag, path
                faults |= {(path, text) for text in texts_of(tree) if text in english}

    faults = {fault for fault in faults if not fault[0].endswith("/docs")}  # the provider's own
    assert pages > 60
    assert faults == set()
