"""What waits for the fold: added up where that changes nothing, in order where it would."""

from gateway.counters.base import Delta, UsageEntry
from gateway.counters.pending import PendingUsage


def pending(*entries: UsageEntry) -> tuple[UsageEntry, ...]:
    """Take entries in; list what comes out."""
    usage = PendingUsage()
    for entry in entries:
        usage.add(entry)
    assert usage.entries() == usage.entries(), "listing changes nothing"
    return usage.entries()


def test_nothing_is_nothing() -> None:
    assert pending() == ()


def test_calls_of_one_application_in_one_minute_are_one_entry() -> None:
    first = UsageEntry(7, 1, 120.0, (Delta(1, 1), Delta(2, 3)))
    second = UsageEntry(7, 1, 179.999, (Delta(2, 1), Delta(3, 1), Delta(3, 4)))

    assert pending(first, second) == (
        UsageEntry(7, 1, 120.0, (Delta(1, 1), Delta(2, 4), Delta(3, 5))),
    )


def test_other_minutes_applications_and_services_stay_apart() -> None:
    one = (Delta(1, 1),)
    apart = (
        UsageEntry(7, 1, 120.0, one),
        UsageEntry(7, 1, 180.0, one),
        UsageEntry(7, 2, 120.0, one),
        UsageEntry(8, 1, 120.0, one),
    )

    assert pending(*apart) == apart


def test_a_set_keeps_its_place_between_what_came_before_and_after() -> None:
    add = UsageEntry(7, 1, 120.0, (Delta(1, 1),))
    put = UsageEntry(7, 1, 121.5, (Delta(1, 1), Delta(2, 9, True)))

    assert pending(add, add, put, add, add, add) == (
        UsageEntry(7, 1, 120.0, (Delta(1, 2),)),
        put,
        UsageEntry(7, 1, 120.0, (Delta(1, 3),)),
    )


def test_more_may_come_after_a_listing() -> None:
    usage, add = PendingUsage(), UsageEntry(7, 1, 120.0, (Delta(1, 1),))
    usage.add(add)
    assert usage.entries() == (add,)

    usage.add(add)

    assert sum(delta.amount for entry in usage.entries() for delta in entry.deltas) == 2
