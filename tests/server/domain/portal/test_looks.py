"""Looks: colours that can be read, links, logos, and what becomes a style sheet."""

import base64

import pytest

from server.domain.drafts import clean_attribute
from server.domain.errors import Invalid
from server.domain.portal.colours import DARK_GROUND, WHITE, contrast_of, readable_on
from server.domain.portal.looks import LookDraft, address_of_logo, links_of, logo_of, style_of

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_contrast_is_what_wcag_says() -> None:
    assert contrast_of("#ffffff", "#000000") == 21
    assert contrast_of("#777777", "#ffffff") == 4.48
    assert contrast_of("#123456", "#123456") == 1


@pytest.mark.parametrize("ground", [WHITE, DARK_GROUND])
@pytest.mark.parametrize("colour", ["#ffff00", "#4f46e5", "#000000", "#ffffff", "#e11d48"])
def test_a_readable_shade_can_be_read(colour: str, ground: str) -> None:
    assert contrast_of(readable_on(colour, ground), ground) >= 4.5


def test_a_colour_that_cannot_be_read_is_refused_with_the_figure_and_a_way_out() -> None:
    with pytest.raises(
        Invalid, match=r"a contrast of 1\.07 to white, where text needs 4\.5"
    ) as told:
        clean_attribute(LookDraft, "accent", "#FFFF00")

    near = told.value.message.rpartition(" ")[2].rstrip(".")
    assert clean_attribute(LookDraft, "accent", near) == near
    assert told.value.field == "accent"


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "url(x)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="must be a colour"):
        clean_attribute(LookDraft, "accent", text)


def test_links_are_a_title_and_an_address() -> None:
    text = clean_attribute(
        LookDraft, "links", "Status page  https://status.example.com\n\nTerms /terms"
    )

    assert links_of(text) == [
        ("Status page", "https://status.example.com"),
        ("Terms", "/terms"),
    ]


@pytest.mark.parametrize(
    "line", ["Status", "https://a.example", "Bad javascript:alert(1)", "x data:a"]
)
def test_what_is_no_link_is_refused(line: str) -> None:
    with pytest.raises(Invalid, match="one link a line"):
        clean_attribute(LookDraft, "links", line)


def test_a_logo_is_an_image_of_bounded_size() -> None:
    address = address_of_logo(PIXEL)

    assert logo_of(clean_attribute(LookDraft, "logo", address)) == ("image/png", PIXEL)
    for wrong in (
        "data:text/html;base64," + base64.b64encode(b"<script>").decode(),
        "data:image/png;base64," + base64.b64encode(b"<svg>").decode(),
        "https://elsewhere.example/logo.png",
    ):
        with pytest.raises(Invalid):
            clean_attribute(LookDraft, "logo", wrong)
    with pytest.raises(Invalid, match="at most 200 kB"):
        clean_attribute(LookDraft, "logo", address_of_logo(PIXEL + b"\0" * 200_000))
    with pytest.raises(Invalid, match="must be an image"):
        address_of_logo(b"%PDF")


def test_an_unknown_theme_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(Invalid, match="must be one of default, "):
        clean_attribute(LookDraft, "theme", "../default")


def test_a_style_sheet_says_only_what_is_set() -> None:
    assert style_of({}, "") == ""
    assert style_of({"font": "system", "corners": "soft"}, "h1 {}") == "h1 {}"
    css = style_of({"accent": "#0b5fa5", "font": "serif", "corners": "square"}, "h1 { top: 0; }")
    assert "--brand: #0b5fa5; --brand-dark: #" in css
    assert "--font: Charter" in css
    assert "--radius: 2px;" in css
    assert css.endswith("}\nh1 { top: 0; }")
