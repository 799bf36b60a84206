"""When a token was used last: written once a minute, whichever API it is used at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth import token_uses
from server.auth.dependencies import Dependencies
from server.auth.token_uses import TokenUses
from server.domain.provider.tokens import AccessToken
from server.graphql.paths import ADMIN_PATH
from server.graphql.routes import routes as graphql_routes
from server.kit.clock import FixedClock
from server.rest.routes import routes as rest_routes
from tests.kit.statements import counted

ASKED = "{ accessTokens(first: 1) { nodes { lastUsedAt objectVersion } } }"


def test_a_use_is_written_once_a_minute(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime(2026, 5, 4, 12, tzinfo=UTC)
    clock = FixedClock(began)
    uses = TokenUses(deps.database, clock)
    noting = replace(deps, note_token=uses.note)
    app = Starlette(routes=[*graphql_routes(noting), *rest_routes(noting)])
    token = {"authorization": f"Bearer {acme.access_token}"}

    def used() -> object:
        with deps.database.read() as db:
            return db.exec(select(col(AccessToken.last_used_at))).one()

    with TestClient(app, base_url="http://localhost:8000", headers=token) as client:

        def ask() -> tuple[str | None, str]:
            body = client.post(ADMIN_PATH, json={"query": ASKED}).json()
            (found,) = body["data"]["accessTokens"]["nodes"]
            return found["lastUsedAt"], found["objectVersion"]

        first = ask()
        assert (used(), uses.write(), used()) == (None, 1, began)
        clock.advance(timedelta(seconds=59))
        then = ask()
        with counted(deps) as statements:
            assert uses.write() == 0
        clock.advance(timedelta(seconds=1))
        assert client.get("/admin/api/accounts.json").status_code == 200
        monkeypatch.setattr(token_uses, "GATHER_S", 0.01)
        uses.start()
        uses.stop()
        client.get("/admin/api/accounts.json", headers={"authorization": "Bearer no"})

    assert (first[0], then[0]) == (None, began.isoformat())
    assert first[1] == then[1], "it is no change of the token"
    assert statements == []
    assert (used(), uses.write()) == (began + timedelta(minutes=1), 0)
