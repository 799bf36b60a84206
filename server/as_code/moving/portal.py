"""A tenant's portal as entries of the configuration: sections, pages, files, ActiveDocs."""

from collections.abc import Mapping
from typing import Any

from server.as_code.moving.tenant import Record, Tenant
from server.as_code.moving.wanted import Wanted, taken
from server.domain.portal.pages import HTML, NO_LAYOUT, TemplateKind
from server.domain.portal.sections import ROOT

KINDS: Mapping[str, TemplateKind] = {
    "page": TemplateKind.PAGE,
    "builtin_page": TemplateKind.PAGE,
    "layout": TemplateKind.LAYOUT,
    "partial": TemplateKind.PARTIAL,
    "builtin_partial": TemplateKind.PARTIAL,
}
ORDER = ("layout", "partial", "builtin_partial", "builtin_page", "page")
NEVER_CHANGED = "1970-01-01"  # as a Gatehouse tells of what is its theme's


class Portal:
    """Puts what developers read into the state that is wanted."""

    def __init__(self, wanted: Wanted, tenant: Tenant) -> None:
        self.wanted = wanted
        self.tenant = tenant
        self.roots = {str(each["id"]) for each in tenant.sections if _is_root(each)}

    def put_all(self) -> None:
        """Put sections, templates, files and specifications, in this order."""
        self._sections()
        self._templates()
        for file in self.tenant.files:
            self._file(file)
        for document in self.tenant.active_docs:
            self._document(document)

    def _sections(self) -> None:
        """Put sections, each behind the one that it is in."""
        waiting = [each for each in self.tenant.sections if not _is_root(each)]
        put = set(self.roots)
        while waiting:
            ready = [each for each in waiting if str(each.get("parent_id") or "") in {*put, ""}]
            for section in ready or waiting:
                values = taken(section, ("system_name", "title", "public", "partial_path"))
                values["parent"] = self._section_of(section, "parent_id")
                self.wanted.put(("section", str(section["id"])), "section", values)
                put.add(str(section["id"]))
            waiting = [each for each in waiting if str(each["id"]) not in put]

    def _section_of(self, record: Record, name: str = "section_id") -> str:
        """Tell the section that something is in; empty for the root."""
        number = str(record.get(name) or "")
        return "" if number in self.roots else self.wanted.name_of("section", number)

    def _templates(self) -> None:
        templates = self.tenant.templates
        tells_changes = any(_day(each, "created_at") == NEVER_CHANGED for each in templates)
        layouts = {
            str(each["id"]): str(each.get("system_name"))
            for each in templates
            if each.get("type") == "layout"
        }
        known = [each for each in templates if each.get("type") in KINDS]
        for template in sorted(known, key=lambda each: ORDER.index(each["type"])):
            if not _is_unchanged(template, tells_changes=tells_changes):
                self._template(template, layouts)
        for kind in sorted({str(each.get("type")) for each in templates} - set(KINDS)):
            number = sum(each.get("type") == kind for each in templates)
            told = f"{number} of this kind only choose a layout there; pages here are Liquid."
            self.wanted.report.miss(f"templates of the kind {kind}", told)

    def _template(self, template: Record, layouts: Mapping[str, str]) -> None:
        kind, is_page = KINDS[template["type"]], template["type"] == "page"
        name = template.get("path") if is_page else template.get("system_name")
        values: dict[str, Any] = {"kind": kind.value, "name": name}
        values |= taken(template, ("title", "liquid_enabled"))
        texts = {each: template.get(each) for each in ("draft", "published")}
        shipped = self.wanted.workspace.installation.shipped.find_text(kind, str(name))
        if texts["published"] is not None and texts["published"] == shipped:
            texts["published"] = None
        if not is_page and not any(text is not None for text in texts.values()):
            return
        values |= texts
        if is_page:
            values |= taken(template, ("system_name", "content_type"))
            values.setdefault("content_type", HTML)
            values["handler"] = template.get("handler") or ""
            values["section"] = self._section_of(template)
            values["hidden"] = bool(template.get("hidden")) and texts["published"] is not None
        if kind is TemplateKind.PAGE:
            layout = layouts.get(str(template.get("layout_id") or ""), "")
            if layout or is_page:
                values["layout"] = layout or NO_LAYOUT
        self.wanted.put(("template", str(template["id"])), "template", values)

    def _file(self, file: Record) -> None:
        content = file.get("content")
        if content is None:
            return  # the reader told why
        values = taken(file, ("path", "downloadable"))
        values["section"] = self._section_of(file)
        values["content"] = bytes(content).decode("utf-8", "surrogateescape")
        self.wanted.put(("file", str(file["id"])), "file", values)

    def _document(self, document: Record) -> None:
        names = ("system_name", "name", "description", "published", "skip_swagger_validations")
        values = taken(document, (*names, "body"))
        service = document.get("service_id")
        if service is not None:
            values["service"] = self.wanted.name_of("service", service)
        self.wanted.put(("active_doc", str(document["id"])), "specification", values)


def _is_root(section: Record) -> bool:
    return section.get("parent_id") is None and section.get("system_name") == ROOT


def _day(record: Record, name: str) -> str:
    return str(record.get(name) or "")[:10]


def _is_unchanged(template: Record, *, tells_changes: bool) -> bool:
    """Return whether a template is as it came with the portal there: ours has its own.

    A Gatehouse says of these that they are as old as the clock; the reference makes them with the
    tenant, so that the last change of those that nobody touched is their making.
    """
    if tells_changes:
        return _day(template, "created_at") == NEVER_CHANGED
    is_builtin = str(template.get("type")).startswith("builtin_")
    return is_builtin and _seconds(template, "updated_at") == _seconds(template, "created_at")


def _seconds(record: Record, name: str) -> str:
    return str(record.get(name) or "")[:19]
