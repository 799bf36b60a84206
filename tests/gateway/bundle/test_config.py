"""What the Lua of a bundle reads."""

from typing import Any

import pytest

from gateway.bundle.config import config_of, rule_of
from gateway.config.document import ServiceDocument
from gateway.replies import FAULTS
from gateway.rules import MappingRule
from gateway.settings import GatewaySettings
from tests.kit.gateway import a_document


def config(**proxy: Any) -> dict[str, Any]:
    """Write the configuration of a document."""
    return config_of(ServiceDocument.parse(a_document(**proxy)), GatewaySettings())


def test_every_refusal_and_fault_has_its_words() -> None:
    written = config(error_no_match="none")

    assert written["refusals"]["no_match"]["body"] == "none"
    assert written["refusals"]["limits_exceeded"]["status"] == 429
    assert set(written["faults"]) == set(FAULTS)
    assert written["faults"]["upstream_timeout"]["status"] == 504
    own = {code: words["status"] for code, words in written["own"].items()}
    assert own == {"unknown_host": 404, "no_upstream": 404, "form_too_large": 413}
    assert all(words["body"].endswith(f"({code})\n") for code, words in written["own"].items())


def test_the_token_is_written_as_authrep_takes_it() -> None:
    assert config()["who"] == "service_token=token&service_id=7"


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("1", [("user_key", "key")]),
        ("2", [("app_id", "app_id"), ("app_key", "app_key")]),
    ],
)
def test_credentials_have_the_services_own_names(version: str, names: list[Any]) -> None:
    assert config(backend_version=version, auth_user_key="Key")["names"] == names


def test_without_upstream_there_is_none() -> None:
    assert "upstream" not in config(api_backend="")
    assert config(api_backend="http://a:81/b/?c=1", hostname_rewrite="d")["upstream"] == {
        "path": "/b",
        "query": "c=1",
        "host": "d",
    }


def test_a_rule_is_taken_apart_once() -> None:
    rule = MappingRule("GET", "/a//{x}/v{y}é$?m=1", "hits", 2, True, (("m", "1"), ("n", "{n}")))

    assert rule_of(rule) == {
        "method": "GET",
        "pattern": rule.pattern,
        "segments": [("a",), ("", ""), ("v", "%C3%A9")],
        "whole": True,
        "metric": "hits",
        "delta": 2,
        "last": True,
        "parameters": [["m", "1"], ["n"]],
    }
