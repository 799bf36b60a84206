"""Response codes: summed, kept while the statistics are away, noted for each answer."""

import pytest

from gateway.response_codes import ResponseCodes
from tests.gateway.conftest import Place
from tests.kit.gateway import SERVICE_ID, FakeSink, an_application

NOW_S = 1_200.0
MINUTE = 20


def codes_at(sink: FakeSink) -> ResponseCodes:
    return ResponseCodes(sink, lambda: NOW_S)


async def test_answers_of_a_minute_are_summed() -> None:
    sink, application = FakeSink(), an_application()
    codes = codes_at(sink)

    for code in (200, 200, 404):
        codes.note(application, code)
    codes.note(application, 200, NOW_S - 60)
    codes.note(application, 500, NOW_S + 3_000)  # reported from a clock that runs ahead
    await codes.fold()

    assert sink.codes == {
        (SERVICE_ID, 1, MINUTE, 200): 2,
        (SERVICE_ID, 1, MINUTE, 404): 1,
        (SERVICE_ID, 1, MINUTE - 1, 200): 1,
        (SERVICE_ID, 1, MINUTE, 500): 1,
    }


@pytest.mark.parametrize("code", [0, 99, 600])
async def test_what_is_no_status_is_left_out(code: int) -> None:
    sink = FakeSink()
    codes = codes_at(sink)

    codes.note(an_application(), code)
    await codes.fold()

    assert not sink.codes


async def test_codes_and_refusals_wait_for_statistics_that_are_away() -> None:
    sink = FakeSink(down=True)
    codes = codes_at(sink)
    codes.note(an_application(), 200)
    codes.refusals.note(SERVICE_ID, 1, "limits_exceeded")

    with pytest.raises(OSError, match="down"):
        await codes.fold()
    codes.note(an_application(), 200)
    sink.down = False
    await codes.fold()
    await codes.fold()

    assert sink.codes == {(SERVICE_ID, 1, MINUTE, 200): 2}
    assert sink.refusals == {(SERVICE_ID, 1, MINUTE, "limits_exceeded"): 1}


async def test_the_gateway_notes_answers_and_failed_upstreams_but_no_refusal(place: Place) -> None:
    place.upstream.status = 404
    await place.call()
    await place.call("/?user_key=nobody")
    place.deploy(api_backend="http://127.0.0.1:1")
    await place.call()
    await place.codes.fold()

    assert {key[3]: calls for key, calls in place.sink.codes.items()} == {404: 1, 502: 1}
