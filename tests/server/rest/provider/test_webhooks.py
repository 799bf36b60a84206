"""The reference's webhooks and failures, as its clients ask for them."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.provider.webhooks import ENDPOINTS
from server.auth.dependencies import Dependencies
from server.domain.provider.webhooks import WebhookDelivery, WebhookEndpoint
from server.kit.clock import utc_now
from tests.kit.make import staff
from tests.kit.rest import RestClient
from tests.kit.work import by

HOOK = {"url": "https://crm.example/hooks", "active": "true", "application_created_on": "true"}


def test_the_record_is_made_once_and_keeps_what_is_left_out(
    rest: RestClient, deps: Dependencies
) -> None:
    made = rest.call("PUT", "/webhooks.json", data=HOOK)
    changed = rest.call("PUT", "/webhooks.json", json={"webhook": {"user_created_on": True}})

    shown = changed.json()["webhook"]
    assert (made.status_code, changed.status_code) == (200, 200)
    assert {name for name, value in shown.items() if value is True} == {
        "active",
        "push_application_content_type",
        "application_created_on",
        "user_created_on",
    }
    assert shown["url"] == HOOK["url"]
    assert len([name for name in shown if name.endswith("_on")]) == 16
    with deps.database.read() as db:
        assert len(db.exec(select(WebhookEndpoint)).all()) == 1
    assert rest.call("PUT", "/webhooks.xml", data=HOOK).status_code == 406
    refused = rest.call("PUT", "/webhooks.json", data={"url": "", "active": "true"})
    assert refused.json() == {"errors": {"url": ["can't be blank."]}}
    refused = rest.call("PUT", "/webhooks.json", data={"url": "ftp://x/"})
    assert refused.status_code == 422


def test_failures_are_listed_and_forgotten_up_to_a_time(
    rest: RestClient, deps: Dependencies, acme: NewProvider
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        endpoint = ENDPOINTS.create(work, {"name": "CRM", "url": HOOK["url"]})
        for number in (1, 2):
            db.add(
                WebhookDelivery(
                    provider_id=acme.provider.id,
                    endpoint_id=endpoint.id,
                    event_id=number,
                    event_type="account_created",
                    body_sealed=deps.installation.vault.seal("<event/>"),
                    state="failed",
                    error="The endpoint answered 500.",
                    finished_at=utc_now().replace(year=2030 + number),
                )
            )

    listed = rest.call("GET", "/webhooks/failures.xml")
    shown = rest.json("/webhooks/failures")["webhooks-failures"]

    assert "<webhooks-failure><id>1</id><time>2031-" in listed.text
    assert "<event>&lt;event/&gt;</event>" in listed.text
    assert shown[0]["webhooks-failure"]["url"] == HOOK["url"]
    assert rest.call("DELETE", "/webhooks/failures?time=yesterday").status_code == 400
    until = "2031-12-31T00:00:00Z"
    assert rest.call("DELETE", "/webhooks/failures", params={"time": until}).status_code == 200
    assert len(rest.json("/webhooks/failures")["webhooks-failures"]) == 1
    assert rest.call("DELETE", "/webhooks/failures").text == ""
    assert rest.json("/webhooks/failures") == {"webhooks-failures": []}
