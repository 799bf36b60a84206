"""Usage limits of application plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.plans.limits import NewLimit, delete_limit, limits_query, set_limit
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind
from server.as_code.topic import Row, Topic, Workspace
from server.domain.fields import clean_whole_number
from server.domain.plans.plans import LimitPeriod, parse_period

PERIODS = list(LimitPeriod)


class Limits(Topic):
    word, section, parent = "limit", "limits", "application plan"
    named_by = ("metric", "period")
    one_line = True
    fields = (
        Field(name="metric", refers=("metric", "method")),
        Field(name="period", check=lambda v: parse_period(v).value),
        Field(
            name="value",
            kind=FieldKind.NUMBER,
            check=lambda v: clean_whole_number(v, "value", least=0),
        ),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(limits_query(workspace.actor)):
            if plan := workspace.keys.get(("application plan", row.plan_id)):
                metric = workspace.metric_name(row.metric_id)
                values = {"metric": metric, "period": row.period, "value": row.value}
                yield plan, row.id, values

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return values["metric"], PERIODS.index(values["period"])

    def create(self, workspace: Workspace, entry: Entry) -> int:
        return self._set(workspace, entry)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        self._set(workspace, entry)

    def _set(self, workspace: Workspace, entry: Entry) -> int:
        wanted = NewLimit(
            plan_id=workspace.ids[entry.parent],
            metric_id=workspace.metric_id(entry.key, entry.values["metric"]),
            period=entry.values["period"],
            value=entry.values["value"],
        )
        return set_limit(workspace, wanted).id

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_limit(workspace, workspace.ids[entry.key])
