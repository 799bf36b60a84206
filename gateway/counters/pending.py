"""What was counted since the last fold, added up so that a busy application costs one entry."""

from gateway.counters.base import Delta, UsageEntry

_Key = tuple[int, int, int]  # service, application, UNIX minute


class PendingUsage:
    """Entries in order; those that only add are summed by application and minute.

    A set keeps its place: nothing before it is summed with anything after it.
    """

    __slots__ = ("_adds", "_entries")

    def __init__(self) -> None:
        self._entries: list[UsageEntry] = []
        self._adds: dict[_Key, dict[int, int]] = {}  # metric id → amount

    def add(self, entry: UsageEntry) -> None:
        if any(delta.is_set for delta in entry.deltas):
            self._settle()
            self._entries.append(entry)
            return
        key = (entry.service_id, entry.application_id, int(entry.at_s // 60))
        sums = self._adds.get(key)
        if sums is None:
            sums = self._adds[key] = {}
        for delta in entry.deltas:
            sums[delta.metric_id] = sums.get(delta.metric_id, 0) + delta.amount

    def entries(self) -> tuple[UsageEntry, ...]:
        self._settle()
        return tuple(self._entries)

    def _settle(self) -> None:
        for (service_id, application_id, minute), sums in self._adds.items():
            deltas = tuple(Delta(metric_id, amount) for metric_id, amount in sums.items())
            self._entries.append(UsageEntry(service_id, application_id, minute * 60.0, deltas))
        self._adds.clear()
