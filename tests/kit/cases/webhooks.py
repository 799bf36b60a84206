"""Cases and races of webhooks."""

from server.actions.provider import webhook_deliveries, webhooks
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.provider.webhooks import (
    MOST_ENDPOINTS,
    HookAnswer,
    HookCall,
    WebhookDelivery,
    WebhookEndpoint,
)
from tests.kit.cases.case import case, keeps
from tests.kit.cases.race import Race
from tests.kit.world import World

REFERENCE = {"url": "https://crm.example/", "active": True, "application_created_on": True}


def _values(name: str) -> dict[str, object]:
    return {"name": name, "url": "https://crm.acme.example/hooks", "event_types": ["*"]}


def _made(work: Work, _world: World) -> int:
    return ENDPOINTS.create(work, _values("CRM")).id


def _paused(work: Work, world: World) -> int:
    number = _made(work, world)
    work.db.get_one(WebhookEndpoint, number).paused_at = work.now
    return number


def _on_its_way(work: Work, world: World) -> HookCall:
    """Make a delivery that has to be answered."""
    delivery = WebhookDelivery(
        provider_id=world.acme.provider.id,
        endpoint_id=_made(work, world),
        event_id=1,
        event_type="account.created",
        body_sealed=work.installation.vault.seal("{}"),
    )
    work.db.add(delivery)
    work.db.flush()
    return HookCall(world.acme.provider.id, delivery.id, "https://crm.acme.example/", {}, b"")


def _all_but_one(work: Work, _world: World) -> None:
    for number in range(MOST_ENDPOINTS - 1):
        ENDPOINTS.create(work, _values(f"M{number}"))


GONE = HookAnswer(status=410, error="The endpoint answered 410.")
WEBHOOKS = (
    case(
        webhooks.rotate_webhook_secret,
        lambda work, w: webhooks.rotate_webhook_secret(work, w.kept["hook"]),
        Kind.WEBHOOK_UPDATED,
        before=keeps("hook", _made),
    ),
    case(
        webhooks.resume_endpoint,
        lambda work, w: webhooks.resume_endpoint(work, w.kept["hook"]),
        Kind.WEBHOOK_RESUMED,
        before=keeps("hook", _paused),
    ),
    case(
        webhooks.put_reference_webhooks,
        lambda work, _: webhooks.put_reference_webhooks(work, REFERENCE),
        Kind.WEBHOOK_CREATED,
    ),
    case(
        webhook_deliveries.note_answer,
        lambda work, w: webhook_deliveries.note_answer(work, w.kept["call"], GONE),
        Kind.WEBHOOK_PAUSED,
        before=keeps("call", _on_its_way),
    ),
)
HOOK_RACES = (
    Race(
        name="the last webhook that there is room for",
        act=lambda work, _, number: ENDPOINTS.create(work, _values(f"N{number}")),
        before=_all_but_one,
        wins=1,
        holds=("MOST_ENDPOINTS",),
    ),
)
