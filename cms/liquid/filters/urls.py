"""Filters that make addresses and links. Source: reference-portal 2.5."""

import html
import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from cms.content.theme import default_theme
from cms.liquid.filters.attributes import attributes_of
from cms.liquid.words import words_of

LINK = Markup('<a href="{}"{}>{}</a>')
WORD = re.compile(r"([A-Z])")
LINKS = ("/", "http://", "https://", "mailto:")


def to_param(value: object) -> str:
    """Write a plan or a service as a parameter; a list as several.

    Example: /signup?{{ provider.services.first.application_plans.first | to_param }}
    """
    if isinstance(value, list | tuple):
        return "&".join(to_param(item) for item in value)
    if not isinstance(value, Mapping):
        return ""
    name = "service_id" if "backend_version" in value else "plan_ids[]"
    return f"{name}={value.get('id', '')}"


def link_to(text: object, path: object = "", **attributes: object) -> Markup:
    """Make a link; an address of another scheme leads nowhere.

    Example: {{ 'Plans' | link_to: '/plans' }} -> <a href="/plans">Plans</a>
    """
    address = words_of(path)
    if not address.startswith(LINKS) or address.startswith(("//", "/\\")):
        address = "#"
    shown = html.unescape(str(text)) if isinstance(text, Markup) else words_of(text)
    return LINK.format(address, attributes_of(attributes), shown)


def mail_to(address: object, text: object = "", **attributes: object) -> Markup:
    """Make a link that writes a mail.

    Example: {{ 'a@example.com' | mail_to }} -> <a href="mailto:a@example.com">a@example.com</a>
    """
    to = words_of(address)
    return LINK.format(f"mailto:{to}", attributes_of(attributes), words_of(text) or to)


def stylesheet_link_tag(name: object, **attributes: object) -> Markup:
    """Make the link to a style sheet of the theme.

    Example: {{ 'portal.css' | stylesheet_link_tag }}
    """
    address = asset_path(_in_folder(name, "/css/"))
    return Markup('<link rel="stylesheet" href="{}"{}>').format(address, attributes_of(attributes))


def javascript_include_tag(name: object, **attributes: object) -> Markup:
    """Load a script of the theme.

    Example: {{ 'portal.js' | javascript_include_tag }}
    """
    address = asset_path(_in_folder(name, "/javascripts/"))
    return Markup('<script src="{}" defer{}></script>').format(address, attributes_of(attributes))


def image_tag(name: object, **attributes: object) -> Markup:
    """Show a picture of the theme; say with `alt` what is on it.

    Example: {{ 'favicon.svg' | image_tag: alt: 'Our sign' }}
    """
    address = asset_path(_in_folder(name, "/images/"))
    named = {"alt": "", **attributes}
    return Markup('<img src="{}"{}>').format(address, attributes_of(named))


def dom_id(value: object) -> str:
    """Write an id for the element of an object, such as `application_7`.

    Example: {{ provider.services.first | dom_id }}
    """
    if not isinstance(value, Mapping):
        return ""
    kind = WORD.sub(r"_\1", type(value).__name__.removesuffix("Drop")).lower().strip("_")
    number = value.get("id")
    return f"new_{kind}" if number is None else f"{kind}_{number}"


def _in_folder(name: object, folder: str) -> str:
    """Look for a plain name in the folder of its kind; a path stays. Other hosts have none."""
    text = words_of(name)
    plain = "//" not in text and ":" not in text
    return text if plain and text.startswith("/") else f"{folder}{text if plain else ''}"


def asset_path(path: object) -> str:
    """Write the path of a file of the theme with the version that browsers keep it by.

    Example: {{ '/css/portal.css' | asset_path }}
    """
    return default_theme().address_of(words_of(path))


FILTERS: Mapping[str, Callable[..., object]] = {
    "dom_id": dom_id,
    "image_tag": image_tag,
    "to_param": to_param,
    "link_to": link_to,
    "mail_to": mail_to,
    "stylesheet_link_tag": stylesheet_link_tag,
    "javascript_include_tag": javascript_include_tag,
    "asset_path": asset_path,
}
