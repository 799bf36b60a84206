"""What holds for the usual rows of a resource: bodies of all kinds, statuses, pages, statements."""

from typing import Any

import pytest
from lxml import etree
from sqlmodel import select

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.plans.features import Feature
from server.rest.registry import OPERATIONS
from tests.kit.make import make_provider, staff
from tests.kit.rest import RestClient
from tests.kit.statements import counted
from tests.kit.work import by

NAMES = ["name", "description"]
GIVEN = {"name": "Sunshine", "description": "All day."}


def features(acme: NewProvider) -> str:
    """Tell where the features of the provider's service are."""
    return f"/services/{acme.sample.service.id}/features"


def sign_many_up(deps: Dependencies, acme: NewProvider, number: int) -> None:
    """Make so many accounts more."""
    with deps.database.write() as db:
        for index in range(number):
            draft = NewSignup(
                org_name=f"Org {index}",
                username=f"user-{index}-{number}",
                email="",
                application_plan_id=acme.sample.application.plan_id,
            )
            sign_up(by(db, staff(acme)), draft, "api")


@pytest.mark.parametrize(
    "body",
    [
        {"data": GIVEN},
        {"data": {f"feature[{name}]": value for name, value in GIVEN.items()}},
        {"files": {name: (None, value) for name, value in GIVEN.items()}},
        {"files": {f"feature[{name}]": (None, value) for name, value in GIVEN.items()}},
        {"json": GIVEN},
        {"json": {"feature": GIVEN}},
        {"params": GIVEN},
    ],
    ids=["form", "wrapped form", "multipart", "wrapped multipart", "json", "wrapped json", "query"],
)
def test_what_is_given_may_come_in_any_body(
    rest: RestClient, acme: NewProvider, body: dict[str, Any]
) -> None:
    answer = rest.call("POST", f"{features(acme)}.json", **body)

    assert answer.status_code == 201
    feature = answer.json()["feature"]
    assert {name: feature[name] for name in GIVEN} == GIVEN
    where = answer.headers["location"].removeprefix("http://localhost:8000/admin/api")
    assert rest.call("GET", where).json() == answer.json()


def test_unknown_parameters_and_fixed_attributes_are_ignored(
    rest: RestClient, acme: NewProvider
) -> None:
    made = rest.post(features(acme), {**GIVEN, "colour": "red", "id": 7, "provider_id": 7})
    path = f"{features(acme)}/{made['feature']['id']}.json"

    answer = rest.call("PATCH", path, json={"system_name": "other", "created_at": "2000-01-01"})

    assert answer.status_code == 200
    assert answer.json() == made


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_what_is_left_out_of_a_change_stays(
    rest: RestClient, acme: NewProvider, method: str
) -> None:
    made = rest.post(features(acme), GIVEN)["feature"]

    answer = rest.call(method, f"{features(acme)}/{made['id']}.json", data={"name": "Rain"})

    assert answer.json() == {"feature": {**made, "name": "Rain"}}


@pytest.mark.parametrize("wrong", ["text", ["a"], 7, None])
def test_a_wrapper_that_is_no_object_is_refused(
    rest: RestClient, acme: NewProvider, wrong: object
) -> None:
    answer = rest.call("POST", f"{features(acme)}.json", json={"feature": wrong})

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("feature is of the wrong type")


@pytest.mark.parametrize("name", ["", " ", "x" * 256, "a\x00b", ["x"], {"x": 1}, None])
def test_a_bad_value_is_refused_at_its_name_and_not_kept_anywhere(
    rest: RestClient, acme: NewProvider, name: object
) -> None:
    answer = rest.call("POST", f"{features(acme)}.json", json={"name": name})
    xml = rest.call("POST", f"{features(acme)}.xml", json={"name": name})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["name"])
    assert (etree.fromstring(xml.content).findtext("error") or "").startswith("Name ")
    assert answer.headers["cache-control"] == xml.headers["cache-control"] == "private, no-store"


def test_what_is_deleted_is_gone_and_says_nothing(rest: RestClient, acme: NewProvider) -> None:
    path = f"{features(acme)}/{rest.post(features(acme), GIVEN)['feature']['id']}.json"

    answer = rest.call("DELETE", path)

    assert (answer.status_code, answer.content) == (200, b"")
    assert rest.call("GET", path).status_code == rest.call("DELETE", path).status_code == 404


def test_a_row_is_found_below_its_own_parent_only(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    theirs = make_provider(deps, "Umbrella").sample.service.id
    feature_id = rest.post(features(acme), GIVEN)["feature"]["id"]

    for service_id in (theirs, 0, 999_999, "x"):
        for method in ("GET", "PUT", "DELETE"):
            path = f"/services/{service_id}/features/{feature_id}.json"
            assert rest.call(method, path).json() == {"status": "Not found"}
        assert rest.call("GET", f"/services/{service_id}/features.json").status_code == 404
        made = rest.call("POST", f"/services/{service_id}/features.json", json=GIVEN)
        assert made.status_code == 404

    with deps.database.read() as db:
        kept = db.exec(select(Feature.name).where(Feature.id == feature_id)).all()
    assert kept == ["Sunshine"]


def test_a_list_that_fits_one_page_tells_no_numbers(rest: RestClient, acme: NewProvider) -> None:
    assert list(rest.json("/accounts")) == ["accounts"]
    assert not etree.fromstring(rest.call("GET", "/accounts.xml").content).attrib


def test_pages_follow_each_other_and_tell_where_they_stand(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    sign_many_up(deps, acme, 4)

    pages = [rest.json("/accounts", page=page, per_page=2) for page in (1, 2, 3, 4)]
    xml = etree.fromstring(rest.call("GET", "/accounts.xml?per_page=2&page=2").content)

    ids = [each["account"]["id"] for page in pages for each in page["accounts"]]
    assert ids == sorted(ids)
    assert [len(page["accounts"]) for page in pages] == [2, 2, 1, 0]
    told = {"per_page": 2, "total_entries": 5, "total_pages": 3}
    assert [page["metadata"] for page in pages] == [
        {**told, "current_page": page} for page in (1, 2, 3, 4)
    ]
    assert dict(xml.attrib) == {k: str(v) for k, v in {**told, "current_page": 2}.items()}
    assert [each.findtext("id") for each in xml] == [str(each) for each in ids[2:4]]


@pytest.mark.parametrize("size", ["0", "-1", "501", "x", "", "9" * 40, "1.5"])
def test_a_size_out_of_range_is_the_most(
    deps: Dependencies, rest: RestClient, acme: NewProvider, size: str
) -> None:
    sign_many_up(deps, acme, 2)

    assert len(rest.json("/accounts", per_page=size)["accounts"]) == 3


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "1.5"])
def test_what_is_no_number_of_a_page_is_not_found(rest: RestClient, page: str) -> None:
    assert rest.call("GET", f"/accounts.json?page={page}").status_code == 404


@pytest.mark.parametrize("language", ["xml", "json"])
@pytest.mark.parametrize("path", ["/accounts", "/services/{service_id}/features"])
def test_a_list_costs_as_many_statements_as_one_object(
    deps: Dependencies, rest: RestClient, acme: NewProvider, path: str, language: str
) -> None:
    where = f"{path.format(service_id=acme.sample.service.id)}.{language}"
    rest.post(features(acme), {"name": "First"})

    with counted(deps) as few:
        rest.call("GET", where)
    sign_many_up(deps, acme, 5)
    for index in range(5):
        rest.post(features(acme), {"name": f"Feature {index}"})
    with counted(deps) as many:
        answer = rest.call("GET", where)

    assert answer.status_code == 200
    assert len(many) == len(few)


def test_every_operation_of_a_resource_wants_its_permission() -> None:
    for operation in OPERATIONS:
        resource = operation.resource
        if resource is not None:
            wanted = resource.read if operation.method == "GET" else resource.edit
            assert operation.permission == wanted
        is_read = operation.permission.endswith(":read")
        # Whoever sees his tokens may make some.
        assert is_read is (operation.method == "GET") or operation.permission == "tokens:edit"
