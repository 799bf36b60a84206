"""The HTML of a mail beside its text: made of the text, or cleaned when the template is HTML."""

import re
from html import unescape

import nh3
from markupsafe import Markup, escape

URL = re.compile(r"https?://[^\s<>\"']+")
AFTER_URLS = ".,;:!?)]}"  # they end the sentence, not the address
HEADERS = re.compile(r"{%-?\s*(capture|email)\b.*?{%-?\s*end\1\s*-?%}|{%.*?%}|{#.*?#}", re.DOTALL)
TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"} | {"center", "u"}
SCHEMES = {"http", "https", "mailto"}
LINE_ENDS = re.compile(r"<br\s*/?>|</(?:p|h[1-6]|li|tr|div|blockquote)>", re.IGNORECASE)
ANCHOR = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)


def is_html(source: str) -> bool:
    """Return whether a template is HTML: its first words, headers left out, are a tag."""
    return HEADERS.sub("", source).lstrip().startswith("<")


def html_of_text(text: str) -> Markup:
    """Write a text as HTML: paragraphs, quotes, links; an address that stands alone is a button."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(_block(block.strip("\n")) for block in blocks if block.strip())


def clean_html(html: str) -> Markup:
    """Leave of HTML what a mail may hold: nothing is fetched from anywhere, nothing runs."""
    cleaned = nh3.clean(html, tags=TAGS, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    return Markup(cleaned)  # noqa: S704 - nh3 has cleaned it


def text_of_html(html: str) -> str:
    """Write HTML as text, with the addresses of its links behind their words."""
    linked = ANCHOR.sub(lambda found: f"{found[2]} ({found[1]})", html)
    plain = unescape(nh3.clean(LINE_ENDS.sub("\n", linked), tags=set()))
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _block(block: str) -> Markup:
    lines = block.splitlines()
    if len(lines) == 1 and URL.fullmatch(lines[0].strip()):
        url = lines[0].strip()
        return Markup(
            '<p class="go"><a class="button" href="{0}">{1}</a></p><p class="address">{0}</p>'
        ).format(url, "Open")
    if all(line.startswith(">") for line in lines):
        inner = Markup("<br>\n").join(_line(line.lstrip("> ")) for line in lines)
        return Markup("<blockquote>{}</blockquote>").format(inner)
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(map(_line, lines)))


def _line(line: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for match in URL.finditer(line):
        url = match[0].rstrip(AFTER_URLS)
        parts.append(escape(line[position : match.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(url))
        position = match.start() + len(url)
    return Markup("").join([*parts, escape(line[position:])])
