"""What webhooks say: the reference's XML, and JSON signed after Standard Webhooks.

Source: reference-portal 7; https://github.com/standard-webhooks/standard-webhooks, version 1.
"""

import base64
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from server.actions.provider.webhook_objects import find_object
from server.actions.secrets import unsealed
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.events import EventRecord, Face, find_kind
from server.domain.permissions import SECRETS, Permission
from server.domain.provider.webhook_objects import ObjectWriter
from server.domain.provider.webhooks import (
    EVERYTHING,
    TEST,
    HookCall,
    WebhookDelivery,
    WebhookEndpoint,
    json_body,
    key_of,
)
from server.kit.crypto import Vault
from server.kit.xml import Element, document_of

USER_AGENT = "Gatehouse-Webhooks"
FORM_FIELD = "params[xml]"
READ = {  # what it takes to read the objects that messages hold
    "account": Permission.ACCOUNTS_READ,
    "application": Permission.APPLICATIONS_READ,
    "user": Permission.ACCOUNTS_READ,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an endpoint is told."""

    event_type: str
    body: bytes


class MessageWriter:
    """Writes what the endpoints of a provider are told of one event."""

    def __init__(self, work: Work, event: EventRecord, objects: ObjectWriter) -> None:
        self._work, self._event, self._objects = work, event, objects
        self._head = event.kind.partition(".")[0]
        self._row = find_object(work.db, work.installation.vault, self._head, event.subject_id)

    def told_to(self, endpoint: WebhookEndpoint) -> Iterator[Told]:
        """Write what an endpoint wants to be told; nothing, when it wants none of it."""
        if not endpoint.is_reference:
            if endpoint.wants(self._event.kind):
                yield Told(self._event.kind, json_body(self.standard()))
            return
        kind = find_kind(self._event.kind)
        for name in kind.webhooks if kind else ():
            is_chosen = {EVERYTHING, name} & {*endpoint.event_types}
            if is_chosen and is_told_in_reference(self._event, endpoint):
                yield Told(name, self._reference(name))

    def standard(self, reader: Actor | None = None) -> dict[str, Any]:
        """Write the message of the standard kind.

        A reader sees the object only if he may read such ones; an endpoint sees it.
        """
        event = self._event
        shows = reader is None or self._may_read(reader)
        return {
            "type": event.kind,
            "timestamp": stamp_of(event.created_at),
            "data": {
                "event_id": event.id,
                "subject": None
                if event.subject_id is None
                else {"type": self._head, "id": event.subject_id},
                "account_id": event.account_id,
                "service_id": event.service_id,
                "actor": {
                    "name": event.actor,
                    "kind": event.actor_kind or "system",
                    "user_id": event.user_id,
                },
                "face": event.face or Face.SYSTEM.value,
                "changes": event.payload,
                "facts": event.facts,
                "object": self._object() if shows else None,
            },
        }

    def _may_read(self, reader: Actor) -> bool:
        needed = READ.get(self._head)
        return needed is not None and reader.may(needed)

    def _object(self) -> Mapping[str, Any] | None:
        """Write the object without what one could act with."""
        if self._row is None:
            return None
        system = Actor.system(self._event.provider_id)
        blind = replace(system, permissions=system.permissions - SECRETS)
        work = Work(self._work.db, blind, self._work.installation)
        return self._objects.json(work, self._head, self._row)

    def _reference(self, name: str) -> bytes:
        kind, _, action = name.partition("_")
        inner = [] if self._row is None else [self._objects.xml(self._work, kind, self._row)]
        return reference_body(action, kind, inner)


def is_told_in_reference(event: EventRecord, endpoint: WebhookEndpoint) -> bool:
    """Return whether the reference would tell: of developers always, of staff where it is chosen.

    What jobs, commands and the provider key do is told to nobody.
    """
    if event.face == Face.DEVELOPER_PORTAL or event.actor_kind in {"developer", "signup"}:
        return True
    return event.actor_kind == "staff" and endpoint.provider_actions


def reference_body(action: str, kind: str, inner: list[Element]) -> bytes:
    """Write the reference's document of an event."""
    parts = [Element("action", action), Element("type", kind), Element("object", inner)]
    return document_of(Element("event", parts))


def trial_body(endpoint: WebhookEndpoint, now: datetime) -> bytes:
    """Write what only tries an endpoint."""
    if endpoint.is_reference:
        return reference_body("test", "webhook", [])
    told = "This is a test: your endpoint is told of events in this way."
    return json_body({"type": TEST, "timestamp": stamp_of(now), "data": {"message": told}})


def call_of(
    vault: Vault, endpoint: WebhookEndpoint, delivery: WebhookDelivery, now: datetime
) -> HookCall:
    """Make the call that brings a delivery to its endpoint, signed."""
    body = unsealed(vault, delivery, "body_sealed").encode()
    content_type = "application/xml" if endpoint.is_reference else "application/json"
    if endpoint.is_reference and not endpoint.push_application_content_type:
        content_type = "application/x-www-form-urlencoded"
        body = urlencode({FORM_FIELD: body.decode()}).encode()
    secrets = [unsealed(vault, endpoint, "secret_sealed")]
    if endpoint.previous_secret_sealed and (endpoint.previous_secret_until or now) > now:
        secrets.append(unsealed(vault, endpoint, "previous_secret_sealed"))
    stamp = str(int(now.timestamp()))
    headers = {
        "content-type": content_type,
        "user-agent": USER_AGENT,
        "webhook-id": delivery.message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            signature_of(secret, delivery.message_id, stamp, body) for secret in secrets
        ),
    }
    return HookCall(endpoint.provider_id, delivery.id, endpoint.url, headers, body)


def signature_of(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """Sign a message: HMAC-SHA256 over id, time and body."""
    signed = b".".join([message_id.encode(), stamp.encode(), body])
    return f"v1,{base64.b64encode(hmac.digest(key_of(secret), signed, 'sha256')).decode()}"


def stamp_of(at: datetime) -> str:
    """Write a time for a message: UTC, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
