"""The call to copy: with the credentials of a live application, where the API wants them."""

import base64
import shlex
from itertools import product
from urllib.parse import urlencode

from sqlmodel import Session

from server.actions.accounts.accounts import suspend_account
from server.actions.applications.applications import suspend_application
from server.actions.applications.keys import add_key, user_key_of
from server.actions.provider.providers import NewProvider
from server.actions.services.proxies import update_proxy
from server.actions.services.sample_calls import shown_sample_call
from server.auth.dependencies import Dependencies
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by

KEY = "it's$(x)"  # a shell must not see through its quotes


def test_credentials_stand_where_the_service_reads_them(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    work = by(db, staff(acme), deps.installation)
    add_key(work, acme.sample.application.id, KEY)
    user_key = user_key_of(deps.installation.vault, acme.sample.application)
    app_id = acme.sample.application.application_id

    for version, location in product("12", ("query", "headers", "authorization")):
        changes = {
            "backend_version": version,
            "credentials_location": location,
            "api_test_path": "/ping?a=1",
            "auth_user_key": "key",
        }
        update_proxy(work, service.id, changes)
        call = shown_sample_call(work, service, "staging")

        assert call is not None
        assert call.base_url.endswith("/gateway/staging/api")
        sent = {"key": user_key} if version == "1" else {"app_id": app_id, "app_key": KEY}
        pair = f"{user_key}:" if version == "1" else f"{app_id}:{KEY}"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        assert (call.path, dict(call.headers)) == {
            "query": (f"/ping?a=1&{urlencode(sent)}", {}),
            "headers": ("/ping?a=1", sent),
            "authorization": ("/ping?a=1", {"Authorization": basic}),
        }[location]
        assert shlex.split(call.curl) == [
            "curl",
            *(part for header in call.headers for part in ("-H", ": ".join(header))),
            call.base_url + call.path,
        ]


def test_without_a_live_application_there_is_nothing_to_copy(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service, actor = db.get_one(Service, acme.sample.service.id), staff(acme)
    work = by(db, actor, deps.installation)
    assert shown_sample_call(work, service, "production")

    suspend_application(by(db, actor), acme.sample.application.id)
    db.flush()
    assert shown_sample_call(work, service, "staging") is None


def test_an_application_of_a_suspended_account_is_not_live(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    work = by(db, staff(acme), deps.installation)
    suspend_account(work, acme.sample.application.account_id)
    db.flush()

    assert shown_sample_call(work, service, "staging") is None
