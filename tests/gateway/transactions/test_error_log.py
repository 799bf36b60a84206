"""The newest errors of each service."""

from gateway.transactions.error_log import LONGEST_MESSAGE, MOST_ERRORS, ErrorLog


def test_the_newest_come_first_and_the_oldest_make_room() -> None:
    errors = ErrorLog()

    for number in range(MOST_ERRORS + 5):
        errors.record(1, f"code{number}", "message", float(number))

    kept = errors.newest(1, most=MOST_ERRORS * 2)
    assert len(kept) == MOST_ERRORS
    assert [kept[0].code, kept[-1].code] == [f"code{MOST_ERRORS + 4}", "code5"]
    assert kept[0].at.timestamp() == MOST_ERRORS + 4


def test_services_do_not_see_each_others_errors() -> None:
    errors = ErrorLog()
    errors.record(1, "code", "message", 0.0)

    assert errors.newest(2) == []


def test_a_long_message_is_cut() -> None:
    errors = ErrorLog()
    errors.record(1, "code", "x" * 10_000, 0.0)

    assert len(errors.newest(1)[0].message) == LONGEST_MESSAGE
