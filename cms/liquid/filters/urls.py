"""Filters that make addresses and links. Source: reference-portal 2.5."""

import html
from collections.abc import Callable, Mapping

from markupsafe import Markup

from cms.content.theme import default_theme
from cms.liquid.words import words_of

LINKS = ("/", "http://", "https://", "mailto:")


def to_param(value: object) -> str:
    """Write a plan or a service as a parameter; a list as several.

    Example: /signup?{{ provider.services.first.application_plans | to_param }}
    """
    if isinstance(value, list | tuple):
        return "&".join(to_param(item) for item in value)
    if not isinstance(value, Mapping):
        return ""
    name = "service_id" if "backend_version" in value else "plan_ids[]"
    return f"{name}={value.get('id', '')}"


def link_to(text: object, path: object) -> Markup:
    """Make a link; an address of another scheme leads nowhere.

    Example: {{ 'Plans' | link_to: '/plans' }} -> <a href="/plans">Plans</a>
    """
    address = str(path)
    if not address.startswith(LINKS) or address.startswith(("//", "/\\")):
        address = "#"
    shown = html.unescape(str(text)) if isinstance(text, Markup) else str(text)
    return Markup('<a href="{}">{}</a>').format(address, shown)


def mail_to(address: object) -> Markup:
    """Make a link that writes a mail.

    Example: {{ provider.support_email | mail_to }}
    """
    return Markup('<a href="mailto:{0}">{0}</a>').format(str(address or ""))


def stylesheet_link_tag(name: object) -> Markup:
    """Make the link to a style sheet of the theme.

    Example: {{ 'portal.css' | stylesheet_link_tag }}
    """
    return Markup('<link rel="stylesheet" href="{}">').format(asset_path(f"/css/{name}"))


def javascript_include_tag(name: object) -> Markup:
    """Load a script of the theme.

    Example: {{ 'portal.js' | javascript_include_tag }}
    """
    return Markup('<script src="{}" defer></script>').format(asset_path(f"/javascripts/{name}"))


def asset_path(path: object) -> str:
    """Write the path of a file of the theme with the version that browsers keep it by.

    Example: {{ '/css/portal.css' | asset_path }}
    """
    return default_theme().address_of(words_of(path))


FILTERS: Mapping[str, Callable[..., object]] = {
    "to_param": to_param,
    "link_to": link_to,
    "mail_to": mail_to,
    "stylesheet_link_tag": stylesheet_link_tag,
    "javascript_include_tag": javascript_include_tag,
    "asset_path": asset_path,
}
