"""Themes: folders of Liquid files and assets, read once. What a provider changed is not here."""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from server.domain.portal.pages import HTML, MAIN_LAYOUT
from server.kit.fingerprints import fingerprint

# `themes` lies beside this package, in a checkout and in an installed wheel.
THEMES = Path(__file__).resolve().parents[2] / "themes"
FOLDERS = {"layout": "layouts", "page": "pages", "partial": "partials", "email": "emails"}


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text and how to present it. `key` changes whenever the text does."""

    key: Hashable
    name: str
    load: Callable[[], str]
    title: str = ""
    layout: str = MAIN_LAYOUT
    handler: str = ""  # '', markdown, textile
    kind: str = ""  # layout, page, partial, email
    content_type: str = HTML
    is_liquid: bool = True  # else its text is shown as it is
    system_name: str = ""


class Theme:
    """The templates and assets of one folder."""

    def __init__(self, folder: Path) -> None:
        """Read the folder. Raises: OSError, ValueError when it is no theme."""
        self.assets = folder / "assets"
        settings = json.loads((folder / "theme.json").read_text(encoding="utf-8"))
        self._sources: dict[tuple[str, str], Source] = {}
        for kind, name in FOLDERS.items():
            for file in sorted((folder / name).rglob("*.liquid")):
                self._add(kind, folder / name, file, settings["pages"])
        for path, page in settings["pages"].items():
            if "template" in page:
                self._sources["page", path] = self._sources["page", page["template"]]
        self.version = fingerprint(self.assets)  # of its files, all together
        self._files = {
            f"/{file.relative_to(self.assets).as_posix()}"
            for file in self.assets.rglob("*")
            if file.is_file()
        }

    def address_of(self, path: str) -> str:
        """Give a path of an asset the version that browsers keep it by; any other stays."""
        return f"{path}?v={self.version}" if path in self._files else path

    def find(self, kind: str, name: str) -> Source | None:
        """Find a template by kind and name; pages also by their path."""
        return self._sources.get((kind, name))

    def names(self, kind: str) -> list[str]:
        return sorted(name for of_kind, name in self._sources if of_kind == kind)

    def _add(self, kind: str, folder: Path, file: Path, pages: Mapping[str, Any]) -> None:
        name = file.relative_to(folder).with_suffix("").as_posix()
        text = file.read_text(encoding="utf-8")
        page = _page_of(name, pages) if kind == "page" else {}
        self._sources[kind, name] = Source(
            key=("theme", str(folder), kind, name),
            name=name,
            load=lambda: text,
            title=page.get("title", ""),
            layout=page.get("layout", MAIN_LAYOUT),
            handler=page.get("handler", ""),
            kind=kind,
        )


def _page_of(name: str, pages: Mapping[str, Any]) -> Mapping[str, str]:
    found: Mapping[str, str] = pages.get(name) or next(
        (page for page in pages.values() if page.get("template") == name), {}
    )
    return dict(found)


@cache
def default_theme() -> Theme:
    """Open the theme that ships with the product, once a process."""
    return Theme(THEMES / "default")
