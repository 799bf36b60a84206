"""Answers of the gateway's own: refusals and faults."""

import json

from gateway.config.service import ErrorText
from gateway.errors import Deny
from gateway.exchange import ResponseHead, Send

ERROR_HEADER = b"x-gatehouse-error"  # its value is the stable code
BODILESS = frozenset({204, 304})
RESET = 205  # has no body either, and says so with a length of 0
OF_A_BODY = frozenset({b"content-type", b"content-length"})

UNKNOWN_HOST = Deny(
    404, "unknown_host", "No API answers here. It may not be deployed yet. (unknown_host)\n"
)
NOT_DEPLOYED = Deny(
    404,
    "not_deployed",
    "No API of this name is deployed to this environment. "
    "It may have to be promoted first. (not_deployed)\n",
)
BAD_HOST = Deny(400, "bad_host", "A request needs exactly one Host header.\n")
NO_UPSTREAM = Deny(
    404, "no_upstream", "This API has no address that calls are passed on to. (no_upstream)\n"
)

FAULTS = {
    "counter_store_unavailable": (503, "Calls cannot be counted now. Try again later."),
    "directory_unavailable": (503, "The configuration cannot be read now. Try again later."),
    "upstream_unreachable": (502, "The API behind the gateway cannot be reached."),
    "upstream_forbidden": (502, "The API behind the gateway is on a network that is closed here."),
    "upstream_is_ours": (502, "The API behind the gateway is the gateway itself."),
    "upstream_timeout": (504, "The API behind the gateway did not answer in time."),
    "upstream_failed": (502, "The API behind the gateway broke off."),
    "bad_configuration": (503, "The configuration of this API cannot be used."),
    "policy_failed": (503, "A policy of this service failed. Try again later."),
    "gateway_fault": (503, "The gateway failed. Try again later."),
}


def refusal(code: str, text: ErrorText, *, retry_after_s: int | None = None) -> Deny:
    """Make a refusal in the words of the service's document."""
    headers = () if retry_after_s is None else (("retry-after", str(retry_after_s)),)
    return Deny(text.status, code, text.body, text.content_type, headers)


def fault(code: str, *, as_json: bool, error_id: str = "") -> Deny:
    """Make the answer to a fault of ours or of the upstream's."""
    status, message = FAULTS[code]
    if as_json:
        body = {"error": {"code": code, "message": message}}
        if error_id:
            body["error"]["id"] = error_id
        return Deny(status, code, json.dumps(body), "application/json")
    return Deny(status, code, f"{message} ({code}{' ' if error_id else ''}{error_id})\n")


def bad_path(message: str) -> Deny:
    """Make the answer to a path that could be read in two ways."""
    return Deny(400, "bad_path", f"{message}\n")


def form_too_large(most_bytes: int) -> Deny:
    """Make the answer to a form that would have to be read and is too large for that."""
    return Deny(
        413,
        "form_too_large",
        f"The form has more than {most_bytes} bytes, which are read for credentials and mapping "
        "rules. Send the credentials in the URL. (form_too_large)\n",
    )


def head_of(deny: Deny) -> ResponseHead:
    headers = [
        (b"content-type", deny.content_type.encode("latin-1")),
        (b"content-length", str(len(deny.body.encode())).encode("ascii")),
        (ERROR_HEADER, deny.code.encode("ascii")),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in deny.headers),
    ]
    return ResponseHead(deny.status, headers)


async def send_whole(send: Send, head: ResponseHead, body: bytes) -> None:
    """Answer at once; what may have no body has none, whatever its service says."""
    if head.status in BODILESS or head.status == RESET:
        body = b""
        head.headers = [each for each in head.headers if each[0] not in OF_A_BODY]
        if head.status == RESET:
            head.headers.append((b"content-length", b"0"))
    await send({"type": "http.response.start", "status": head.status, "headers": head.headers})
    await send({"type": "http.response.body", "body": body})
