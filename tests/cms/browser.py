"""Browsers on the portal of developers, and what they fill into its signup form."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.portal.routes import routes
from cms.rendering.renderer import Renderer
from server.auth.dependencies import Dependencies
from server.kit.killable import Bounds
from tests.kit.browser import Browser

BASE = "http://localhost:8000"
PASSWORD = "six green apples fell down"


# On a machine that does much else, what is nice starts late; only what computes is stopped early.
PATIENT = Bounds(longest_s=60, wait_s=60)


def patient_renderer(deps: Dependencies) -> Renderer:
    """Make what renders, with more time for a busy machine."""
    return Renderer(deps.database, deps.installation, bounds=PATIENT)


def open_browser(deps: Dependencies, base_url: str = BASE) -> Browser:
    """Open a browser with cookies of its own."""
    app = Starlette(routes=routes(deps, patient_renderer(deps)))
    return Browser(TestClient(app, base_url=base_url, follow_redirects=False))


def signup_form(name: str = "ann", **over: str) -> dict[str, str]:
    """Fill in the signup form."""
    return {
        "account[org_name]": f"{name} Ltd",
        "account[user][username]": name,
        "account[user][email]": f"{name}@example.com",
        "account[user][password]": PASSWORD,
        **over,
    }
