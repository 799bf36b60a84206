"""The staff by REST: people, what each of them is let into, and what that opens."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from server.actions.accounts.staff import change_reach
from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.actions.provider.tokens import create_token
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.permissions import Scope, Section
from tests.kit.make import make_provider, staff
from tests.kit.rest import RestClient
from tests.kit.work import by

ANN = {"username": "ann", "email": "ann@acme.example", "password": "staplers are red"}
EVERY = [scope.value for scope in Scope]


def test_a_member_is_added_let_into_sections_and_deleted(
    rest: RestClient, acme: NewProvider
) -> None:
    made = rest.post("/users", ANN)["user"]
    own, service = f"/users/{made['id']}", acme.sample.service.id

    def permissions(**given: Any) -> Any:
        answer = rest.call("PUT", f"{own}/permissions.json", json=given)
        assert answer.status_code == 200, answer.text
        found = answer.json()["permissions"]
        assert rest.json(f"{own}/permissions")["permissions"] == found
        return found["allowed_sections"], found["allowed_service_ids"]

    assert (made["role"], made["state"]) == ("member", "active")
    assert permissions(allowed_sections=["portal", "plans"]) == (["plans", "portal"], None)
    assert permissions(allowed_service_ids=[service]) == (["plans", "portal"], [service])
    xml = rest.call("GET", f"{own}/permissions.xml").text
    assert f"<allowed_service_ids><allowed_service_id>{service}</allowed_service_id>" in xml
    assert "<allowed_section>plans</allowed_section>" in xml
    assert permissions(permissions={"allowed_service_ids": []}) == (["plans", "portal"], [])
    assert permissions(allowed_service_ids=None, allowed_sections=[]) == ([], None)
    form = "allowed_service_ids[]=[]&allowed_sections[]=monitoring"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    rest.call("PUT", f"{own}/permissions.xml", content=form, headers=headers)
    assert permissions(allowed_sections="monitoring") == (["monitoring"], [])
    changed = {"first_name": "Ann", "member_permission_ids": ["settings"]}
    assert rest.call("PUT", f"{own}.json", json=changed).json()["user"]["first_name"] == "Ann"
    assert permissions(allowed_service_ids="") == (["settings"], None)
    assert rest.call("PUT", f"{own}/admin.json").json()["user"]["role"] == "admin"
    assert rest.json(f"{own}/permissions")["permissions"]["allowed_sections"] == sorted(Section)
    names = [each["user"]["username"] for each in rest.json("/users", role="admin")["users"]]
    assert names == ["admin", "ann"]
    assert rest.call("DELETE", f"{own}.json").status_code == 200
    assert rest.call("GET", f"{own}.json").status_code == 404


def test_what_can_not_be_given_is_refused(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    other = make_provider(deps, "Umbrella")
    own = f"/users/{rest.post('/users', ANN)['user']['id']}"

    def answer(path: str = own, **given: Any) -> tuple[int, Any]:
        response = rest.call("PUT", f"{path}/permissions.json", json=given)
        is_json = response.headers["content-type"].startswith("application/json")
        return response.status_code, response.json() if is_json else response.text

    assert answer() == (
        400,
        "A parameter is missing, or its value is empty: permissions\n",
    )
    assert answer(permissions="plans")[0] == 422
    assert list(answer(allowed_sections=["everything"])[1]["errors"]) == ["allowed_sections"]
    assert list(answer(allowed_service_ids=["x"])[1]["errors"]) == ["allowed_service_ids"]
    foreign = answer(allowed_service_ids=[other.sample.service.id])
    assert list(foreign[1]["errors"]) == ["allowed_service_ids"]
    assert answer(f"/users/{acme.admin.id}", allowed_sections=["plans"])[0] == 422
    assert answer(f"/users/{acme.sample.user.id}", allowed_sections=["plans"])[0] == 404
    assert answer(f"/users/{other.admin.id}", allowed_sections=["plans"])[0] == 404
    suspended = rest.call("PUT", f"{own}/suspend.json")
    again = rest.call("PUT", f"{own}/suspend.json")
    assert (suspended.status_code, again.status_code) == (200, 422)
    assert again.json()["error"] == {
        "from": "suspended",
        "event": "suspend",
        "error": "State can't suspend while it is suspended.",
        "object": "User",
    }


@pytest.fixture
def as_member(
    deps: Dependencies, acme: NewProvider, client: TestClient
) -> Callable[..., Callable[[str], int]]:
    """Make a member with sections and services, who then calls with a token of all scopes."""

    def make(sections: list[str] | None, service_ids: list[int] | None) -> Callable[[str], int]:
        with deps.database.write() as db:
            work = by(db, staff(acme), deps.installation)
            reach = {"sections": ["plans"], "service_ids": None}
            member = create_user(work, None, {**ANN, "username": f"m{sections}"[:9]}, reach)
            actor = actor_of_user(db.get_one(User, member.id))
            values = {"name": "t", "scopes": EVERY, "permission": "rw"}
            token = create_token(by(db, actor, deps.installation), values)[1]
            change_reach(work, member.id, {"sections": sections, "service_ids": service_ids})

        def call(path: str, method: str = "GET", **given: Any) -> Any:
            headers = {"authorization": f"Bearer {token}"}
            return client.request(method, f"/admin/api{path}", headers=headers, **given)

        return call

    return make
