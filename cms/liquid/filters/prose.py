"""Descriptions in specifications: the plain part of Markdown, written in one pass."""

import re
from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup, escape

from cms.liquid.words import words_of

ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")
HEADING = re.compile(r"#{1,6}\s+")
# On escaped text; no part can be found twice, so the time grows with the text alone.
INLINE = re.compile(
    r"`([^`\n]{1,500})`|\*\*([^*\n]{1,500})\*\*|\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,500})\)"
)
FENCE = "```"


def prose(text: object) -> Markup:
    """Write a description as HTML: paragraphs, lists, code, bold words and links.

    Everything else of Markdown, and all HTML, stays as it was typed.

    Example: {{ 'Send **one** key.' | prose }} -> <p>Send <strong>one</strong> key.</p>
    """
    return Markup("").join(_blocks(words_of(text)))


def _blocks(text: str) -> Iterator[Markup]:
    waiting: list[str] = []
    is_code = False
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith(FENCE):
            yield from _block(waiting, is_code=is_code)
            waiting, is_code = [], not is_code
        elif line.strip() or is_code:
            waiting.append(line)
        else:
            yield from _block(waiting)
            waiting = []
    yield from _block(waiting, is_code=is_code)


def _block(lines: list[str], *, is_code: bool = False) -> Iterator[Markup]:
    """Write lines that stand together."""
    if is_code:
        if lines:
            yield Markup('<pre tabindex="0"><code>{}</code></pre>').format(
                "\n".join(lines).rstrip()
            )
        return
    words: list[str] = []
    items: list[str] = []
    for line in map(str.strip, lines):
        item, heading = ITEM.match(line), HEADING.match(line)
        if item is None and heading is None and items:
            items[-1] += f" {line}"
            continue
        if item is None:
            yield from _items(items)
            items = []
        if item is not None:
            yield from _paragraph(words)
            words = []
            items.append(line[item.end() :])
        elif heading is not None:
            yield from _paragraph(words)
            words = []
            yield Markup("<p><strong>{}</strong></p>").format(_inline(line[heading.end() :]))
        else:
            words.append(line)
    yield from _paragraph(words)
    yield from _items(items)


def _paragraph(words: list[str]) -> Iterator[Markup]:
    if words:
        yield Markup("<p>{}</p>").format(_inline("\n".join(words)))


def _items(items: list[str]) -> Iterator[Markup]:
    if items:
        listed = Markup("").join(Markup("<li>{}</li>").format(_inline(item)) for item in items)
        yield Markup("<ul>{}</ul>").format(listed)


def _inline(text: str) -> Markup:
    return Markup(INLINE.sub(_element, str(escape(text))))  # noqa: S704 - all of it is escaped


def _element(found: re.Match[str]) -> str:
    code, bold, words, address = found.groups()
    if code:
        return f"<code>{code}</code>"
    if bold:
        return f"<strong>{bold}</strong>"
    return f'<a href="{address}" rel="noopener noreferrer">{words}</a>'


FILTERS: Mapping[str, Callable[..., object]] = {"prose": prose}
