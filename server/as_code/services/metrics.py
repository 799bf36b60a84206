"""Metrics, and methods under `hits`. They share their names within a service."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.services.metrics import (
    RULES,
    NewMetric,
    create_method,
    create_metric,
    delete_metric,
    metrics_query,
    update_metric,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.services.metrics import HITS, Metric, clean_metric_name

FIELDS = (
    Field(name="system_name", check=lambda v: clean_metric_name(v, "")),
    Field(name="friendly_name", check=RULES["friendly_name"]),
    *columns(Metric, {name: RULES[name] for name in ("unit", "description")}),
)


class Metrics(Topic):
    word, section, parent = "metric", "metrics", "service"
    fields = FIELDS

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return _rows(workspace, are_methods=False)

    def create(self, workspace: Workspace, entry: Entry) -> int:
        if entry.values["system_name"] == HITS:  # it came with the service
            query = metrics_query(workspace.actor).where(
                Metric.service_id == workspace.service_id(entry.key), Metric.system_name == HITS
            )
            hits = workspace.db.exec(query).one()
            update_metric(workspace, hits.id, _texts(entry))
            return hits.id
        service_id = workspace.service_id(entry.key)
        return create_metric(workspace, service_id, NewMetric(**entry.values)).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_metric(workspace, workspace.ids[entry.key], changes)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_metric(workspace, workspace.ids[entry.key])


class Methods(Topic):
    word, section, parent = "method", "methods", "service"
    fields = FIELDS

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return _rows(workspace, are_methods=True)

    def create(self, workspace: Workspace, entry: Entry) -> int:
        hits_id = workspace.metric_id(entry.key, HITS)
        method = create_method(workspace, hits_id, NewMetric(**entry.values))
        update_metric(workspace, method.id, _texts(entry))  # it has the unit of `hits`
        return method.id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_metric(workspace, workspace.ids[entry.key], changes)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_metric(workspace, workspace.ids[entry.key])


def _texts(entry: Entry) -> dict[str, Any]:
    return {name: entry.values[name] for name in RULES}


def _rows(workspace: Workspace, *, are_methods: bool) -> Iterable[Row]:
    for row in workspace.db.exec(metrics_query(workspace.actor)):
        home = workspace.keys.get(("service", row.service_id))
        if home is not None and (row.parent_id is not None) is are_methods:
            yield home, row.id, {field.name: getattr(row, field.name) for field in FIELDS}
