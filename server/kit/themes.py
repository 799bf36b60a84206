"""Which themes are installed: folders beside this package, in a checkout and in a wheel."""

import json
from functools import cache
from pathlib import Path

THEMES = Path(__file__).resolve().parents[2] / "themes"
DEFAULT_THEME = "default"


@cache
def theme_names() -> tuple[str, ...]:
    """List the themes, the default one first. Cost: reads the folder, once."""
    found = {file.parent.name for file in THEMES.glob("*/theme.json")}
    return (DEFAULT_THEME, *sorted(found - {DEFAULT_THEME}))


@cache
def theme_notes(name: str) -> str:
    """Read what a theme says of itself: its title and a sentence. Cost: reads a file, once."""
    settings = json.loads((THEMES / name / "theme.json").read_text("utf-8"))
    return f"{settings['name']}: {settings['description']}"
