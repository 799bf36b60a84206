"""Features of services, and which of them a plan includes."""

from lxml import etree

from server.actions.plans.features import FEATURES
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from tests.kit.make import staff
from tests.kit.rest import RestClient
from tests.kit.work import by


def paths(acme: NewProvider) -> tuple[str, str]:
    """Tell where the features of the service and those of its plan are."""
    sample = acme.sample
    plan_id = sample.application.plan_id
    return f"/services/{sample.service.id}/features", f"/application_plans/{plan_id}/features"


def test_a_feature_has_the_fields_of_the_reference(rest: RestClient, acme: NewProvider) -> None:
    made = rest.post(paths(acme)[0], {"name": "Sunshine"})["feature"]
    xml = rest.call("GET", f"{paths(acme)[0]}/{made['id']}.xml")

    root = etree.fromstring(xml.content)
    fields = ["id", "name", "system_name", "service_id", "scope", "visible", "description"]
    fields.append("created_at")
    assert [child.tag for child in root] == fields
    assert list(made) == [*fields, "links"]
    assert made["system_name"] == root.findtext("system_name") == "sunshine"
    assert [link["rel"] for link in made["links"]] == ["self", "service"]


def test_a_plan_lists_what_was_put_into_it(rest: RestClient, acme: NewProvider) -> None:
    of_service, of_plan = paths(acme)
    before = rest.json(of_plan)["features"]
    made = rest.post(of_service, {"name": "Sunshine"})

    put = rest.call("POST", f"{of_plan}.json", data={"feature_id": made["feature"]["id"]})

    assert put.status_code == 201
    assert put.json() == made
    assert rest.json(of_plan)["features"] == [*before, made]


def test_what_is_taken_out_of_a_plan_stays_a_feature(rest: RestClient, acme: NewProvider) -> None:
    of_service, of_plan = paths(acme)
    feature_id = rest.post(of_service, {"name": "Sunshine"})["feature"]["id"]
    rest.post(of_plan, {"feature_id": feature_id})

    answer = rest.call("DELETE", f"{of_plan}/{feature_id}.xml")

    assert (answer.status_code, answer.content) == (200, b"")
    assert rest.call("DELETE", f"{of_plan}/{feature_id}.xml").status_code == 404
    assert rest.json(f"{of_service}/{feature_id}")["feature"]["name"] == "Sunshine"


def test_a_feature_of_another_service_does_not_go_into_a_plan(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme))
        other = create_service(work, {"name": "Other"})
        feature_id = FEATURES.create(work, {"name": "Rain"}, other.id).id

    answer = rest.call("POST", f"{paths(acme)[1]}.json", data={"feature_id": feature_id})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["feature_id"])
    assert rest.call("POST", f"{paths(acme)[1]}.json", data={"feature_id": 999}).status_code == 404
    assert rest.call("POST", f"{paths(acme)[1]}.json").status_code == 422


def test_plans_of_services_and_accounts_include_features_of_their_own(
    rest: RestClient, acme: NewProvider
) -> None:
    of_service, of_plan = paths(acme)
    wide = rest.post(of_service, {"name": "Shade", "scope": "ServicePlan"})["feature"]
    of_account = rest.post("/features", {"feature": {"name": "A person to call"}})["feature"]
    number = of_account["id"]

    assert (wide["scope"], of_account["scope"]) == ("service_plan", "account_plan")
    for plan, feature_id in (("/service_plans/1", wide["id"]), ("/account_plans/1", number)):
        assert rest.json(f"{plan}/features") == {"features": []}
        rest.post(f"{plan}/features", {"feature_id": feature_id})
        assert [each["feature"]["id"] for each in rest.json(f"{plan}/features")["features"]] == [
            feature_id
        ]
        gone = rest.call("DELETE", f"{plan}/features/{feature_id}.json")
        assert (gone.status_code, rest.json(f"{plan}/features")) == (200, {"features": []})
    wrong = rest.call("POST", f"{of_plan}.json", data={"feature_id": wide["id"]})
    assert wrong.json()["errors"] == {"feature_id": ["must be a feature for application plans."]}
    fixed = rest.call("PUT", f"{of_service}/{wide['id']}.json", data={"scope": "ApplicationPlan"})
    assert fixed.json()["feature"]["scope"] == "service_plan"
    assert rest.call("DELETE", f"/features/{number}.xml").status_code == 200
    assert rest.json("/features") == {"features": []}
