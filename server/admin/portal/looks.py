"""How the developer portal looks: theme, logo, colours, fonts, texts, rules of one's own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from server.actions.portal.looks import get_look, update_look
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import NotFound
from server.domain.portal.colours import DARK_GROUND, WHITE, contrast_of, readable_on
from server.domain.portal.looks import (
    MOST_LOGO_BYTES,
    RADII,
    STACKS,
    Corners,
    Font,
    LookDraft,
    address_of_logo,
    logo_of,
)
from server.kit.themes import theme_names, theme_notes

ACCENTS = {"default": "#4f46e5", "folio": "#8a3324"}  # what each theme has of its own


@dataclass(frozen=True, slots=True)
class LookPage:
    """The settings of the look, and what its preview needs."""

    look: Mapping[str, Any]
    themes: Sequence[tuple[str, str]]
    fonts: Sequence[tuple[str, str]]
    corners: Sequence[tuple[str, str]]
    preview: str  # JSON for the script
    accents: tuple[str, str]  # those of light and dark, set or not
    contrasts: Sequence[tuple[str, str, float]]  # of what, on what
    logo_kb: int
    portal_url: str


def show(ctx: AdminContext) -> Response:
    """Show the form with a preview."""
    look = get_look(ctx)
    accent = look["accent"] or ACCENTS.get(look["theme"], ACCENTS["default"])
    dark = look["accent_dark"] or readable_on(accent, DARK_GROUND)
    page = LookPage(
        look,
        [(name, theme_notes(name)) for name in theme_names()],
        [(font.value, font.value.capitalize()) for font in Font],
        [(each.value, each.value.capitalize()) for each in Corners],
        json.dumps({"stacks": STACKS, "radii": RADII, "accents": ACCENTS, "dark": DARK_GROUND}),
        (accent, dark),
        [
            ("The accent colour", "white", contrast_of(accent, WHITE)),
            ("The one of dark mode", "the dark ground", contrast_of(dark, DARK_GROUND)),
        ],
        MOST_LOGO_BYTES // 1000,
        ctx.installation.addresses.portal(ctx.provider),
    )
    return render(ctx, "looks/show.html.j2", page)


def show_logo(ctx: AdminContext) -> Response:
    """Give the logo of now. Raises: NotFound."""
    logo = get_look(ctx)["logo"]
    if not logo:
        raise NotFound("There is no logo.")
    media_type, content = logo_of(logo)
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    return Response(content, media_type=media_type, headers=headers)


def update(ctx: AdminContext) -> Response:
    """Change it; a file that was chosen is the new logo."""
    changes = ctx.texts(*LookDraft.model_fields)
    chosen = ctx.values.get("logo_file", "")
    if chosen:
        changes["logo"] = address_of_logo(chosen.encode("utf-8", "surrogateescape"))
    elif ctx.flag("no_logo"):
        changes["logo"] = ""
    update_look(ctx, changes)
    return ctx.go("/look", "The look is saved: developers see it at once.")
