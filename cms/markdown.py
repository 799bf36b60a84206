"""Markdown to safe HTML; rendered once for each text."""

from functools import lru_cache

import markdown
import nh3

MOST_CHARACTERS = 200_000
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EXTENSIONS = ("fenced_code", "tables", "toc", "sane_lists", "attr_list")
ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    **{heading: {"id"} for heading in HEADINGS},
    "code": {"class"},
}
SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=500)
def html_of(text: str) -> str:
    """Render Markdown; scripts, handlers, styles and foreign schemes do not survive.

    Raises: ValueError when the text is too long. Cost: milliseconds, once for each text.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a Markdown page holds at most {MOST_CHARACTERS} characters")
    rendered = markdown.markdown(text, extensions=list(EXTENSIONS), output_format="html")
    return cleaned(rendered)


def cleaned(html: str) -> str:
    """Leave of HTML what is harmless."""
    return nh3.clean(
        html, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )
