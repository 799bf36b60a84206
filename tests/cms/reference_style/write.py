"""Writes how the pages of this folder look now, for somebody to look at: `golden/`."""

import tempfile
from pathlib import Path

from tests.cms.browser import open_browser
from tests.cms.reference_style.pages import DEVELOPERS, HERE, VISITORS, publish_all, shown
from tests.kit.make import make_deps, make_provider


def write() -> None:
    """Write a file a page."""
    with tempfile.TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        acme = make_provider(deps, "Acme")
        publish_all(deps, acme)
        browser = open_browser(deps)
        found = shown(browser, VISITORS)
        browser.log_in_john(acme)
        found |= shown(browser, DEVELOPERS)
        browser.client.close()
        deps.database.close()
    for name, text in found.items():
        (HERE / "golden" / f"{name}.html").write_text(text, "utf-8")


if __name__ == "__main__":
    write()
