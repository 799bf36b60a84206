"""A portal that is not open asks for its access code here as on its pages."""

from starlette.responses import Response

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.provider.tokens import create_token
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.graphql.paths import DEVELOPER_PATH
from server.web.access import access_mark
from server.web.cookies import ACCESS
from tests.kit.graphql import Client, open_client
from tests.kit.make import staff
from tests.kit.work import by

WHO = "{ viewer { username } }"


def test_who_has_neither_the_code_nor_a_token_is_told(
    deps: Dependencies, acme: NewProvider, visitor: Client
) -> None:
    with deps.database.write() as db:
        _, token = create_token(
            by(db, actor_of_user(acme.sample.user)),
            {"name": "mine", "scopes": ["account_management"], "permission": "ro"},
        )
    before = visitor.send(WHO).status_code
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"site_access_code": "sesame"})
    refused = visitor.send(WHO)
    given = Response()
    ACCESS.put(given, deps, access_mark(deps.installation.vault, acme.provider.id, "sesame"))
    name, _, value = given.headers["set-cookie"].partition(";")[0].partition("=")

    assert (before, refused.status_code) == (200, 403)
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "ACCESS_CODE_NEEDED"
    assert "/access_code" in error["message"]
    visitor.http.cookies.set(name, value)
    assert visitor.send(WHO).status_code == 200
    visitor.http.cookies.set(name, f"{value}é".encode().decode("latin-1")[:5])
    assert visitor.send(WHO).status_code == 403
    with open_client(deps, DEVELOPER_PATH, token) as john:
        assert john.ask(WHO)["viewer"]["username"] == "john"
