"""A template's text before it is parsed: what would take the lexer too long is refused."""

import re

from cms.liquid.errors import TemplateError

MOST_SOURCE = 256_000  # characters
BLANKS = re.compile(r"\s{200}")
# The lexer looks for the end of these from each beginning: quadratic when there is none.
VERBATIM = re.compile(r"\{%-?\s*(end)?(raw|comment|doc)\b")
NO_LINE_END = re.compile(r"[^\r\n]+")


class Unreadable(TemplateError):
    """A text that is refused before it is parsed, and the character at which it goes wrong."""

    def __init__(self, message: str, index: int = -1) -> None:
        super().__init__(message)
        self.index = index


def prepare(text: str) -> str:
    """Check a text, and blank out what comments say: no lexer shall trip over it.

    All that is left stands where it stood. Raises: Unreadable. Cost: linear.
    """
    if len(text) > MOST_SOURCE:
        raise Unreadable(f"A template holds at most {MOST_SOURCE} characters.")
    if (blanks := BLANKS.search(text)) is not None:
        raise Unreadable("A template holds at most 199 blanks in a row.", blanks.start())
    _refuse_unclosed(text, "{%", "%}")
    regions = _verbatim(text)
    without = _filled(text, regions)
    _refuse_unclosed(without, "{{", "}}")
    return _filled(text, [region for region in regions if region[0] == "comment"])


def _refuse_unclosed(
    text: str, opening: str, closing: str, start: int = 0, end: int | None = None
) -> None:
    last = text.rfind(opening, start, end)
    if last > text.rfind(closing, start, end):
        raise Unreadable(f"A '{opening}' is never closed by '{closing}'.", last)


def _verbatim(text: str) -> list[tuple[str, int, int]]:
    """Find what is not parsed: (tag, from, to), without the tags around. Raises: Unreadable."""
    regions, position = [], 0
    while (opening := VERBATIM.search(text, position)) is not None:
        position = _end_of_tag(text, opening.end())
        if opening[1]:  # an end without a beginning: the parser knows what to say
            continue
        closing = _closing(text, opening[2], position)
        if closing is None:
            word = opening[2]
            raise Unreadable(f"A '{word}' tag is never closed by 'end{word}'.", opening.start())
        if opening[2] == "comment":
            _refuse_unclosed(text, "{%", "%}", position, closing.start())
        regions.append((opening[2], position, closing.start()))
        position = _end_of_tag(text, closing.end())
    return regions


def _closing(text: str, word: str, position: int) -> re.Match[str] | None:
    """Find the end of a region; comments hold comments, and all else that is not parsed."""
    open_words = [word]
    for match in VERBATIM.finditer(text, position):
        is_end, found = bool(match[1]), match[2]
        if is_end and found == open_words[-1]:
            open_words.pop()
            if not open_words:
                return match
        elif not is_end and open_words[-1] == "comment":
            open_words.append(found)
    return None


def _end_of_tag(text: str, position: int) -> int:
    end = text.find("%}", position)
    return end + 2 if end >= 0 else len(text)


def _filled(text: str, regions: list[tuple[str, int, int]]) -> str:
    """Write something harmless over regions, line ends left where they are."""
    kept, position = [], 0
    for _word, start, end in regions:
        kept.append(text[position:start])
        kept.append(NO_LINE_END.sub(lambda match: "x" * len(match[0]), text[start:end]))
        position = end
    return "".join([*kept, text[position:]])
