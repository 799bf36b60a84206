"""HTML to Markdown, for programs that read: what a reader sees of a page and nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_DEEP = 60  # elements within each other; what is deeper is text of the last of them
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
# What no reader reads, or what is there to be pressed.
LEFT_OUT = frozenset(
    {"script", "style", "template", "svg", "noscript", "dialog", "button", "nav", "select"}
    | {"textarea", "input", "label", "legend", "iframe", "object", "canvas", "audio", "video"}
    | {"head"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul", "legend", "label", "caption"}
)
CLOSES: Mapping[str, frozenset[str]] = {  # what ends an open one of these
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
HOLDS = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot"})  # no end goes beyond them
SPECIAL = re.compile(r"([\\`*\[\]<>|])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
LINE_START = re.compile(r"^(\s*)([#+-]|\d{1,9}[.)])(?=\s)", re.MULTILINE)
HEADING_OR_CODE = re.compile(r"^(#{1,6}|```|~~~)(?=[ `~\w]|$)", re.MULTILINE)
BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1", re.MULTILINE | re.DOTALL)
SPACE = re.compile(r"[ \t\n\r\f\v]+")
LANGUAGE = re.compile(r"(?:^|\s)language-([\w+#.-]+)")
CALLED: Mapping[str, str] = {"curl": "sh", "node": "js"}  # what readers call a language
CALLOUT = re.compile(r"\bcallout-(note|tip|important|warning|caution)\b")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SCHEMES = ("http:", "https:", "mailto:")


@dataclass(slots=True)
class _Element:
    """An element with what is in it: texts and elements."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[_Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text as it stands, as `pre` shows it."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return "\n" if self.name == "br" else "".join(parts)

    def find(self, name: str) -> "_Element | None":
        """Find the first element of a name, this one or below."""
        if self.name == name:
            return self
        inner = (child.find(name) for child in self.children if isinstance(child, _Element))
        return next((found for found in inner if found is not None), None)

    def all_of(self, *names: str) -> "list[_Element]":
        """List the children of these names, also within groups of rows."""
        found: list[_Element] = []
        for child in self.children:
            if isinstance(child, _Element):
                if child.name in names:
                    found.append(child)
                elif child.name in {"thead", "tbody", "tfoot"}:
                    found += child.all_of(*names)
        return found


class _Reader(HTMLParser):
    """Makes elements of a text; what is not closed is closed by what comes after it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._make_room(tag)
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < MOST_DEEP:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _make_room(self, tag: str) -> None:
        """Close what can't hold this."""
        if self._open[-1].name == "p" and tag in BLOCKS:
            self._open.pop()
        ends = CLOSES.get(tag, frozenset())
        for place in range(len(self._open) - 1, 0, -1):
            name = self._open[place].name
            if name in ends:
                del self._open[place:]
                return self._make_room(tag) if tag == "tr" and name != "tr" else None
            if name in HOLDS:
                return None
        return None


def markdown_of(html: str) -> str:
    """Write as Markdown what a reader sees: of a whole document its main part.

    Cost: grows with the text, a few milliseconds for a usual page.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    root = reader.root.find("main") or reader.root
    return "\n\n".join(_blocks(root)).strip() + "\n"


def titled(text: str, title: str) -> str:
    """Put the title of a page before a text that has none."""
    first = HEADING_OR_CODE.search(text)
    is_titled = not title or (first is not None and first[1] == "#")
    return text if is_titled else f"# {_escaped(title)}\n\n{text}"


def without_gaps(text: str) -> str:
    """Leave one empty line where a template left many, but not within code."""
    parts, end = [], 0
    for code in FENCED.finditer(text):
        parts += [BLANKS.sub("\n\n", text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, BLANKS.sub("\n\n", text[end:])])


def _is_seen(element: _Element) -> bool:
    attributes = element.attributes
    return (
        element.name not in LEFT_OUT
        and "hidden" not in attributes
        and attributes.get("aria-hidden") != "true"
    )


def _blocks(element: _Element) -> list[str]:
    """List the blocks in an element; what is inline between them is a paragraph."""
    found: list[str] = []
    line: list[_Element | str] = []

    def end_line() -> None:
        text = _tidy(_inline(line))
        line.clear()
        if text:
            found.append(_at_line_start(text))

    for child in element.children:
        if isinstance(child, str) or (child.name not in BLOCKS and not _holds_blocks(child)):
            line.append(child)
            continue
        end_line()
        if _is_seen(child):
            found += WRITERS.get(child.name, _blocks)(child)
    end_line()
    return [block for block in found if block.strip()]


def _holds_blocks(element: _Element) -> bool:
    """Tell whether something inline has blocks in it, such as a link around a card."""
    inner = (child for child in element.children if isinstance(child, _Element))
    return any(child.name in BLOCKS or _holds_blocks(child) for child in inner)


def _heading(element: _Element) -> list[str]:
    text = _one_line(element)
    return [f"{'#' * int(element.name[1])} {text}"] if text else []


def _link(element: _Element) -> list[str]:
    """Write a link around blocks, such as a card: the address comes after them."""
    address = _address(element.attributes.get("href", ""))
    return [*_blocks(element), *([f"[{address}]({address})"] if address else [])]


def _summary(element: _Element) -> list[str]:
    text = _one_line(element)
    return [f"**{text}**"] if text else []


def _code(element: _Element) -> list[str]:
    code = element.find("code")
    match = LANGUAGE.search((code or element).attributes.get("class", ""))
    text = element.text.strip("\n")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = match[1] if match else ""
    return [f"{fence}{CALLED.get(language, language)}\n{text}\n{fence}"]


def _quote(element: _Element) -> list[str]:
    return [_prefixed("\n\n".join(_blocks(element)), "> ")]


def _division(element: _Element) -> list[str]:
    """Write a part of the page; a callout is written as GitHub does."""
    match = CALLOUT.search(element.attributes.get("class", ""))
    if match is None:
        return _blocks(element)
    inner = [child for child in element.children if not _is_callout_title(child)]
    text = "\n\n".join(_blocks(_Element("div", {}, inner)))
    return [_prefixed(f"[!{match[1].upper()}]\n{text}", "> ")]


def _is_callout_title(child: "_Element | str") -> bool:
    return isinstance(child, _Element) and "callout-title" in child.attributes.get("class", "")


def _list(element: _Element) -> list[str]:
    items = []
    for number, item in enumerate(element.all_of("li"), start=1):
        mark = f"{number}. " if element.name == "ol" else "- "
        blocks = _blocks(item)
        is_tight = not any(block.startswith(("```", "#", "|")) for block in blocks)
        text = ("\n" if is_tight else "\n\n").join(blocks)
        if text:
            items.append(mark + _prefixed(text, " " * len(mark)).lstrip())
    return ["\n".join(items)] if items else []


def _definitions(element: _Element) -> list[str]:
    lines: list[str] = []
    for child in _terms(element):
        text = _one_line(child)
        if child.name == "dt":
            lines.append(f"- **{text}**")
        elif lines:
            lines[-1] += f": {text}" if ": " not in lines[-1] else f"; {text}"
    return ["\n".join(lines)] if lines else []


def _terms(element: _Element) -> list[_Element]:
    """List terms and what they are, also where each pair stands in a `div`."""
    found: list[_Element] = []
    for child in element.children:
        if isinstance(child, _Element):
            found += [child] if child.name in {"dt", "dd"} else _terms(child)
    return found


def _table(element: _Element) -> list[str]:
    rows = [[_one_line(cell) for cell in row.all_of("td", "th")] for row in element.all_of("tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(map(len, rows))
    first, *rest = ([*row, *[""] * (width - len(row))] for row in rows)
    lines = [first, ["---"] * width, *rest]
    caption = element.all_of("caption")
    told = [_one_line(each) for each in caption]
    return [*told, "\n".join(f"| {' | '.join(row)} |" for row in lines)]


def _rule(_element: _Element) -> list[str]:
    return ["---"]


WRITERS: Mapping[str, Callable[[_Element], list[str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "a": _link,
    "blockquote": _quote,
    "div": _division,
    "dl": _definitions,
    "hr": _rule,
    "ol": _list,
    "pre": _code,
    "summary": _summary,
    "table": _table,
    "ul": _list,
}


def _inline(children: "Sequence[_Element | str]") -> str:
    """Write texts and what is inline among them; white space is folded."""
    parts = []
    for child in children:
        if isinstance(child, str):
            parts.append(_escaped(SPACE.sub(" ", child)))
        elif _is_seen(child):
            parts.append(_inline_element(child))
    return "".join(parts)


def _inline_element(element: _Element) -> str:
    name, attributes = element.name, element.attributes
    if name == "br":
        return "\\\n"
    if name == "img":
        source, words = attributes.get("src", ""), _escaped(attributes.get("alt", ""))
        return f"![{words}]({_address(source)})" if words and _address(source) else words
    if name in {"code", "kbd", "samp"}:
        return _inline_code(element.text)
    text = _inline(element.children)
    if name in {"td", "th", "li", "dd", "dt", *("h1", "h2", "h3", "h4", "h5", "h6"), "p", "div"}:
        return f" {text} "
    if name == "a":
        address = _address(attributes.get("href", ""))
        words = text.strip() or _escaped(attributes.get("aria-label", ""))
        return f"[{words}]({address})" if address and words else text
    for names, sign in ((("strong", "b"), "**"), (("em", "i"), "*"), (("del", "s"), "~~")):
        if name in names and text.strip():
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            return f"{before}{sign}{text.strip()}{sign}{after}"
    return text


def _inline_code(text: str) -> str:
    text = SPACE.sub(" ", text).strip()
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def _address(address: str) -> str:
    """Give an address that a reader may follow; empty for any other."""
    address = address.strip()
    if SCHEME.match(address) and not address.lower().startswith(SCHEMES):
        return ""
    return re.sub(r"[\s()<>]", lambda sign: f"%{ord(sign[0]):02X}", address)


def _one_line(element: _Element) -> str:
    """Write all of an element in one line."""
    return _tidy(_inline(element.children)).replace("\\\n", " ").replace("\n", " ")


def _tidy(text: str) -> str:
    lines = (re.sub(r" {2,}", " ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip().removesuffix("\\").strip()


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda sign: f"\\{sign[0]}", text)


def _at_line_start(text: str) -> str:
    """Keep a paragraph from being read as a heading or a list."""

    def marked(match: re.Match[str]) -> str:
        mark = match[2]
        return f"{match[1]}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{match[1]}\\{mark}"

    return LINE_START.sub(marked, text)


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in text.split("\n"))
