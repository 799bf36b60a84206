"""What is wrong with a page in a real browser: axe-core's rules, its width, its focus ring."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.kit.chromium import DESKTOP

AXE = Path("node_modules/axe-core/axe.min.js")
SMALL = {"width": 320, "height": 640}
OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless told
    "resultTypes": ["violations"],
}
# All that can differ when nothing does but the colours: axe's other rules read the same document.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# What the reader would have to open first is looked at as well.
OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
# After a Tab the browser shows the ring also on what a script focuses.
WITHOUT_RING = """() => {
  const able = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const seen = [...document.querySelectorAll(able)].filter(
    each => each.tabIndex >= 0 && each.checkVisibility());
  const shows = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return seen.filter(each => {
    each.focus();
    return !each.matches(':disabled') && !shows(getComputedStyle(each));
  }).map(each => each.outerHTML.slice(0, 120));
}"""
# A table in a box that scrolls sideways hides its last columns on a phone.
CUT_TABLES = """() => [...document.querySelectorAll("table")]
  .filter(each => each.checkVisibility())
  .filter(each => each.parentElement.scrollWidth > each.parentElement.clientWidth + 1)
  .map(each => each.textContent.trim().slice(0, 80))"""
FIRST_STOP = """() => {
  const { left, top, width } = document.activeElement.getBoundingClientRect();
  return document.activeElement !== document.body && left >= 0 && top >= 0 && width > 0;
}"""


SCHEMES: Mapping[Literal["light", "dark"], Mapping[str, Any]] = {"light": OPTIONS, "dark": COLOURS}


def with_axe(page: Page) -> Page:
    """Have every page that is opened from now on hold axe-core; its policy does not apply to it."""
    page.add_init_script(path=AXE)
    return page


def faults_of(page: Page) -> list[str]:
    """Look at a page `with_axe` in light and dark, wide and narrow; then it is as before.

    Cost: about 0.3 s.
    """
    page.evaluate(OPEN_ALL)
    faults = [*_of_frame(page), *_of_focus(page)]
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        faults += [f"{scheme}: {fault}" for fault in _of_axe(page, options)]
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]  # the size above
    faults += [f"narrow: {fault}" for fault in [*_of_width(page), *_of_axe(page, OPTIONS)]]
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # the size of the kit
    page.emulate_media(color_scheme="light")
    return faults


def _of_frame(page: Page) -> list[str]:
    headings = page.locator("h1").count()
    faults = [] if headings == 1 else [f"{headings} h1"]
    return faults if page.title().strip() else [*faults, "no title"]


def _of_focus(page: Page) -> list[str]:
    page.locator("body").press("Tab")
    faults = [] if page.evaluate(FIRST_STOP) else ["the first Tab leads to nothing in sight"]
    return faults + [f"no focus ring: {each}" for each in page.evaluate(WITHOUT_RING)]


def _of_width(page: Page) -> list[str]:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = [f"{over} pixels too wide"] if over > 0 else []
    return faults + [f"a table is cut: {each}" for each in page.evaluate(CUT_TABLES)]


def _of_axe(page: Page, options: Mapping[str, Any]) -> list[str]:
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
