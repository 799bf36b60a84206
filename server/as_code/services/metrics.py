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
from server.as_code.topic import Desk, Row, Topic
from server.domain.services.metrics import HITS, Metric, metric_name_of

FIELDS = (
    Field(name="system_name", check=lambda v: metric_name_of(v, "")),
    Field(name="friendly_name", check=RULES["friendly_name"]),
    *columns(Metric, {name: RULES[name] for name in ("unit", "description")}),
)


class Metrics(Topic):
    word, section, parent = "metric", "metrics", "service"
    fields = FIELDS

    def rows(self, desk: Desk) -> Iterable[Row]:
        return _rows(desk, are_methods=False)

    def create(self, desk: Desk, entry: Entry) -> int:
        if entry.values["system_name"] == HITS:  # it came with the service
            query = metrics_query(desk.actor).where(
                Metric.service_id == desk.service_id(entry.key), Metric.system_name == HITS
            )
            hits = desk.db.exec(query).one()
            update_metric(desk.db, desk.actor, hits.id, _texts(entry))
            return hits.id
        service_id = desk.service_id(entry.key)
        return create_metric(desk.db, desk.actor, service_id, NewMetric(**entry.values)).id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_metric(desk.db, desk.actor, desk.ids[entry.key], changes)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_metric(desk.db, desk.actor, desk.ids[entry.key])


class Methods(Topic):
    word, section, parent = "method", "methods", "service"
    fields = FIELDS

    def rows(self, desk: Desk) -> Iterable[Row]:
        return _rows(desk, are_methods=True)

    def create(self, desk: Desk, entry: Entry) -> int:
        hits_id = desk.metric_id(entry.key, HITS)
        method = create_method(desk.db, desk.actor, hits_id, NewMetric(**entry.values))
        update_metric(desk.db, desk.actor, method.id, _texts(entry))  # it has the unit of `hits`
        return method.id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_metric(desk.db, desk.actor, desk.ids[entry.key], changes)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_metric(desk.db, desk.actor, desk.ids[entry.key])


def _texts(entry: Entry) -> dict[str, Any]:
    return {name: entry.values[name] for name in RULES}


def _rows(desk: Desk, *, are_methods: bool) -> Iterable[Row]:
    for row in desk.db.exec(metrics_query(desk.actor)):
        home = desk.keys.get(("service", row.service_id))
        if home is not None and (row.parent_id is not None) is are_methods:
            yield home, row.id, {field.name: getattr(row, field.name) for field in FIELDS}
