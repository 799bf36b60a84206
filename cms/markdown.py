"""Markdown to safe HTML: code in colours, callouts, tabs; rendered once for each text."""

import html
import re
from functools import lru_cache
from importlib import import_module

import markdown
import nh3

MOST_CHARACTERS = 200_000
MOST_COLOURED = 20_000  # characters of one block of code
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EXTENSIONS = ("fenced_code", "tables", "toc", "sane_lists", "attr_list")
ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    **{heading: {"id"} for heading in HEADINGS},
    "code": {"class"},
}
SCHEMES = {"http", "https", "mailto"}
# Of what strangers write: no images, no headings of a page, no anchors, no raw attributes.
OF_POSTS = ("fenced_code", "tables", "sane_lists")
POST_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "i",
    "kbd", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
POST_ATTRIBUTES = {"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}}
# What makes its time grow with the square of a paragraph: each of these looks at all that follows.
MOST_STEPS = 1_500_000  # half a second at worst
FENCE = re.compile(r"^(~{3,}|`{3,})[^\n`]*\n(.*?\n)?\1[ ]*$", re.MULTILINE | re.DOTALL)
PARAGRAPH = re.compile(r"\n[ \t]*\n")
LOOKS_ON = re.compile(r"[\[`]|^[ >]*(?:#|[-=*_][-=*_ ]*$)", re.MULTILINE)
TOP_HEADING = re.compile(r"<(/?)h[12]>")
CODE = re.compile(r'<pre><code class="language-([\w+#.-]+)">(.*?)</code></pre>', re.DOTALL)
TITLES = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}
# As GitHub writes them: `> [!NOTE]` and the text in the lines below.
CALLOUT = re.compile(
    rf"<blockquote>\s*<p>\[!({'|'.join(TITLES)})\]\s*(.*?)</blockquote>", re.DOTALL | re.IGNORECASE
)
# The kinds of tokens that have a colour, by the first letters of Pygments' short names.
COLOURS = {"k": "k", "s": "s", "c": "c", "nf": "f", "nb": "f", "nc": "f", "m": "n", "nt": "k"}
COLOURS |= {"na": "f", "l": "s", "kc": "n", "ow": "k", "gp": "c"}


@lru_cache(maxsize=500)
def html_of(text: str) -> str:
    """Render Markdown; scripts, handlers, styles and foreign schemes do not survive.

    Raises: ValueError when the text is too long. Cost: milliseconds, once for each text.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a Markdown page holds at most {MOST_CHARACTERS} characters")
    rendered = markdown.markdown(text, extensions=list(EXTENSIONS), output_format="html")
    return CODE.sub(_coloured, CALLOUT.sub(_callout, cleaned(rendered)))


@lru_cache(maxsize=2_000)
def post_html_of(text: str) -> str:
    """Render what somebody wrote in the forum; links of it are followed by no search engine.

    Where it can't be read as Markdown, or not in time, it is shown as it was typed.
    """
    if _is_costly(text):
        return f"<pre>{html.escape(text)}</pre>"
    try:
        rendered = markdown.markdown(text, extensions=list(OF_POSTS), output_format="html")
    except (RecursionError, ValueError):
        return f"<pre>{html.escape(text)}</pre>"
    safe = nh3.clean(
        TOP_HEADING.sub(r"<\1h3>", rendered),
        tags=POST_TAGS,
        attributes=POST_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener noreferrer",
    )
    return CODE.sub(_coloured, safe)


def _is_costly(text: str) -> bool:
    """Tell whether somebody may have written a text to cost time; code between fences costs none.

    Source: Python-Markdown 3.11 took 94 s for 20 000 times `[`.
    """
    if len(text) * (text.count("```") + text.count("~~~")) > MOST_STEPS:
        return True
    rest = FENCE.sub("", text)
    steps = len(rest) * rest.count("<")
    for paragraph in PARAGRAPH.split(rest):
        steps += len(paragraph) * len(LOOKS_ON.findall(paragraph))
    return steps > MOST_STEPS


def cleaned(html: str) -> str:
    """Leave of HTML what is harmless."""
    return nh3.clean(
        html, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )


def _callout(match: re.Match[str]) -> str:
    kind = match[1].lower()
    return (
        f'<div class="callout callout-{kind}"><p class="callout-title">{TITLES[kind]}</p>'
        f"<p>{match[2]}</div>"
    )


def _coloured(match: re.Match[str]) -> str:
    """Mark the words of a block of code by what they are; its text stays what it was."""
    language, code = match[1], match[2]
    if len(code) > MOST_COLOURED:
        return match[0]
    return f'<pre><code class="language-{language}">{coloured(language, code)}</code></pre>'


def coloured(language: str, code: str) -> str:
    """Put the words of escaped code into spans; code in an unknown language stays as it is."""
    pygments = import_module("pygments.lexers")  # it has no types, and a page may have no code
    names = import_module("pygments.token").STANDARD_TYPES
    try:
        lexer = pygments.get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except pygments.ClassNotFound:
        return code
    pieces = []
    for kind, text in lexer.get_tokens(html.unescape(code)):
        name = names.get(kind, "")
        colour = next((COLOURS[name[:n]] for n in (2, 1) if name[:n] in COLOURS), "")
        safe = html.escape(text, quote=False)
        pieces.append(f'<span class="{colour}">{safe}</span>' if colour and text.strip() else safe)
    return "".join(pieces)
