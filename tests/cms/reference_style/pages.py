"""Publishing the templates of this folder in a portal, and what its pages then look like."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.reference.world import furnish
from tests.kit.browser import Browser
from tests.kit.publish import publish

HERE = Path(__file__).parent
FOLDERS = {"layout": "layouts", "page": "pages", "partial": "partials"}
PATHS = {"catalogue": "/catalogue"}  # of content pages; all others are the portal's own
VISITORS = {
    "catalogue": "/catalogue",
    "signup": "/signup?plan_ids[]=1",
    "login": "/login",
    "not_found": "/nowhere?a=1",
}
DEVELOPERS = {
    "dashboard": "/admin",
    "applications": "/admin/applications",
    "application": "/admin/applications/1",
    "new_application": "/admin/applications/new",
    "edit_application": "/admin/applications/1/edit",
    "account": "/admin/account/edit",
    "user": "/admin/account/personal_details",
    "stats": "/buyer/stats",
    "catalogue_again": "/catalogue",
}
# What differs from run to run.
MASKS = {
    r'(name="authenticity_token" value=|name="csrf-token" content=)"[^"]*"': r'\1"…"',
    r"\?v=\w+": "?v=…",
    r"<footer>[^&]*": "<footer>… ",
    r"(?s)<!-- Variables.*?-->": "<!-- Variables … -->",
}


def templates() -> Iterator[tuple[str, str, str]]:
    """Read the templates: kind, name, text."""
    for kind, folder in FOLDERS.items():
        root = HERE / "templates" / folder
        for file in sorted(root.rglob("*.liquid")):
            name = file.relative_to(root).with_suffix("").as_posix()
            yield kind, PATHS.get(name, name), file.read_text("utf-8")


def publish_all(deps: Dependencies, acme: NewProvider) -> None:
    """Publish them, in a portal that has something to show."""
    furnish(deps, acme)
    for kind, name, text in templates():
        publish(deps, acme.provider, {name: text}, kind)


def shown(browser: Browser, paths: Mapping[str, str]) -> dict[str, str]:
    """Visit pages; their HTML without what differs from run to run."""
    return {name: masked(browser.get(path).text) for name, path in paths.items()}


def masked(text: str) -> str:
    """Leave out what differs, and empty lines."""
    for pattern, mask in MASKS.items():
        text = re.sub(pattern, mask, text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"
