"""How a provider's portal looks: theme, logo, colours, fonts, texts, links and rules of his own."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from server.domain.attributes import LONG, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, updated_at
from server.domain.portal.colours import (
    COLOUR,
    DARK_GROUND,
    LEAST_CONTRAST,
    WHITE,
    contrast_of,
    readable_on,
)
from server.domain.portal.style_sheets import MOST_CSS, clean_css
from server.kit.themes import DEFAULT_THEME, theme_names

LINK = re.compile(r"(?P<title>.+?)\s+(?P<url>(?:https?://|mailto:|/)\S+)")
MOST_LINKS, MOST_LINE, MOST_TEXT = 12, 200, 600
MOST_LOGO_BYTES = 200_000
MOST_LOGO = MOST_LOGO_BYTES * 4 // 3 + 100  # as text
LOGO = re.compile(r"data:(image/(?:png|jpeg|webp|gif|svg\+xml));base64,([A-Za-z0-9+/=]+)")
SIGNS: Mapping[str, tuple[bytes, ...]] = {  # what such a file begins with
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/svg+xml": (b"<svg", b"<?xml"),
}


class Font(StrEnum):
    """A stack of fonts that systems bring along: nothing is loaded."""

    SYSTEM = "system"
    HUMANIST = "humanist"
    GEOMETRIC = "geometric"
    ROUNDED = "rounded"
    SERIF = "serif"
    SLAB = "slab"
    MONO = "mono"


STACKS: Mapping[str, str] = {
    "system": 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif',
    "geometric": 'Avenir, Montserrat, Corbel, "URW Gothic", sans-serif',
    "rounded": 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, sans-serif',
    "serif": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
    "mono": 'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace',
}


class Corners(StrEnum):
    """How round the corners of buttons, fields and cards are."""

    SQUARE = "square"
    SOFT = "soft"
    ROUND = "round"


RADII: Mapping[str, str] = {"square": "2px", "soft": "10px", "round": "18px"}


class LookFile(SQLModel, table=True):
    """What of a look is too long to be read for each page: the logo, and the rules of one's own."""

    __tablename__ = "look_files"

    provider_id: int = Field(foreign_key="providers.id", primary_key=True)
    name: str = Field(primary_key=True)  # logo, css
    text: str = Field(default="", sa_type=TextColumn)
    updated_at: datetime = updated_at()


FILES = ("css", "logo")  # attributes that are files


def _theme(text: str, field: str) -> str:
    if text.strip() not in theme_names():
        raise Invalid(f"must be one of {', '.join(theme_names())}.", field=field)
    return text.strip()


def _line(text: str, field: str) -> str:
    return " ".join(clean_optional_text(text, field, most=MOST_LINE).split())


def _words(text: str, field: str) -> str:
    return " ".join(clean_optional_text(text, field, most=MOST_TEXT).split())


def _colour(text: str, ground: str, told: str, field: str) -> str:
    colour = text.strip().lower()
    if not colour:
        return ""
    if not COLOUR.fullmatch(colour):
        raise Invalid("must be a colour such as #4f46e5.", field=field)
    contrast = contrast_of(colour, ground)
    if contrast < LEAST_CONTRAST:
        near = readable_on(colour, ground)
        raise Invalid(
            f"has a contrast of {contrast:.2f} to {told}, where text needs {LEAST_CONTRAST}. "
            f"The nearest that can be read is {near}.",
            field=field,
        )
    return colour


def _light_colour(text: str, field: str) -> str:
    return _colour(text, WHITE, "white", field)


def _dark_colour(text: str, field: str) -> str:
    return _colour(text, DARK_GROUND, "the dark ground", field)


def _links(text: str, field: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise Invalid(f"may hold at most {MOST_LINKS} links.", field=field)
    for line in lines:
        if len(line) > MOST_LINE or not LINK.fullmatch(line):
            wrong = "must hold one link a line, a title and an address: Status https://status"
            raise Invalid(f"{wrong}.example.com. Look at: {line[:80]}.", field=field)
    return "\n".join(lines)


def _logo(text: str, field: str) -> str:
    if not text.strip():
        return ""
    match = LOGO.fullmatch(text.strip())
    try:
        content = base64.b64decode(match[2], validate=True) if match else b""
    except binascii.Error:
        content = b""
    if match is None or not content.lstrip().startswith(SIGNS[match[1]]):
        raise Invalid("must be an image: PNG, JPEG, WebP, GIF or SVG.", field=field)
    if len(content) > MOST_LOGO_BYTES:
        raise Invalid(f"may have at most {MOST_LOGO_BYTES // 1000} kB.", field=field)
    return text.strip()


class LookDraft(Draft):
    """How the portal of a provider looks."""

    theme: Annotated[str, Text(_theme, least=1)] = DEFAULT_THEME
    title: Annotated[str, Text(_line)] = Field(
        default="", description="What the portal is called; empty: the provider's name."
    )
    tagline: Annotated[str, Text(_line)] = ""
    hero_title: Annotated[str, Text(_line)] = ""
    hero_text: Annotated[str, Text(_words)] = ""
    footer: Annotated[str, Text(_words)] = ""
    links: Annotated[str, Text(_links)] = Field(
        default="", description="In the footer: a title and an address, one a line."
    )
    accent: Annotated[str, Text(_light_colour)] = Field(
        default="", description="Of buttons and links on white; empty: the theme's."
    )
    accent_dark: Annotated[str, Text(_dark_colour)] = Field(
        default="", description="The same in dark mode; empty: made of the other."
    )
    font: Font = Font.SYSTEM
    heading_font: Font = Font.SYSTEM
    corners: Corners = Corners.SOFT
    logo: Annotated[str, Text(_logo, most=MOST_LOGO), LONG] = Field(
        default="", description="An image as a data: address."
    )
    css: Annotated[str, Text(clean_css, most=MOST_CSS), LONG] = Field(
        default="", description="Rules that come after those of the theme."
    )


def address_of_logo(content: bytes) -> str:
    """Write an image as an address that holds it. Raises: Invalid when it is none."""
    media_type = next(
        (kind for kind, signs in SIGNS.items() if content.lstrip().startswith(signs)), ""
    )
    if not media_type:
        raise Invalid("must be an image: PNG, JPEG, WebP, GIF or SVG.", field="logo")
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def logo_of(address: str) -> tuple[str, bytes]:
    """Read a stored logo: its media type and bytes."""
    head, _, text = address.partition(";base64,")
    return head.removeprefix("data:"), base64.b64decode(text)


def links_of(text: str) -> list[tuple[str, str]]:
    """Read stored links: titles and addresses."""
    found = map(LINK.fullmatch, text.splitlines())
    return [(match["title"], match["url"]) for match in found if match]


def version_of(look: Mapping[str, Any]) -> str:
    """Name a look, otherwise whenever it is another."""
    told = json.dumps(look, sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:12]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


def style_of(look: Mapping[str, Any], css: str) -> str:
    """Write the style sheet of a look: the variables that themes use, and the provider's rules."""
    rules = []
    accent, dark = look.get("accent", ""), look.get("accent_dark", "")
    if accent:
        dark = dark or readable_on(accent, DARK_GROUND)
        rules += [f"--brand: {accent};", f"--brand-dark: {dark};"]
    elif dark:
        rules.append(f"--brand-dark: {dark};")
    for name, variable in (("font", "--font"), ("heading_font", "--font-heading")):
        if look.get(name, "system") != "system":
            rules.append(f"{variable}: {STACKS[look[name]]};")
    if look.get("corners", "soft") != "soft":
        rules.append(f"--radius: {RADII[look['corners']]};")
    variables = f":root {{ {' '.join(rules)} }}\n" if rules else ""
    return variables + css
