"""Portal templates that the provider changed: their texts are files beside `templates.yaml`."""

from collections.abc import Iterable, Mapping
from typing import Any

from cms.content.theme import FOLDERS
from server.actions.portal.pages import (
    RULES,
    NewTemplate,
    delete_template,
    save_template,
    templates_query,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.portal.pages import KINDS, Template

SUFFIXES = {"published": ".liquid", "draft": ".draft.liquid"}


def _path(values: Mapping[str, Any]) -> str:
    return f"{FOLDERS[values['kind']]}/{values['name']}"


class Templates(Topic):
    word, section, file = "template", "templates", "portal/templates.yaml"
    named_by = ("kind", "name")
    fields = (
        *(Field(name=name, check=RULES[name]) for name in named_by),
        *columns(Template, {name: RULES[name] for name in ("title", "layout", "handler")}),
        *(
            Field(
                name=name,
                kind=FieldKind.FILE,
                check=RULES[name],
                default=None,
                path=_path,
                suffix=suffix,
            )
            for name, suffix in SUFFIXES.items()
        ),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(templates_query(workspace.actor)):
            yield (), row.id, {field.name: getattr(row, field.name) for field in self.fields}

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return KINDS.index(values["kind"]), values["name"]

    def create(self, workspace: Workspace, entry: Entry) -> int:
        return save_template(workspace, NewTemplate(**entry.values)).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        save_template(workspace, NewTemplate(**entry.values))

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_template(workspace, workspace.ids[entry.key])
