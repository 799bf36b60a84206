"""Answers of the gateway's own: a stable code, the document's words, no way to add a header."""

import json
from typing import Any

import pytest

from gateway.config.service import ErrorText
from gateway.errors import Deny
from gateway.replies import (
    BAD_HOST,
    FAULTS,
    NO_UPSTREAM,
    NOT_DEPLOYED,
    UNKNOWN_HOST,
    bad_path,
    fault,
    head_of,
    refusal,
    send_whole,
)


async def said(deny: Deny) -> tuple[int, dict[bytes, bytes], bytes]:
    """Answer; gives status, headers and body."""
    messages: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    await send_whole(send, head_of(deny), deny.body.encode())
    start, body = messages
    assert [message["type"] for message in messages] == [
        "http.response.start",
        "http.response.body",
    ]
    return start["status"], dict(start["headers"]), body["body"]


async def test_a_refusal_has_the_words_of_the_document() -> None:
    text = ErrorText(429, "Zu viele Anfragen für heute", "text/plain; charset=utf-8")

    status, headers, body = await said(refusal("limits_exceeded", text, retry_after_s=7))

    assert (status, body.decode()) == (429, "Zu viele Anfragen für heute")
    assert headers[b"x-gatehouse-error"] == b"limits_exceeded"
    assert headers[b"content-type"] == b"text/plain; charset=utf-8"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"retry-after"] == b"7"
    assert "retry-after" not in dict(refusal("auth_failed", text).headers)


@pytest.mark.parametrize("code", FAULTS)
async def test_a_fault_is_text_or_json_with_code_and_id(code: str) -> None:
    status, headers, body = await said(fault(code, as_json=True, error_id="ab12"))
    error = json.loads(body)["error"]
    plain = (await said(fault(code, as_json=False, error_id="ab12")))[2].decode()
    bare = fault(code, as_json=False).body

    assert status == FAULTS[code][0] >= 500
    assert headers[b"content-type"] == b"application/json"
    assert (error["code"], error["id"]) == (code, "ab12")
    assert plain.endswith(f"({code} ab12)\n")
    assert bare.endswith(f"({code})\n")


def test_the_statuses_of_faults_are_promised() -> None:
    assert {code: status for code, (status, _message) in FAULTS.items()} == {
        "counter_store_unavailable": 503,
        "directory_unavailable": 503,
        "upstream_unreachable": 502,
        "upstream_forbidden": 502,
        "upstream_is_ours": 502,
        "upstream_timeout": 504,
        "upstream_failed": 502,
        "bad_configuration": 503,
        "policy_failed": 503,
        "gateway_fault": 503,
    }


async def test_what_cannot_be_placed_says_why_and_no_more() -> None:
    for deny, status in ((UNKNOWN_HOST, 404), (NOT_DEPLOYED, 404), (NO_UPSTREAM, 404)):
        answer = await said(deny)
        assert answer[0] == status
        assert answer[1][b"x-gatehouse-error"] == deny.code.encode()
        assert answer[2].endswith(b" (%b)\n" % deny.code.encode())
    assert (await said(BAD_HOST))[0] == 400
    status, headers, body = await said(bad_path("The path is not UTF-8."))
    assert (status, body) == (400, b"The path is not UTF-8.\n")
    assert headers[b"x-gatehouse-error"] == b"bad_path"


@pytest.mark.parametrize(("status", "length"), [(204, None), (304, None), (205, b"0")])
async def test_a_refusal_that_may_have_no_body_has_none(status: int, length: bytes | None) -> None:
    text = ErrorText(status, "Nothing to see", "text/plain; charset=utf-8")

    answer = await said(refusal("auth_failed", text))

    assert (answer[0], answer[2]) == (status, b"")
    assert answer[1].get(b"content-length") == length
    assert b"content-type" not in answer[1]
    assert answer[1][b"x-gatehouse-error"] == b"auth_failed"
