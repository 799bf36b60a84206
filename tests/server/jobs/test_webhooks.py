"""Webhooks go out signed, in order, again and again; what fails for long is paused and told."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema_rs import validate
from sqlmodel import col, select
from standardwebhooks import Webhook, WebhookVerificationError

from server.actions.accounts.accounts import delete_account, update_account
from server.actions.applications.applications import (
    delete_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import add_key
from server.actions.plans.features import FEATURES
from server.actions.provider.providers import NewProvider
from server.actions.provider.webhook_catalogue import schema_of
from server.actions.provider.webhook_deliveries import (
    delete_failures,
    note_answer,
    start_replay,
    start_test,
)
from server.actions.provider.webhooks import (
    ENDPOINTS,
    put_reference_webhooks,
    resume_endpoint,
    rotate_webhook_secret,
)
from server.actions.secrets import unsealed
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import Conflict
from server.domain.events import EventRecord, Face, came_through
from server.domain.provider.webhooks import (
    STANDARD_DELAYS,
    WebhookAttempt,
    WebhookEndpoint,
)
from server.rest.objects import RestObjects
from tests.kit.make import TEST_VAULT, staff
from tests.kit.receiver import Got, Hooks, running_hooks
from tests.kit.work import by

ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
NODE = """
const { Webhook } = require("standardwebhooks");
const { secret, headers, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(new Webhook(secret).verify(body, headers)));
"""


@pytest.fixture
def hooks(deps: Dependencies, acme: NewProvider) -> Iterator[Hooks]:
    with running_hooks(deps) as running:
        running.run()  # what the fixtures did is told to nobody
        yield running


def act(hooks: Hooks, acme: NewProvider, what: Any, actor: Actor | None = None) -> Any:
    """Do something in a transaction of its own."""
    with hooks.deps.database.write() as db:
        actor = actor or replace(staff(acme), kind="staff")
        return what(by(db, actor, hooks.deps.installation))


def endpoint(hooks: Hooks, acme: NewProvider, *types: str, **values: Any) -> WebhookEndpoint:
    given = {"name": "CRM", "url": hooks.receiver.url, "event_types": [*types], **values}
    made: WebhookEndpoint = act(hooks, acme, lambda work: ENDPOINTS.create(work, given))
    return made


def secret_of(hooks: Hooks, number: int) -> str:
    with hooks.deps.database.read() as db:
        return unsealed(TEST_VAULT, db.get_one(WebhookEndpoint, number), "secret_sealed")


def rename(hooks: Hooks, acme: NewProvider, name: str) -> None:
    number = acme.sample.application.id
    act(hooks, acme, lambda work: update_application(work, number, {"name": name}))


def types(got: list[Got]) -> list[str]:
    return [json.loads(each.body)["type"] for each in got]


def verified(secret: str, got: Got) -> Any:
    return Webhook(secret).verify(got.body, got.headers)


def test_an_event_is_told_as_signed_json_that_fits_its_schema(
    hooks: Hooks, acme: NewProvider
) -> None:
    made = endpoint(hooks, acme, "application.*", "account.updated", "feature.created")
    endpoint(hooks, acme, "*", name="Off", active=False)
    account_id, service_id = acme.sample.application.account_id, acme.sample.service.id
    rename(hooks, acme, "Rain")
    act(hooks, acme, lambda work: update_account(work, account_id, {"org_name": "Initech"}))
    act(hooks, acme, lambda work: FEATURES.create(work, {"name": "Hail"}, service_id))
    act(hooks, acme, lambda work: delete_application(work, acme.sample.application.id))

    got = hooks.run()

    got.sort(key=lambda each: json.loads(each.body)["data"]["event_id"])
    assert types(got) == [
        "application.updated",
        "account.updated",
        "feature.created",
        "application.deleted",
    ]
    secret = secret_of(hooks, made.id)
    for each in got:
        message = verified(secret, each)
        validate(dict(schema_of(message["type"], RestObjects())), message)
        assert b"user_key" not in each.body  # whoever has it could call
    renamed, deleted = json.loads(got[0].body)["data"], json.loads(got[-1].body)["data"]
    assert renamed["subject"] == {"type": "application", "id": acme.sample.application.id}
    assert renamed["object"]["name"] == deleted["object"]["name"] == "Rain"
    assert renamed["actor"]["kind"] == "staff"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(got[0].body, got[0].headers)
    order = {"secret": secret, "headers": got[0].headers, "body": got[0].body.decode()}
    done = subprocess.run(
        ["node", "-e", NODE], input=json.dumps(order), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == json.loads(got[0].body)


@ON_SQLITE
def test_both_secrets_sign_for_a_day_after_a_rotation(hooks: Hooks, acme: NewProvider) -> None:
    number = endpoint(hooks, acme, "application.*").id
    old = secret_of(hooks, number)
    act(hooks, acme, lambda work: rotate_webhook_secret(work, number))
    rename(hooks, acme, "Sun")

    (got,) = hooks.run()

    assert verified(old, got) == verified(secret_of(hooks, number), got)
    rename(hooks, acme, "Snow")
    (later,) = hooks.run(hours=25)
    signed = later.headers["webhook-signature"].split()
    assert len(signed) == 1
    assert len(got.headers["webhook-signature"].split()) == 2


def test_a_message_is_tried_again_with_the_same_id_and_in_the_order_of_its_object(
    hooks: Hooks, acme: NewProvider
) -> None:
    endpoint(hooks, acme, "application.*", "account.*")
    hooks.receiver.status, hooks.receiver.text = 503, "later" * 1_000
    rename(hooks, acme, "First")
    rename(hooks, acme, "Second")
    account_id = acme.sample.application.account_id
    act(hooks, acme, lambda work: update_account(work, account_id, {"org_name": "Initech"}))

    failed = hooks.run()

    assert sorted(types(failed)) == [
        "account.updated",
        "application.updated",
    ]  # a second one waits
    hooks.receiver.status = 200
    assert hooks.run(seconds=4) == []
    again = hooks.run(seconds=1)
    ids = [each.headers["webhook-id"] for each in again]
    about = [each for each in again if types([each]) == ["application.updated"]]
    assert len(again) == 3
    assert [each.headers["webhook-id"] for each in about] == [
        row.message_id for row in hooks.deliveries()[:2]
    ]
    assert {each.headers["webhook-id"] for each in failed} < set(ids)
    assert [row.state for row in hooks.deliveries()] == ["delivered"] * 3
    with hooks.deps.database.read() as db:
        tries = db.exec(select(WebhookAttempt).order_by(col(WebhookAttempt.id))).all()
    assert [each.status for each in tries] == [503, 503, 200, 200, 200]
    assert len(tries[0].answer) == 2_000
    assert tries[0].request_headers["webhook-id"] in ids
    assert secret_of(hooks, 1) not in str(tries)


@ON_SQLITE
def test_what_is_never_taken_fails_is_listed_replayed_and_forgotten(
    hooks: Hooks, acme: NewProvider
) -> None:
    endpoint(hooks, acme, "application.*")
    hooks.receiver.status = 500
    rename(hooks, acme, "Lost")
    hooks.run()
    act(hooks, acme, lambda work: _never_paused(work))

    for delay in STANDARD_DELAYS:
        act(hooks, acme, lambda work: _never_paused(work))
        assert len(hooks.run(seconds=delay.total_seconds())) == 1

    (delivery,) = hooks.deliveries()
    assert (delivery.state, delivery.attempts) == ("failed", len(STANDARD_DELAYS) + 1)
    act(hooks, acme, resume_all)
    hooks.receiver.status = 200
    call = act(hooks, acme, lambda work: start_replay(work, delivery.id))
    (answer,) = hooks.deps.call_hooks([call])
    act(hooks, acme, lambda work: note_answer(work, call, answer))
    assert hooks.deliveries()[0].state == "delivered"
    assert hooks.receiver.taken()[0].headers["webhook-id"] == delivery.message_id

    hooks.receiver.status = 500
    call = act(hooks, acme, lambda work: start_test(work, 1))
    (answer,) = hooks.deps.call_hooks([call])
    act(hooks, acme, lambda work: note_answer(work, call, answer))
    assert hooks.deliveries()[-1].state == "failed"  # a test is tried once
    assert act(hooks, acme, delete_failures) == 1
    assert [each.state for each in hooks.deliveries()] == ["delivered"]


def _never_paused(work: Work) -> None:
    work.db.get_one(WebhookEndpoint, 1).failing_since = work.now


def resume_all(work: Work) -> None:
    resume_endpoint(work, 1)


@ON_SQLITE
def test_an_endpoint_that_fails_for_a_day_is_paused_and_told_and_resumed_with_what_waits(
    hooks: Hooks, acme: NewProvider
) -> None:
    endpoint(hooks, acme, "application.*")
    hooks.receiver.status = 500
    rename(hooks, acme, "One")
    hooks.run()
    for hours in (1, 2, 3, 6, 13):
        hooks.run(hours=hours)

    with hooks.deps.database.read() as db:
        row = db.get_one(WebhookEndpoint, 1)
        told = db.exec(select(EventRecord).where(EventRecord.kind == "webhook_endpoint.paused"))
        assert len(told.all()) == 1
    assert (row.state, row.problem) == ("paused", "The endpoint answered 500.")
    rename(hooks, acme, "Two")
    hooks.receiver.status = 200
    assert hooks.run(hours=20) == []
    with pytest.raises(Conflict):
        act(hooks, acme, lambda work: start_replay(work, 1))

    act(hooks, acme, resume_all)

    assert len(hooks.run()) == 2
    hooks.receiver.status = 410  # the receiver says that it wants no more
    rename(hooks, acme, "Three")
    hooks.run()
    with hooks.deps.database.read() as db:
        assert db.get_one(WebhookEndpoint, 1).state == "paused"


@ON_SQLITE
def test_an_answer_says_when_to_come_again(hooks: Hooks, acme: NewProvider) -> None:
    endpoint(hooks, acme, "application.*")
    hooks.receiver.status, hooks.receiver.headers = 429, {"retry-after": "600"}
    rename(hooks, acme, "One")
    hooks.run()

    assert hooks.run(seconds=599) == []
    assert len(hooks.run(seconds=1)) == 1


@ON_SQLITE
def test_the_reference_s_xml_is_told_of_whom_its_switches_say(
    hooks: Hooks, acme: NewProvider
) -> None:
    application = acme.sample.application
    on = {"application_updated_on": True, "application_key_created_on": True}
    on |= {"account_deleted_on": True, "application_suspended_on": True}
    given = {"url": hooks.receiver.url, "active": True, **on}
    act(hooks, acme, lambda work: put_reference_webhooks(work, given))
    rename(hooks, acme, "By staff")
    assert hooks.run() == []

    john = actor_of_user(acme.sample.user)
    act(hooks, acme, lambda work: update_application(work, application.id, {"name": "Rain"}), john)
    (got,) = hooks.run()
    event = fromstring(got.body)  # noqa: S314 - what we wrote ourselves
    assert got.headers["content-type"] == "application/xml"
    assert [event.findtext("action"), event.findtext("type")] == ["updated", "application"]
    assert event.findtext("object/application/name") == "Rain"
    assert event.findtext("object/application/user_key") or event.find("object/application/keys")

    more = {"provider_actions": True, "push_application_content_type": False}
    act(hooks, acme, lambda work: put_reference_webhooks(work, more))
    act(hooks, acme, lambda work: suspend_application(work, application.id))
    (suspended,) = hooks.run()
    (form,) = parse_qs(suspended.body.decode())["params[xml]"]
    assert fromstring(form).findtext("action") == "suspended"  # noqa: S314 - ours

    for actor in (Actor.system(acme.provider.id), _key(acme)):
        act(hooks, acme, lambda work: add_key(work, application.id), actor)
    assert hooks.run() == []  # jobs and the provider key are silent
    act(hooks, acme, lambda work: delete_account(work, application.account_id))
    (deleted,) = hooks.run()
    (form,) = parse_qs(deleted.body.decode())["params[xml]"]
    assert fromstring(form).findtext("object/account/id") == str(application.account_id)  # noqa: S314 - ours


def _key(acme: NewProvider) -> Actor:
    system = Actor.system(acme.provider.id, "provider key")
    return Actor("provider_key", acme.provider.id, system.name, system.permissions)


@ON_SQLITE
def test_the_reference_gives_up_after_five_minutes(hooks: Hooks, acme: NewProvider) -> None:
    given = {"url": hooks.receiver.url, "active": True, "application_updated_on": True}
    act(hooks, acme, lambda work: put_reference_webhooks(work, given))
    hooks.receiver.status = 302  # to follow would lead past the guard
    act(
        hooks,
        acme,
        lambda work: update_application(work, acme.sample.application.id, {"name": "Rain"}),
        actor_of_user(acme.sample.user),
    )

    tries = [len(hooks.run(minutes=minutes)) for minutes in (0, 1, 1, 1, 1, 1)]

    assert tries == [1] * 6
    (failed,) = hooks.deliveries()
    assert (failed.state, failed.error) == ("failed", "The endpoint answered 302.")


@ON_SQLITE
def test_the_portal_tells_though_nobody_is_known_yet(hooks: Hooks, acme: NewProvider) -> None:
    given = {"url": hooks.receiver.url, "active": True, "application_updated_on": True}
    act(hooks, acme, lambda work: put_reference_webhooks(work, given))

    def through_portal(work: Work) -> None:
        came_through(work.db, Face.DEVELOPER_PORTAL)
        update_application(work, acme.sample.application.id, {"name": "Rain"})

    act(hooks, acme, through_portal, Actor.system(acme.provider.id, "gavin"))

    assert len(hooks.run()) == 1


@ON_SQLITE
def test_private_networks_and_nobody_are_told_as_what_went_wrong(
    deps: Dependencies, acme: NewProvider
) -> None:
    with running_hooks(deps, networks="deny") as hooks:
        hooks.run()
        endpoint(hooks, acme, "application.*")
        endpoint(hooks, acme, "application.*", name="Nobody", url="http://127.0.0.1:1/")
        endpoint(hooks, acme, "application.*", name="Us", url="http://localhost:8000/x")
        rename(hooks, acme, "Rain")
        assert hooks.run() == []
        errors = {row.error for row in hooks.deliveries()}

    assert len(hooks.deliveries()) == 3
    assert all("private network" in each or "back to this server" in each for each in errors)


@ON_SQLITE
def test_a_crash_while_sending_sends_again_after_a_while(hooks: Hooks, acme: NewProvider) -> None:
    endpoint(hooks, acme, "application.*")
    rename(hooks, acme, "Rain")

    def crash(_calls: object) -> Any:
        raise RuntimeError("the process ends")

    sending, hooks.deps = hooks.deps, _with_calls(hooks.deps, crash)
    with pytest.raises(RuntimeError):
        hooks.run()
    hooks.deps = sending

    assert hooks.run(seconds=60) == []
    assert len(hooks.run(seconds=timedelta(minutes=2).total_seconds())) == 1


def _with_calls(deps: Dependencies, calls: Any) -> Dependencies:
    return replace(deps, call_hooks=calls)
