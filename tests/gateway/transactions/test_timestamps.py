"""When a reported transaction happened."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.transactions.errors import WireError
from gateway.transactions.params import Value
from gateway.transactions.timestamps import parse_timestamp

NOW = datetime(2010, 5, 7, 18, 0, 0, tzinfo=UTC)
NOW_S = NOW.timestamp()
THEN_S = datetime(2010, 5, 7, 17, 28, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "2010-05-07 17:28:12",
        "2010-05-07 17:28:12 +0000",
        "2010-05-07 10:28:12-0700",
        "2010-05-07 19:28:12 +02:00",
        "2010-05-07T17:28:12Z",
        "2010-05-07 17:28:12 UTC",
        " 2010-05-07 17:28:12 ",
        str(int(THEN_S)),
        "2010-05-07T17:28:12.000Z",
        "2010-05-07 17:28:12,000000000 +0000",
        "20100507T172812Z",
        "2010-05-07 12:28:12 EST",
        "2010-05-07 13:28:12 edt",
        "2010-05-07 19:28:12 CEST",
        "2010-05-07 17:28:12 +0000 UTC",
        "2010-05-07 5:28:12 PM",
        "2010/05/07 17:28:12",
        "2010/5/7 12:28:12 EST",
        "2010/05/07 22:58:12 +0530",
        "Fri, 07 May 2010 17:28:12 GMT",
        "Fri, 7 May 2010 10:28:12 -0700",
        "Fri, 07 May 2010 13:28:12 EDT",
        "Friday, 07-May-10 17:28:12 GMT",
        "Fri May  7 17:28:12 2010",
        "Fri May  7 12:28:12 EST 2010",
        "Fri May 07 10:28:12 -0700 2010",
        "7 May 2010 17:28:12",
        "May 7, 2010 17:28:12",
    ],
)
def test_seconds_and_date_times_are_read(text: str) -> None:
    assert parse_timestamp(text, NOW_S) == THEN_S


@pytest.mark.parametrize("value", [None, "", "  ", "yesterday", "2010-13-45", ["1"], "1e9"])
def test_what_cannot_be_read_is_now(value: Value) -> None:
    assert parse_timestamp(value, NOW_S) is None


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (-86_400, None),
        (-86_401, "transaction_timestamp_too_old"),
        (3_600, None),
        (3_601, "transaction_timestamp_too_new"),
        (10**14, "transaction_timestamp_too_new"),
    ],
)
def test_a_day_back_and_an_hour_ahead_are_the_bounds(seconds: int, code: str | None) -> None:
    text = str(int(NOW_S) + seconds)

    if code is None:
        assert parse_timestamp(text, NOW_S) == NOW_S + seconds
    else:
        with pytest.raises(WireError) as raised:
            parse_timestamp(text, NOW_S)
        assert raised.value.code == code


DATES = ["Fri,", "May", "07", "2010", "17:28", ":12", "/", "-", "+0000", "EST", "pm", " ", "9", "T"]


@given(
    st.text("0123456789-+:. TZUC", max_size=30)
    | st.lists(st.sampled_from(DATES), max_size=12).map("".join)
    | st.lists(st.sampled_from(DATES), max_size=12).map(" ".join)
    | st.text(max_size=70)
)
def test_no_text_makes_it_fail(text: str) -> None:
    code = ""

    try:
        parse_timestamp(text, NOW_S)
    except WireError as error:
        code = error.code

    assert code in ("", "transaction_timestamp_too_old", "transaction_timestamp_too_new")
