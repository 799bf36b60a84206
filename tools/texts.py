"""The texts of a theme and their translations: `python -m tools.texts` writes the catalogs anew.

What is new stands there untranslated, what nobody says any more is gone; `--check` only tells.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from cms.content.console import WORDS as OF_CONSOLE
from cms.liquid.drops.legal import TITLES as LEGAL
from cms.liquid.drops.pages import URLS
from cms.liquid.drops.services import WARNINGS
from cms.liquid.filters.text import WORDS as IN_WORDS
from gateway.windows import PERIODS
from server.domain.messages.preferences import OPTIONAL
from server.domain.portal.forum import GONE, VISITOR
from server.domain.provider.field_definitions import DEFAULTS
from server.kit.durations import UNITS

ROOT = Path(__file__).resolve().parents[1]
# A text, and what the filter is given.
SAID = re.compile(
    r"""(?P<mark>['"])(?P<text>(?:(?!(?P=mark)).)+)(?P=mark)\s*\|\s*t\b"""
    r"""(?P<args>(?:'[^']*'|"[^"]*"|[^'"|}%])*)"""
)
PLURAL = re.compile(r"""\bplural:\s*(?P<mark>['"])(?P<text>.*?)(?P=mark)""")
# What partials are given, and translate themselves.
INCLUDE = re.compile(r"\{%-?\s*(?:include|render)\b(?P<args>.*?)-?%\}", re.DOTALL)
GIVEN = re.compile(
    r"""\b(?:label|hint|title|text|lead)\s*:\s*(?P<mark>['"])(?P<text>.*?)(?P=mark)"""
)
# What this program says to developers: refusals, notices, names of pages and of spans.
SPEAKING = (
    "cms/portal",
    "cms/rendering/mails.py",
    "server/actions/accounts/factors.py",
    "server/actions/accounts/authentication_providers.py",
    "server/actions/accounts/identities.py",
    "server/actions/accounts/signup.py",
    "server/actions/accounts/sso_tokens.py",
    "server/actions/accounts/users.py",
    "server/actions/analytics/spans.py",
    "server/actions/applications",
    "server/actions/plans/changes.py",
    "server/actions/portal/forum.py",
    "server/actions/portal/forum_subscriptions.py",
    "server/actions/portal/gallery.py",
    "server/auth",
    "server/domain/accounts",
    "server/domain/applications",
    "server/domain/errors.py",
    "server/domain/fields.py",
    "server/domain/analytics/refusals.py",
    "server/domain/portal/forum.py",
    "server/domain/portal/gallery.py",
    "server/web/pages.py",
)
FOR_PROGRAMS = "cms/portal/machines/mcp"  # of files whose words assistants read, not people
SENTENCE = re.compile(r"[A-Za-z].*[a-z].*", re.DOTALL)
CALLS = frozenset({"go", "on_its_way", "sentence", "say", "Span", "Reason"})
STATES = ("active", "approved", "deprecated", "live", "pending", "rejected", "suspended")
# What the filters `words` and `t` are given by drops: states, periods, durations.
WORDS: tuple[tuple[str, ...], ...] = (
    *((text,) for text in (*IN_WORDS.values(), *STATES)),
    *((period.value,) for period in PERIODS if period.value not in IN_WORDS),
    *((title,) for _, title in URLS.values()),
    *((title,) for title in LEGAL.values()),
    *((text,) for text in WARNINGS.values()),
    *((f"%{{count}} {unit}", f"%{{count}} {unit}s") for unit, _ in UNITS),
    *((period.value.capitalize(),) for period in PERIODS if period.value not in IN_WORDS),
    ("less than a minute",),
    (VISITOR,),
    (GONE,),
    *((text.strip(),) for text in OF_CONSOLE),
    *((mail.title,) for mail in OPTIONAL.values() if mail.audience == "developer"),
)
BEGAN = datetime(2026, 11, 26, tzinfo=UTC)  # so that a catalog changes only with its texts
Texts = dict[tuple[str, ...], set[str]]  # a text, or one and many -> where it is said


def texts_of_theme(folder: Path) -> Texts:
    """Find what the templates and the titles of a theme say."""
    found: Texts = {}
    for file in sorted(folder.rglob("*.liquid")):
        for text in texts_of_template(file.read_text("utf-8")):
            found.setdefault(text, set()).add(file.relative_to(folder).as_posix())
    settings = json.loads((folder / "theme.json").read_text("utf-8"))
    for page in settings.get("pages", {}).values():
        found.setdefault((page["title"],), set()).add("theme.json")
    return found


def texts_of_template(source: str) -> Iterator[tuple[str, ...]]:
    """Find what one template says."""
    for said in SAID.finditer(source):
        plural = PLURAL.search(said["args"])
        yield (said["text"], plural["text"]) if plural else (said["text"],)
    for include in INCLUDE.finditer(source):
        for given in GIVEN.finditer(include["args"]):
            yield (given["text"],)


def texts_of_code() -> Texts:
    """Find what this program says to developers."""
    found: Texts = {}
    for place in SPEAKING:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.relative_to(ROOT).as_posix().startswith(FOR_PROGRAMS):
                continue
            for text in _of_module(ast.parse(file.read_text("utf-8"))):
                found.setdefault((text,), set()).add(file.relative_to(ROOT).as_posix())
    for _, _, label in DEFAULTS:  # of the fields that every provider has at first
        found.setdefault((label,), set()).add("server/domain/provider/field_definitions.py")
    return found


def _of_module(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from _of_constant(node)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _speaks(call):
            yield from (text for text in map(_text_of, call.args) if _is_said(text))


def _speaks(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in CALLS or name in ERRORS or name == "__init__"


def _of_constant(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    said = _text_of(node.value)
    if any(map(str.isupper, names)) and said.endswith(".") and " " in said:
        yield _capital(said)


def _text_of(node: ast.expr | None) -> str:
    """Read a text; what is filled in becomes a place. Empty when it is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_piece, node.values))
    return ""


def _piece(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        name = re.sub(r"\W+", "_", ast.unparse(node.value)).strip("_").lower()
        return f"%{{{name}}}"
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _is_said(text: str) -> bool:
    return " " in text and bool(SENTENCE.fullmatch(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _errors() -> frozenset[str]:
    tree = ast.parse((ROOT / "server/domain/errors.py").read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


ERRORS = _errors()


def wanted_of(folder: Path) -> Texts:
    """List all that a catalog translates; that of the default theme also what the program says."""
    found = texts_of_theme(folder)
    if folder.name == "default":
        found |= {key: {"words"} for key in WORDS}
        for other in sorted(ROOT.glob("themes/*/theme.json")):
            if other.parent != folder and not (other.parent / "locales").is_dir():
                for key, places in texts_of_theme(other.parent).items():
                    found.setdefault(key, set()).update(places)
        for key, places in texts_of_code().items():
            text = _capital(key[0]) if key[0].endswith(".") else key[0]
            found.setdefault((text,), set()).update(places)
    one = {key[0] for key in found if len(key) == 2}
    return {key: places for key, places in found.items() if len(key) == 2 or key[0] not in one}


def renewed(file: Path, wanted: Mapping[tuple[str, ...], set[str]]) -> Catalog:
    """Make a catalog of what is wanted, with the translations that there are."""
    with file.open("rb") as stream:
        old = read_po(stream)
    new = Catalog(
        locale=file.stem,
        project="Gatehouse",
        version="themes",
        charset="utf-8",
        header_comment="# Texts of the portal; `python -m tools.texts` keeps them complete.",
        creation_date=BEGAN,
        revision_date=BEGAN,
        fuzzy=False,
    )
    for key, places in sorted(wanted.items()):
        known = old.get(key[0])
        said: Any = known.string if known is not None else ""
        if len(key) == 2 and not isinstance(said, tuple | list):
            said = ("", "")
        elif len(key) == 1 and not isinstance(said, str):
            said = said[0]
        new.add(key if len(key) == 2 else key[0], said, [(place, 0) for place in sorted(places)])
    return new


def missing_in(catalog: Catalog) -> list[str]:
    """List the texts without a translation, and those whose places are others."""
    return [str(message.id) for message in catalog if message.id and not _is_whole(message)]


def _is_whole(message: object) -> bool:
    ids, said = getattr(message, "id", ""), getattr(message, "string", "")
    strings = said if isinstance(said, tuple | list) else (said,)
    keys = ids if isinstance(ids, tuple | list) else (ids,)
    places = {name for key in keys for name in re.findall(r"%\{\w+\}", key)}
    return all(text and set(re.findall(r"%\{\w+\}", text)) <= places for text in strings)


def main() -> int:
    """Write or check the catalogs of all themes."""
    faults = 0
    for file in sorted((ROOT / "themes").glob("*/locales/*.po")):
        catalog = renewed(file, wanted_of(file.parents[1]))
        missing = missing_in(catalog)
        faults += len(missing)
        print(f"{file.relative_to(ROOT)}: {len(catalog)} texts, {len(missing)} untranslated")
        for text in missing:
            print(f"  {text}")
        if "--check" not in sys.argv:
            with file.open("wb") as stream:
                write_po(stream, catalog, width=98, omit_header=False, include_lineno=False)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
