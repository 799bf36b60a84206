"""Themes: folders of Liquid files and assets, read once. What a provider changed is not here."""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cms.content.catalogs import Catalog
from server.domain.portal.pages import HTML, MAIN_LAYOUT
from server.domain.provider.providers import Provider
from server.kit.fingerprints import fingerprint
from server.kit.themes import DEFAULT_THEME, THEMES, theme_names

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
    """The templates, assets and texts of one folder."""

    def __init__(self, folder: Path, base: "Theme | None" = None) -> None:
        """Read the folder; what is not in it is the base's.

        Raises: OSError, ValueError when it is no theme.
        """
        self.name, self.base = folder.name, base
        self.assets = folder / "assets"
        self._catalogs = {
            file.stem: Catalog(file) for file in sorted((folder / "locales").glob("*.po"))
        }
        settings = json.loads((folder / "theme.json").read_text(encoding="utf-8"))
        self._pages: Mapping[str, Any] = {
            **(base._pages if base else {}),
            **settings.get("pages", {}),
        }
        self._sources: dict[tuple[str, str], Source] = {}
        for kind, name in FOLDERS.items():
            for file in sorted((folder / name).rglob("*.liquid")):
                self._add(kind, folder / name, file, self._pages)
        for path, page in self._pages.items():
            own = self._sources.get(("page", page.get("template", "")))
            if own is not None:
                self._sources["page", path] = own
        self.version = fingerprint(self.assets)  # of its files, all together
        self._files = {
            f"/{file.relative_to(self.assets).as_posix()}"
            for file in self.assets.rglob("*")
            if file.is_file()
        }

    def address_of(self, path: str) -> str:
        """Give a path of an asset the version that browsers keep it by; any other stays."""
        if path not in self._files:
            return self.base.address_of(path) if self.base else path
        place = path.replace("/css/", f"{self.place}/", 1) if self.base else path
        return f"{place}?v={self.version}"

    def own_sheets(self, path: str) -> tuple[str, ...]:
        """Give the address of a sheet that comes over the base's; none for the base itself."""
        return (self.address_of(path),) if self.base and path in self._files else ()

    @property
    def place(self) -> str:
        """Tell below which path its style sheets are; all other files are the base's."""
        return f"/css/themes/{self.name}" if self.base else "/css"

    @property
    def languages(self) -> tuple[str, ...]:
        """List the languages that it has texts in, beside English."""
        return tuple(self._catalogs)

    def catalog(self, tag: str) -> Catalog | None:
        """Find its texts in a language."""
        return self._catalogs.get(tag)

    def find(self, kind: str, name: str) -> Source | None:
        """Find a template by kind and name; pages also by their path."""
        found = self._sources.get((kind, name))
        return self.base.find(kind, name) if found is None and self.base else found

    def names(self, kind: str) -> list[str]:
        own = {name for of_kind, name in self._sources if of_kind == kind}
        return sorted(own.union(self.base.names(kind) if self.base else ()))

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
    return Theme(THEMES / DEFAULT_THEME)


@cache
def theme_named(name: str) -> Theme:
    """Open a theme, once a process; for one that is not installed the default one."""
    if name == DEFAULT_THEME or name not in theme_names():
        return default_theme()
    return Theme(THEMES / name, default_theme())


def theme_of(provider: Provider) -> Theme:
    """Give the theme that a provider has chosen."""
    return theme_named(str(provider.look.get("theme", DEFAULT_THEME)))
