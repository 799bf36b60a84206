"""Referrer filters: below their application and its account."""

import pytest

from server.actions.provider.providers import NewProvider
from server.actions.services.services import update_service
from server.auth.dependencies import Dependencies
from tests.kit.make import make_provider, staff
from tests.kit.rest import RestClient
from tests.kit.work import by


def where(provider: NewProvider) -> str:
    """Tell where the filters of the sample application are."""
    application = provider.sample.application
    return f"/accounts/{application.account_id}/applications/{application.id}/referrer_filters"


def test_filters_are_added_listed_and_deleted(rest: RestClient, acme: NewProvider) -> None:
    path = where(acme)

    made = rest.post(path, {"referrer_filter": "*.ok.example"})

    assert made["application"]["id"] == acme.sample.application.id
    [row] = rest.json(path)["referrer_filters"]
    assert row["referrer_filter"]["value"] == "*.ok.example"
    gone = rest.call("DELETE", f"{path}/{row['referrer_filter']['id']}.json")
    assert gone.status_code == 200
    assert rest.json(path) == {"referrer_filters": []}
    assert rest.call("DELETE", f"{path}/{row['referrer_filter']['id']}.json").status_code == 404


def test_xml_shows_them_in_an_application_whose_api_asks_for_them(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    path = where(acme)
    before = rest.call("POST", f"{path}.xml", data={"referrer_filter": "one.example"})
    with deps.database.write() as db:
        changes = {"referrer_filters_required": True}
        update_service(by(db, staff(acme)), acme.sample.service.id, changes)

    after = rest.call("POST", f"{path}.xml", data={"referrer_filter": "two.example"})
    listed = rest.call("GET", f"{path}.xml")

    assert (before.status_code, after.status_code, listed.status_code) == (201, 201, 200)
    assert before.headers["location"].endswith(f"{path}.xml")
    assert "<application>" in before.text
    assert "<referrer_filters>" not in before.text
    for value in ("one.example", "two.example"):
        assert f"<value>{value}</value>" in after.text
        assert f"<value>{value}</value>" in listed.text
    assert "<referrer_filters><referrer_filter><id>" in after.text.replace("\n", "")


@pytest.mark.parametrize(("values", "status"), [({}, 422), ({"referrer_filter": "a/b"}, 422)])
def test_a_wrong_filter_is_refused(
    rest: RestClient, acme: NewProvider, values: dict[str, str], status: int
) -> None:
    answer = rest.call("POST", f"{where(acme)}.json", data=values)

    assert answer.status_code == status
    assert "referrer_filter" in answer.json()["errors"]


def test_a_sixth_and_a_second_of_a_value_are_refused(rest: RestClient, acme: NewProvider) -> None:
    path = where(acme)
    for number in range(5):
        rest.post(path, {"referrer_filter": f"h{number}.example"})

    for value in ("h1.example", "h6.example"):
        answer = rest.call("POST", f"{path}.json", data={"referrer_filter": value})
        assert answer.status_code in (409, 422)
    assert len(rest.json(path)["referrer_filters"]) == 5


def test_they_are_not_found_elsewhere(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    account, application = acme.sample.application.account_id, acme.sample.application.id
    theirs = where(make_provider(deps, "Umbrella"))
    elsewhere = f"/accounts/{account + 999}/applications/{application}/referrer_filters"

    for path in (theirs, elsewhere):
        assert rest.call("GET", f"{path}.json").status_code == 404
        made = rest.call("POST", f"{path}.json", data={"referrer_filter": "x.example"})
        assert made.status_code == 404
