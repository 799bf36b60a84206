"""Usage limits of application plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.plans.limits import NewLimit, delete_limit, limits_query, set_limit
from server.as_code.entries import Entry
from server.as_code.fields import Field, Kind
from server.as_code.topic import Desk, Row, Topic
from server.domain.fields import whole_number
from server.domain.plans.plans import LimitPeriod, period_of

PERIODS = list(LimitPeriod)


class Limits(Topic):
    word, section, parent = "limit", "limits", "application plan"
    named_by = ("metric", "period")
    one_line = True
    fields = (
        Field(name="metric", refers=("metric", "method")),
        Field(name="period", check=lambda v: period_of(v).value),
        Field(name="value", kind=Kind.NUMBER, check=lambda v: whole_number(v, "value", least=0)),
    )

    def rows(self, desk: Desk) -> Iterable[Row]:
        for row in desk.db.exec(limits_query(desk.actor)):
            if plan := desk.keys.get(("application plan", row.plan_id)):
                metric = desk.metric_name(row.metric_id)
                values = {"metric": metric, "period": row.period, "value": row.value}
                yield plan, row.id, values

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return values["metric"], PERIODS.index(values["period"])

    def create(self, desk: Desk, entry: Entry) -> int:
        return self._set(desk, entry)

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        self._set(desk, entry)

    def _set(self, desk: Desk, entry: Entry) -> int:
        wanted = NewLimit(
            plan_id=desk.ids[entry.parent],
            metric_id=desk.metric_id(entry.key, entry.values["metric"]),
            period=entry.values["period"],
            value=entry.values["value"],
        )
        return set_limit(desk.db, desk.actor, wanted).id

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_limit(desk.db, desk.actor, desk.ids[entry.key])
