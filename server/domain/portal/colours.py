"""Colours as `#rrggbb`, and how well they are read on each other. Pure. Source: WCAG 2.2, 1.4.3."""

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
LEAST_CONTRAST = 4.5  # of text
WHITE, BLACK = "#ffffff", "#000000"
DARK_GROUND = "#171a25"  # the lightest that text stands on in dark mode
STEPS = 50


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Return how bright a colour is: 0 for black, 1 for white."""
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_of(one: str, other: str) -> float:
    """Return how far two colours are apart: 1 for the same, 21 for black and white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def mixed(colour: str, other: str, share: float) -> str:
    """Mix so much of another colour into one."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable_on(colour: str, ground: str) -> str:
    """Give the nearest shade of a colour that can be read on a ground."""
    target = BLACK if _luminance(ground) > 0.2 else WHITE
    shades = (mixed(colour, target, step / STEPS) for step in range(STEPS + 1))
    return next((each for each in shades if contrast_of(each, ground) >= LEAST_CONTRAST), target)
