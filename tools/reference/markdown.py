"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `make docs`. Change the code, not this page. -->"


def page(title: str, intro: str, parts: Iterable[str]) -> str:
    """Put a page together."""
    return "\n\n".join([f"# {title}", MADE, intro, *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a bar in a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Write a name; nothing for none."""
    return f"`{text}`" if text else ""
