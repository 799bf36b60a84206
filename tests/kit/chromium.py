"""A real browser for journeys: Debian's Chromium, without a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Response as Answer

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
    """Open a page; script errors, missing files and requests to another host fail the test."""
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
        page.on("console", lambda told: faults.append(told.text) if _is_error(told) else None)
        page.on(
            "response",
            lambda response: (
                faults.append(f"{response.status} {response.url}") if _is_broken(response) else None
            ),
        )
        page.on(
            "request",
            lambda request: None if _is_ours(request.url, base_url) else faults.append(request.url),
        )
        try:
            yield page
        finally:
            chromium.close()
        assert not faults, faults


def _is_error(told: ConsoleMessage) -> bool:
    """Errors of scripts and of the page's policy; Chromium also tells of a page with a 404."""
    return told.type == "error" and not told.text.startswith("Failed to load resource")


def _is_broken(response: Answer) -> bool:
    """Tell a file or a call of the page that failed from what a page says to its reader."""
    return (
        response.status >= 400
        and response.status != 401
        and response.request.resource_type != "document"
    )


def _is_ours(url: str, base_url: str) -> bool:
    return url.startswith((base_url, "data:", "blob:", "about:"))


@contextmanager
def visiting(base_url: str) -> Iterator[Page]:
    """Open a page that may go wrong in any way; dialogs are closed."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        page = chromium.new_context(base_url=base_url).new_page()
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: dialog.dismiss())
        try:
            yield page
        finally:
            chromium.close()
