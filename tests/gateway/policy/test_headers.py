"""The policy `headers`: operations in order, and what nobody can get around."""

from typing import Any

import pytest

from gateway.config.document import ServiceDocument
from gateway.errors import BadDocument
from tests.gateway.conftest import Place
from tests.kit.gateway import a_chain, a_document


def op(name: str, header: str, value: str | None = None) -> dict[str, Any]:
    """Write an operation of a configuration."""
    return {"op": name, "header": header} | ({} if value is None else {"value": value})


def changing(**lists: Any) -> list[dict[str, Any]]:
    """Write a chain with the policy behind `apicast`."""
    return a_chain("apicast", ("headers", lists))


async def test_operations_on_a_request_reach_the_upstream_in_order(place: Place) -> None:
    place.deploy(
        policy_chain=changing(
            request=[
                op("add", "X-Absent", "1"),
                op("add", "X-There", "2"),
                op("push", "X-New", "3"),
                op("push", "X-New", "4"),
                op("set", "X-Set", "5"),
                op("delete", "X-Gone"),
                op("set", "X-Emptied", ""),
            ]
        )
    )

    sent = {"x-there": "1", "x-set": "caller's", "x-gone": "1", "x-emptied": "1", "x-kept": "1"}
    await place.call(headers=sent)

    header = place.upstream.header
    assert header(b"x-there") == [b"1", b"2"]
    assert header(b"x-new") == [b"3", b"4"]
    assert header(b"x-set") == [b"5"]
    assert header(b"x-kept") == [b"1"]
    assert not any(header(name) for name in (b"x-absent", b"x-gone", b"x-emptied"))


async def test_operations_on_an_answer_reach_the_caller(place: Place) -> None:
    place.deploy(
        policy_chain=changing(
            response=[op("delete", "server"), op("set", "X-Mine", "2"), op("add", "x-end", "b")]
        )
    )
    place.upstream.headers = [(b"server", b"theirs"), (b"x-mine", b"1"), (b"x-end", b"a")]

    answer = await place.call()

    assert answer.get_header("x-mine") == "2"
    assert answer.get_header_all("x-end") == ["a", "b"]
    assert "theirs" not in answer.get_header_all("server")


async def test_refusals_and_faults_are_answers_too(place: Place) -> None:
    chain = changing(response=[op("set", "X-Mine", "1")])
    place.deploy(policy_chain=chain, api_backend="http://127.0.0.1:1")

    refused, failed = await place.call("/"), await place.call()

    assert (refused.status, refused.get_header("x-mine")) == (403, "1")
    assert (failed.status, failed.get_header("x-mine")) == (502, "1")


async def test_before_apicast_a_header_becomes_the_credential(place: Place) -> None:
    place.deploy(
        credentials_location="headers",
        policy_chain=a_chain(("headers", {"request": [op("set", "user-key", "k1")]}), "apicast"),
    )

    assert (await place.call("/")).status == 200


async def test_behind_apicast_a_header_is_no_credential(place: Place) -> None:
    place.deploy(
        credentials_location="headers",
        policy_chain=changing(request=[op("set", "user-key", "k1")]),
    )

    assert (await place.call("/")).status == 403


@pytest.mark.parametrize("spelled", ["x-user", "X_User", "x_user"])
async def test_a_caller_cannot_keep_a_header_by_spelling_it_otherwise(
    place: Place, spelled: str
) -> None:
    place.deploy(policy_chain=changing(request=[op("set", "X-User", "ours")]))

    await place.call(headers={spelled: "theirs"})

    got = [value for name, value in place.upstream.calls[0]["headers"] if b"user" in name[2:6]]
    assert got == [b"ours"]


async def test_a_caller_cannot_name_a_header_away_in_connection(place: Place) -> None:
    place.deploy(policy_chain=changing(request=[op("set", "X-User", "ours")]))

    await place.call(headers={"connection": "keep-alive, x-user, x-hop", "x-hop": "1"})

    assert place.upstream.header(b"x-user") == [b"ours"]
    assert place.upstream.header(b"x-hop") == []


@pytest.mark.parametrize(
    ("lists", "rule"),
    [
        ({"request": [op("set", "Host", "a")]}, "request[0].header = 'Host': is the gateway's own"),
        ({"request": [op("set", "X_Real_IP", "a")]}, "is the gateway's own"),
        ({"request": [op("delete", "X-Forwarded-For")]}, "is the gateway's own"),
        ({"request": [op("set", "Content-Length", "1")]}, "is the gateway's own"),
        ({"response": [op("set", "Transfer-Encoding", "x")]}, "is the gateway's own"),
        ({"request": [op("put", "x", "a")]}, "must be one of add, set, push, delete"),
        ({"request": [op("set", "a b", "a")]}, "must be the name of a header"),
        ({"request": [op("set", "x", "a\r\nb: c")]}, "must be printable ASCII"),
        ({"response": [op("set", "x", "a\n")]}, "must be printable ASCII"),
        ({"response": [op("set", "x\n", "a")]}, "must be the name of a header"),
        ({"request": [{"op": "set"}]}, "request[0].header: is missing"),
        (
            {"request": [op("set", "x", "{{ uri }}") | {"value_type": "liquid"}]},
            "request[0].value_type = 'liquid': must be one of plain",
        ),
    ],
)
def test_what_it_cannot_do_refuses_the_document(lists: dict[str, Any], rule: str) -> None:
    with pytest.raises(BadDocument) as caught:
        ServiceDocument.parse(a_document(policy_chain=changing(**lists)))

    assert str(caught.value).startswith("proxy.policy_chain[1].configuration.")
    assert rule in str(caught.value)
