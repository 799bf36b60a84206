"""Statistics over GraphQL: usage and response codes of a service and of one application."""

import pytest

from gateway.counters.base import Delta, UsageBatch, UsageEntry
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.graphql.ids import global_id
from server.usage import DatabaseSink
from tests.kit.graphql import Client

CODES = "total codes { code value } buckets { start value }"


@pytest.fixture
async def counted(deps: Dependencies, acme: NewProvider) -> dict[str, str]:
    """Put three calls of the sample application into the statistics; give the ids to ask by."""
    application = acme.sample.application
    at_s = deps.installation.clock.now().timestamp()
    key = (application.service_id, application.id)
    with deps.database.read() as db:
        hits = list_metrics(db, application.service_id)[0].id
    sink = DatabaseSink(deps.database)
    await sink.take(UsageBatch("one", [UsageEntry(*key, at_s, (Delta(hits, 3),))]))
    await sink.take_codes({(*key, int(at_s // 60), 200): 2, (*key, int(at_s // 60), 404): 1})
    minute = int(at_s // 60)
    await sink.take_refusals(
        {
            (*key, minute, "limits_exceeded"): 34,
            (application.service_id, 0, minute, "application_not_found"): 2,
        }
    )
    return {
        "service": global_id("Service", application.service_id),
        "application": global_id("Application", application.id),
    }


@pytest.mark.parametrize("of", ["service", "application"])
def test_usage_is_told_in_buckets(of: str, counted: dict[str, str], admin: Client) -> None:
    field = f"{of}Usage({of}Id: $id, ask: {{}}) {{ metric total buckets {{ value }} }}"

    usage = admin.ask(f"query($id: ID!) {{ {field} }}", id=counted[of])[f"{of}Usage"]

    assert (usage["metric"], usage["total"], len(usage["buckets"])) == ("hits", 3, 30)
    assert usage["buckets"][-1]["value"] == 3


@pytest.mark.parametrize("of", ["service", "application"])
def test_response_codes_are_told_by_status(of: str, counted: dict[str, str], admin: Client) -> None:
    field = f"{of}ResponseCodes({of}Id: $id, ask: $ask) {{ {CODES} }}"
    query = f"query($id: ID!, $ask: ResponseCodesInput!) {{ {field} }}"

    found = [
        admin.ask(query, id=counted[of], ask=ask)[f"{of}ResponseCodes"]
        for ask in ({}, {"code": "4xx", "granularity": "HOUR"})
    ]

    assert found[0]["codes"] == [{"code": 200, "value": 2}, {"code": 404, "value": 1}]
    assert found[0]["total"] == 3
    assert found[1]["codes"] == [{"code": 404, "value": 1}]
    assert sum(bucket["value"] for bucket in found[1]["buckets"]) == 1


REFUSED = "total codes { code title status value } buckets { value }"


@pytest.mark.parametrize(
    ("of", "codes"),
    [
        ("service", [("limits_exceeded", 429, 34), ("application_not_found", 403, 2)]),
        ("application", [("limits_exceeded", 429, 34)]),
    ],
)
def test_refusals_are_told_by_reason(
    of: str, codes: list[tuple[str, int, int]], counted: dict[str, str], admin: Client
) -> None:
    field = f"{of}Refusals({of}Id: $id, ask: {{}}) {{ {REFUSED} }}"

    found = admin.ask(f"query($id: ID!) {{ {field} }}", id=counted[of])[f"{of}Refusals"]

    assert [(each["code"], each["status"], each["value"]) for each in found["codes"]] == codes
    assert found["total"] == found["buckets"][-1]["value"] == sum(code[2] for code in codes)
    assert found["codes"][0]["title"] == "Limit used up"


def test_whose_calls_were_refused_is_told(counted: dict[str, str], admin: Client) -> None:
    query = (
        "query($id: ID!) { serviceRefusedApplications(serviceId: $id, ask: {}) "
        "{ total application { id } codes { code value } } }"
    )

    found = admin.ask(query, id=counted["service"])["serviceRefusedApplications"]

    assert found == [
        {
            "total": 34,
            "application": {"id": counted["application"]},
            "codes": [{"code": "limits_exceeded", "value": 34}],
        },
        {
            "total": 2,
            "application": None,
            "codes": [{"code": "application_not_found", "value": 2}],
        },
    ]


def test_a_code_that_is_none_is_refused_with_its_field(
    counted: dict[str, str], admin: Client
) -> None:
    query = 'query($id: ID!) { serviceResponseCodes(serviceId: $id, ask: {code: "9"}) { total } }'

    [error] = admin.send(query, id=counted["service"]).json()["errors"]

    assert "such as 404" in error["message"]


def test_developers_see_their_own_refusals_alone(
    counted: dict[str, str], acme: NewProvider, globex: NewProvider, visitor: Client
) -> None:
    sample = acme.sample
    given = {"username": sample.user.username, "password": sample.password}
    visitor.do("login", given, "user { username }")
    field = f"applicationRefusals(applicationId: $id, ask: {{}}) {{ {REFUSED} }}"
    query = f"query($id: ID!) {{ {field} }}"
    foreign = global_id("Application", globex.sample.application.id)

    own = visitor.ask(query, id=counted["application"])["applicationRefusals"]
    [error] = visitor.send(query, id=foreign).json()["errors"]

    assert [(each["code"], each["value"]) for each in own["codes"]] == [("limits_exceeded", 34)]
    assert error["extensions"]["code"] == "NOT_FOUND"
