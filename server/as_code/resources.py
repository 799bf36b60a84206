"""A topic made from a resource's declaration: its fields, and how its rows are read and changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.resources import Resource
from server.as_code.entries import Entry, Key
from server.as_code.fields import Field, field_of
from server.as_code.topic import BACKEND, Row, Topic, Workspace
from server.domain.attributes import REQUIRED, Attribute, Refers
from server.domain.portal.sections import Section
from server.domain.services.backend_apis import BackendApi
from server.domain.services.metrics import Metric
from server.domain.services.services import Service

WORDS: Mapping[type, tuple[str, ...]] = {
    BackendApi: (BACKEND,),
    Section: ("section",),
    Service: ("service",),
}


class ResourceTopic(Topic):
    """Entries of a resource; an attribute that refers to a row is written as that row's name."""

    word = section = ""  # as the resource is called, unless a topic says otherwise
    order: tuple[str, ...] = ()  # of the first fields of an entry; its name otherwise
    extra: tuple[Field, ...] = ()  # that are no attributes
    metric_words: tuple[str, ...] = ("metric", "method")  # of a metric that an entry names
    left_out: tuple[str, ...] = ()  # attributes that files tell in another way, or not at all

    def __init__(self, resource: Resource[Any]) -> None:
        self.resource = resource
        self.word = self.word or resource.noun
        self.section = self.section or f"{resource.name}s"
        self._column = resource.parent.column if resource.parent else ""
        self.parent = resource.parent.name.replace("_", " ") if resource.parent else ""
        written = [each for each in resource.attributes if self._is_written(each)]
        fields = [*self.extra, *(self.field_of(attribute) for attribute in written)]
        first = {name: place for place, name in enumerate(self.order or self.named_by)}
        self.fields = tuple(sorted(fields, key=lambda field: first.get(field.name, len(first))))

    def _is_written(self, attribute: Attribute) -> bool:
        """Return whether files tell an attribute: not what is left out, nor what is all secret."""
        is_secret = attribute.is_secret and attribute.name not in self.resource.partly
        return not is_secret and attribute.name not in self.left_out

    def field_of(self, attribute: Attribute) -> Field:
        """Make the field that an attribute is written as."""
        refers = attribute.mark(Refers)
        is_required = attribute.is_required or attribute.name in self.named_by
        if refers is not None:
            default: Any = REQUIRED if is_required else ""
            name = attribute.name.removesuffix("_id")
            words = self.metric_words if refers.model is Metric else WORDS[refers.model]
            return Field(name=name, default=default, refers=words)
        field = field_of(self.resource.draft, attribute)
        partly = self.resource.partly.get(attribute.name)
        if partly is not None:
            field = replace(field, hide=partly.hide, keep=partly.keep)
        return replace(field, default=REQUIRED) if is_required else field

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return self.rows_of(workspace, self.resource.query(workspace.actor))

    def rows_of(self, workspace: Workspace, query: SelectOfScalar[Any]) -> Iterable[Row]:
        """Read the rows of a query, each with what it belongs to."""
        for row in workspace.db.exec(query):
            home = self._home(workspace, row)
            if home is not None:
                yield home, row.id, self.values(workspace, row)

    def in_order(self, workspace: Workspace) -> SelectOfScalar[Any]:
        """Select all rows as they are placed; only for what is ordered."""
        table = self.resource.model
        return self.resource.query(workspace.actor).order_by(col(table.position), col(table.id))

    def places(self, workspace: Workspace, parent: Key) -> dict[int, int]:
        query = self.in_order(workspace)
        if self.parent:
            query = query.where(getattr(self.resource.model, self._column) == workspace.ids[parent])
        return {row.id: row.position for row in workspace.db.exec(query)}

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        self.resource.update(workspace, row_id, {"position": position})

    def _home(self, workspace: Workspace, row: Any) -> Key | None:
        if not self.parent:
            return ()
        return workspace.keys.get((self.parent, getattr(row, self._column)))

    def values(self, workspace: Workspace, row: Any) -> dict[str, Any]:
        """Tell a row's values as a file holds them."""
        told = [field for field in self.fields if field not in self.extra]
        attributes = {each.name: each for each in self.resource.attributes}
        vault = workspace.installation.vault
        return {
            field.name: workspace.name_of(field.refers, getattr(row, f"{field.name}_id"))
            if field.refers
            else self.resource.value_of(vault, row, attributes[field.name])
            for field in told
        }

    def stored(self, workspace: Workspace, key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
        """Tell a file's values as the actions take them."""
        refers = {field.name: field.refers for field in self.fields if field.refers}
        return {
            f"{name}_id" if name in refers else name: workspace.id_of(key, refers[name], value)
            if name in refers
            else value
            for name, value in values.items()
        }

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = self.stored(workspace, entry.key, entry.values)
        parent_id = workspace.ids[entry.parent] if self.parent else None
        return int(self.resource.create(workspace, values, parent_id).id)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        values = self.stored(workspace, entry.key, changes)
        self.resource.update(workspace, workspace.ids[entry.key], values)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        self.resource.delete(workspace, workspace.ids[entry.key])
