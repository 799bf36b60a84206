"""Textile to safe HTML; rendered once for each text, and cleaned as Markdown is."""

from functools import lru_cache

from cms.markdown import MOST_CHARACTERS, cleaned


@lru_cache(maxsize=500)
def html_of(text: str) -> str:
    """Render Textile; scripts, handlers, styles and foreign schemes do not survive.

    Raises: ValueError when the text is too long. Cost: milliseconds, once for each text.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a Textile page holds at most {MOST_CHARACTERS} characters")
    from textile import Textile  # type: ignore[import-untyped]  # it has no types

    rendered: str = Textile(html_type="html5").parse(text)
    return cleaned(rendered)
