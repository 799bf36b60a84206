"""A real browser for journeys: Debian's Chromium, without a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.kit.services import program

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def browsing(base_url: str, *, phone: bool = False, dark: bool = False) -> Iterator[Page]:
    """Open a page; every script error and every request to another host fails the test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        context = chromium.new_context(
            base_url=base_url,
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]  # the sizes above
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # what is looked at has come to rest
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: None if _is_ours(request.url, base_url) else faults.append(request.url),
        )
        try:
            yield page
        finally:
            chromium.close()
        assert not faults, faults


def _is_ours(url: str, base_url: str) -> bool:
    return url.startswith((base_url, "data:", "blob:", "about:"))
