"""Plans of three kinds: all of them are made, published, made default and deleted alike."""

import pytest
from lxml import etree

from server.actions.provider.providers import NewProvider
from tests.kit.rest import RestClient

KINDS = ("account_plan", "service_plan", "application_plan")


def where(acme: NewProvider, kind: str) -> str:
    """Tell where plans of a kind are."""
    owner = "" if kind == "account_plan" else f"/services/{acme.sample.service.id}"
    return f"{owner}/{kind}s"


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_written_under_its_kind_in_json_and_as_plan_in_xml(
    rest: RestClient, acme: NewProvider, kind: str
) -> None:
    made = rest.post(where(acme, kind), {kind: {"name": "Gold", "setup_fee": "9.50"}})[kind]

    xml = etree.fromstring(rest.call("GET", f"{where(acme, kind)}/{made['id']}.xml").content)

    assert (xml.tag, xml.findtext("type"), xml.findtext("setup_fee")) == ("plan", kind, "9.5")
    assert (made["setup_fee"], made["cost_per_month"], made["state"]) == (9.5, 0.0, "hidden")
    assert dict(xml.attrib) == {"custom": "false", "default": "false"}
    listed = etree.fromstring(rest.call("GET", f"{where(acme, kind)}.xml").content)
    assert (listed.tag, {each.tag for each in listed}) == ("plans", {"plan"})


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_published_and_hidden_by_an_event(
    rest: RestClient, acme: NewProvider, kind: str
) -> None:
    made = rest.post(where(acme, kind), {"name": "Gold", "state_event": "publish"})[kind]
    path = f"{where(acme, kind)}/{made['id']}.json"

    hidden = rest.call("PUT", path, data={"state_event": "hide", "name": "Silver"})
    again = rest.call("PUT", path, data={"state_event": "hide", "name": "Bronze"})
    wrong = rest.call("PUT", path, data={"state_event": "explode"})

    assert made["state"] == "published"
    assert (hidden.json()[kind]["state"], hidden.json()[kind]["name"]) == ("hidden", "Silver")
    assert (again.status_code, list(again.json()["errors"])) == (422, ["state"])
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["state_event"])
    assert rest.json(path.removesuffix(".json"))[kind]["name"] == "Silver"


@pytest.mark.parametrize("kind", KINDS)
def test_one_plan_is_the_default(rest: RestClient, acme: NewProvider, kind: str) -> None:
    made = rest.post(where(acme, kind), {"name": "Gold"})[kind]

    answer = rest.call("PUT", f"{where(acme, kind)}/{made['id']}/default.json")

    assert answer.json()[kind]["default"] is True
    defaults = [
        each[kind]["id"] for each in rest.json(where(acme, kind))["plans"] if each[kind]["default"]
    ]
    assert defaults == [made["id"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_somebody_is_on_stays(rest: RestClient, acme: NewProvider, kind: str) -> None:
    used = rest.json(where(acme, kind))["plans"][0][kind]["id"]
    unused = rest.post(where(acme, kind), {"name": "Gold"})[kind]["id"]

    refused = rest.call("DELETE", f"{where(acme, kind)}/{used}.json")
    deleted = rest.call("DELETE", f"{where(acme, kind)}/{unused}.json")

    assert (refused.status_code, list(refused.json()["errors"])) == (403, ["base"])
    assert (deleted.status_code, deleted.content) == (200, b"")


@pytest.mark.parametrize("wrong", ["x", "NaN", "-1", "1e400", "", None, [], {}])
@pytest.mark.parametrize("name", ["setup_fee", "cost_per_month", "trial_period_days", "position"])
def test_a_number_that_is_none_is_refused_or_left_out(
    rest: RestClient, acme: NewProvider, name: str, wrong: object
) -> None:
    answer = rest.call(
        "POST", f"{where(acme, 'application_plan')}.json", json={"name": "Gold", name: wrong}
    )

    is_nothing = wrong == "" or (wrong is None and name == "position")
    assert answer.status_code == (201 if is_nothing else 422)
    if not is_nothing:
        assert list(answer.json()["errors"]) == [name]


def test_plans_of_all_services_are_listed_too(rest: RestClient, acme: NewProvider) -> None:
    for kind in ("service_plan", "application_plan"):
        assert rest.json(f"/{kind}s") == rest.json(where(acme, kind))
