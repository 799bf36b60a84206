"""Users of an account by REST, as the reference has them."""

import pytest

from server.actions.provider.providers import NewProvider
from tests.kit.rest import RestClient


@pytest.fixture
def users(acme: NewProvider) -> str:
    """Tell where the users of the sample account are."""
    return f"/accounts/{acme.sample.user.account_id}/users"


def test_a_user_is_made_changed_moved_and_deleted(rest: RestClient, users: str) -> None:
    given = {"username": "ann", "email": "ann@x.example"}
    made = rest.call("POST", f"{users}.json", data=given)
    ann = f"{users}/{made.json()['user']['id']}"
    assert (made.status_code, made.json()["user"]["role"]) == (201, "member")
    assert made.json()["user"]["state"] == "pending"

    def put(path: str, **fields: str) -> dict[str, str]:
        answer = rest.call("PUT", f"{ann}{path}.json", data=fields)
        assert answer.status_code == 200, answer.text
        found: dict[str, str] = answer.json()["user"]
        return found

    assert put("/activate")["state"] == "active"
    assert put("/admin")["role"] == "admin"
    assert put("/member")["role"] == "member"
    assert put("/suspend")["state"] == "suspended"
    assert put("/unsuspend")["state"] == "active"
    assert put("", first_name="Ann")["first_name"] == "Ann"
    members = rest.call("GET", f"{users}.json?role=member").json()["users"]
    names = [each["user"]["username"] for each in members]
    assert names == ["ann"]
    assert rest.call("DELETE", f"{ann}.json").status_code == 200
    assert rest.call("GET", f"{ann}.json").status_code == 404


def test_the_last_admin_stays_one(rest: RestClient, acme: NewProvider, users: str) -> None:
    john = f"{users}/{acme.sample.user.id}"

    demoted = rest.call("PUT", f"{john}/member.json")
    deleted = rest.call("DELETE", f"{john}.json")

    assert (demoted.status_code, deleted.status_code) == (422, 403)
    assert "last admin" in demoted.text


def test_a_user_is_found_in_his_own_account_only(rest: RestClient, acme: NewProvider) -> None:
    account = acme.sample.user.account_id
    staff = f"/accounts/{account}/users/{acme.admin.id}.json"

    assert rest.call("GET", staff).status_code == 404
    assert rest.call("GET", "/accounts/999999/users.json").status_code == 404
