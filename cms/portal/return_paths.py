"""Addresses to return to after a login: only pages of this portal."""

import re

from server.web.cookies import DEVELOPER

OWN_PAGE = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%\[\]+~,:@]{0,1000}")
DASHBOARD = DEVELOPER.home


def own_page(text: str) -> str:
    """Keep an address to return to only when it is a page of this portal."""
    usable = OWN_PAGE.fullmatch(text) and not text.startswith(("/login", "/logout", "/session"))
    return text if usable else DASHBOARD
