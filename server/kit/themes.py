"""Which themes are installed: folders beside this package, in a checkout and in a wheel."""

from functools import cache
from pathlib import Path

THEMES = Path(__file__).resolve().parents[2] / "themes"
DEFAULT_THEME = "default"


@cache
def theme_names() -> tuple[str, ...]:
    """List the themes, the default one first. Cost: reads the folder, once."""
    found = {file.parent.name for file in THEMES.glob("*/theme.json")}
    return (DEFAULT_THEME, *sorted(found - {DEFAULT_THEME}))
