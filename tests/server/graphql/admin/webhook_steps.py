"""The provider's journey through webhooks."""

from tests.server.graphql.steps import ANYTHING, Step, Thing, deletes, moves, writes

HOOK = Thing("webhookEndpoint", "WebhookEndpoint", "hook")
DELIVERY = Thing("webhookDelivery", "WebhookDelivery", "hooked")
URL = "https://crm.acme.example/hooks"
WEBHOOKS = (
    writes(
        "webhookEndpointCreate",
        HOOK,
        {"name": "CRM #", "url": URL, "eventTypes": ["account.*"]},
        name="CRM #",
        payload="STANDARD",
        url=URL,
        eventTypes=["account.*"],
        active=True,
        state="active",
        secret=ANYTHING,
        previousSecretUntil=None,
        failures=0,
        problem="",
    ),
    writes(
        "webhookEndpointUpdate",
        HOOK,
        {"id": "$hook", "eventTypes": ["*"], "name": "ERP #"},
        name="ERP #",
        eventTypes=["*"],
        url=URL,
    ),
    writes(
        "webhookEndpointRotateSecret",
        HOOK,
        {"id": "$hook", "secret": "whsec_" + "c2FtcGxl" * 5},
        secret="whsec_" + "c2FtcGxl" * 5,
        previousSecretUntil=ANYTHING,
    ),
    moves("webhookEndpointResume", HOOK, state="active", pausedAt=None),
    writes(
        "webhookEndpointTest",
        DELIVERY,
        {"id": "$hook"},
        eventType="webhook.test",
        state="DELIVERED",
        status=204,
        attemptsMade=1,
        body=ANYTHING,
        endpoint={"id": "$hook"},
        **{"attempts(first: 1)": {"nodes": [{"status": 204, "requestHeaders": ANYTHING}]}},
    ),
    moves("webhookDeliveryReplay", DELIVERY, state="DELIVERED", attemptsMade=1),
    Step(
        "webhookFailuresDelete",
        {"until": "2030-01-31T12:00:00Z"},
        {"count": 0},
        "{ webhookDeliveries(first: 1, state: FAILED) { totalCount } }",
        {"webhookDeliveries": {"totalCount": 0}},
    ),
    deletes("webhookEndpointDelete", HOOK),
)
