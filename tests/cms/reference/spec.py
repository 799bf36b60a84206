"""What section 2 of the reference's description names, read from the description itself."""

import re
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parents[4] / "shared" / "spec" / "reference-portal.md"
FIELD = re.compile(r"^[a-z_0-9.]+\??(?:/[a-z_0-9]+\??)*")
IN_BRACES = re.compile(r"(\w+)\.?\{([^}]*)\}")
TAG = re.compile(r"\{% ?([\w:-]+)")


def drops() -> dict[str, set[str]]:
    """Name the fields of each row of 2.3; a row may be about several kinds."""
    return {row[0].split(" (")[0].strip("` "): set(_fields(row[1])) for row in _rows("2.3")}


def tags() -> set[str]:
    """Name the tags of 2.4."""
    cells = " ".join(row[0] for row in _rows("2.4"))
    found = set(TAG.findall(cells)) - {"endcontent_for", "endform", "endemail"}
    mail = "subject cc bcc from reply-to header do_not_send ogone_form payment_express_form"
    return found | set(mail.split())


def filters() -> set[str]:
    """Name the filters of 2.5, without Liquid's own."""
    found = set(re.findall(r"`([a-z_]+)(?:\[_ajax\])?(?=[:\[`])", _section("2.5")))
    ajax = {f"{name}_ajax" for name in ("update_button", "create_button")}
    return found | ajax | {"to_post_link", "to_post_date", "toc_for"}


def forms() -> set[str]:
    """Name the forms of 2.6."""
    first = _section("2.6").split("Unknown form name")[0]
    return set(re.findall(r"(?:^|· |, )`([a-z_.]+)`(?=[, ])", first, re.MULTILINE))


def pages() -> dict[str, set[str]]:
    """Name the variables of each row of 2.2."""
    return {row[0]: set(re.findall(r"[a-z_]+", row[1])) for row in _rows("2.2")}


def variables() -> set[str]:
    """Name the variables of 2.1."""
    return set(re.findall(r"`([a-z_0-9]+)`", _section("2.1")))


def _fields(cell: str) -> Iterator[str]:
    flat = IN_BRACES.sub(_unfolded, cell)
    flat = re.sub(r"\([^()]*\)|`[^`]*`|\[\{[^}]*\}\]|\[[^\]]*\]", "", flat)
    for piece in re.split(r"[,;.] ?(?![a-z_]+\??\b(?:,|$))|[,;]", flat):
        text = re.sub(r"^.*\+ ", "", piece.strip())
        found = FIELD.match(text.removeprefix("Error: ").removeprefix("Part: ").strip("` "))
        if found:
            names = found[0].strip(".").split("/")
            yield from (name for name in names if name)


def _unfolded(match: re.Match[str]) -> str:
    return ", ".join(f"{match[1]}.{name.strip()}" for name in match[2].split(","))


def _rows(number: str) -> Iterator[list[str]]:
    lines = [line for line in _section(number).splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _section(number: str) -> str:
    text = FILE.read_text("utf-8")
    found = re.search(rf"^## {re.escape(number)} .*?(?=^## |^# )", text, re.M | re.S)
    return found[0] if found else ""
