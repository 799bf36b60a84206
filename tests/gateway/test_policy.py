"""How a document's `policy_chain` becomes a chain, and what refuses it."""

from typing import Any

import pytest

from gateway.config.document import ServiceDocument
from gateway.errors import BadDocument
from gateway.policy import POLICIES, check_chain, find_schema
from tests.kit.gateway import a_chain, a_document


def names(chain: Any) -> list[str]:
    """Parse a document with a chain; gives the names of its links."""
    document = ServiceDocument.parse(a_document(policy_chain=chain))
    return [link.name for link in document.chain.links]


NAMES = ", ".join(sorted(policy.name for policy in POLICIES))


@pytest.mark.parametrize("chain", [None, [], a_chain("apicast")])
def test_without_a_chain_it_is_apicast_alone(chain: Any) -> None:
    assert names(chain) == ["apicast"]


def test_links_stand_in_the_order_of_the_document() -> None:
    assert names(a_chain("cors", "apicast", "headers")) == ["cors", "apicast", "headers"]
    assert names(a_chain("headers", "apicast", "cors")) == ["headers", "apicast", "cors"]


def test_a_policy_may_come_twice_and_one_that_is_off_is_left_out() -> None:
    chain = a_chain("headers", "apicast", "headers", "cors")
    chain[3]["enabled"] = False

    assert names(chain) == ["headers", "apicast", "headers"]


def test_what_other_gateways_leave_out_has_a_default() -> None:
    assert names([{"name": "cors"}, {"name": "apicast", "configuration": []}]) == [
        "cors",
        "apicast",
    ]


@pytest.mark.parametrize(
    ("chain", "fault"),
    [
        (a_chain("apicast", "magic"), f"[1].name = 'magic': must be one of {NAMES}"),
        ([{"version": "builtin"}], "[0].name = None: must be one of"),
        (
            [{"name": "apicast", "version": "1.0.0"}],
            "[0].version = '1.0.0': must be builtin",
        ),
        (a_chain(("apicast", {"x": 1})), "[0].configuration.x: is not known here; these are: none"),
        ([{"name": "apicast", "configuration": "x"}], "[0].configuration = 'x': must be an object"),
        ([{"name": "apicast", "enabled": "no"}], "[0].enabled = 'no': must be true or false"),
        (a_chain("cors"), " = ['cors']: must have apicast once"),
        (a_chain("apicast", "apicast"), "must have apicast once"),
        ([{"name": "apicast", "enabled": False}], " = []: must have apicast once, and switched on"),
        ([{"name": "cors", "configuration": {"max_age": "x"}, "enabled": False}], "max_age = 'x'"),
        (["apicast"], "[0] = 'apicast': must be an object"),
        ({"name": "apicast"}, "must be a list"),
        (a_chain("apicast", *["headers"] * 100), "at most 100 policies"),
    ],
)
def test_a_bad_chain_refuses_the_document_and_the_saving_alike(chain: Any, fault: str) -> None:
    with pytest.raises(BadDocument) as caught:
        ServiceDocument.parse(a_document(policy_chain=chain))

    assert str(caught.value).startswith("proxy.policy_chain")
    assert fault in str(caught.value)
    faults = check_chain(chain)
    assert fault in faults[0]
    assert faults[0].startswith("policy_chain")


def test_who_saves_a_chain_hears_of_every_fault_at_once() -> None:
    chain = a_chain(
        ("cors", {"max_age": -1, "x": 1}),
        ("ip_check", {"check_type": "whitelist", "ips": ["nowhere"]}),
        "magic",
        "apicast",
    )

    assert check_chain(chain) == [
        "policy_chain[0].configuration.max_age = -1: must be at least 0",
        "policy_chain[0].configuration.x: is not known here; these are: allow_origin, "
        "allow_methods, allow_headers, allow_credentials, max_age",
        "policy_chain[1].configuration.ips = ['nowhere']: 'nowhere' must be an IP address or a "
        "network",
        f"policy_chain[2].name = 'magic': must be one of {NAMES}",
    ]
    assert check_chain(a_chain("cors", "apicast")) == []
    assert check_chain(None) == []


def test_schemas_are_found_by_name() -> None:
    assert [find_schema(policy.name) is not None for policy in POLICIES] == [True] * len(POLICIES)
    assert find_schema("magic") is None
