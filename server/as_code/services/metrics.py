"""Metrics, and methods under `hits`. They share their names within a service or backend API."""

from collections.abc import Iterable

from sqlmodel import col, select

from server.actions.services.metrics import METRICS, create_method
from server.as_code.entries import Entry
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.services.metrics import HITS, Metric


class Metrics(ResourceTopic):
    def rows(self, workspace: Workspace) -> Iterable[Row]:
        query = METRICS.query(workspace.actor).where(col(Metric.parent_id).is_(None))
        return self.rows_of(workspace, query)

    def create(self, workspace: Workspace, entry: Entry) -> int:
        if entry.values["system_name"] != HITS:
            return super().create(workspace, entry)
        owner = getattr(Metric, self._column)  # with which it came
        query = select(Metric.id).where(
            owner == workspace.ids[entry.parent], Metric.system_name == HITS
        )
        hits_id = workspace.db.exec(query).one()
        changes = {name: entry.values[name] for name in entry.values if name != "system_name"}
        METRICS.update(workspace, hits_id, changes)
        return hits_id


class Methods(ResourceTopic):
    word, section = "method", "methods"

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        query = METRICS.query(workspace.actor).where(col(Metric.parent_id).is_not(None))
        return self.rows_of(workspace, query)

    def create(self, workspace: Workspace, entry: Entry) -> int:
        hits_id = workspace.metric_id(entry.key, HITS)
        method = create_method(workspace, entry.values, hits_id)
        METRICS.update(
            workspace, method.id, {"unit": entry.values["unit"]}
        )  # it has that of `hits`
        return method.id


METRIC_TOPIC = Metrics(METRICS)
METHOD_TOPIC = Methods(METRICS)
