"""Configuration documents: what is read, what is bad."""

from typing import Any

import pytest

from gateway.config.document import ServiceDocument
from gateway.config.service import Upstream
from gateway.errors import BadDocument
from tests.kit.gateway import a_document


def test_a_minimal_document_has_the_defaults() -> None:
    document = ServiceDocument.parse({"id": "5", "proxy": {}})

    proxy = document.proxy
    assert (document.service_id, document.backend_version) == (5, "1")
    assert (proxy.hosts, proxy.upstream) == (("localhost",), None)
    assert (proxy.credentials_location, proxy.auth_user_key) == ("query", "user_key")
    assert (proxy.auth_missing.status, proxy.no_match.status) == (403, 404)
    assert proxy.limits_exceeded.body == "Usage limit exceeded"


@pytest.mark.parametrize("given", [{}, {"error_auth_failed": ""}, {"error_auth_failed": None}])
def test_a_refusal_is_never_without_words(given: dict[str, Any]) -> None:
    document = ServiceDocument.parse({"id": 5, "proxy": given})

    assert document.proxy.auth_failed.body == "Authentication failed"


@pytest.mark.parametrize(
    ("url", "upstream"),
    [
        ("https://api.test:443", Upstream("https", "api.test", 443, "api.test", "", "")),
        (
            "http://API.test:8080/base/",
            Upstream("http", "api.test", 8080, "api.test:8080", "/base", ""),
        ),
        (
            "http://b\u00fccher.example:81/stra\u00dfe?\u00fc",  # as 0.1 stored it
            Upstream(
                "http",
                "xn--bcher-kva.example",
                81,
                "xn--bcher-kva.example:81",
                "/stra%C3%9Fe",
                "%C3%BC",
            ),
        ),
        ("ws://[::1]:80/x?a=1", Upstream("http", "::1", 80, "[::1]", "/x", "a=1")),
    ],
)
def test_the_upstream_is_taken_apart(url: str, upstream: Upstream) -> None:
    document = ServiceDocument.parse(a_document(api_backend=url))

    assert document.proxy.upstream == upstream


@pytest.mark.parametrize(
    ("proxy", "message"),
    [
        ({"api_backend": "ftp://x"}, "proxy.api_backend = 'ftp://x': must be"),
        ({"error_status_no_match": 99}, "proxy.error_status_no_match = 99: must be"),
        ({"error_status_no_match": 100}, "proxy.error_status_no_match = 100: must be"),
        ({"error_status_auth_failed": 101}, "proxy.error_status_auth_failed = 101: must be"),
        ({"error_status_auth_missing": 199}, "proxy.error_status_auth_missing = 199: must be"),
        (
            {"error_status_limits_exceeded": 600},
            "proxy.error_status_limits_exceeded = 600: must be",
        ),
        ({"credentials_location": "cookie"}, "proxy.credentials_location = 'cookie': must be"),
        ({"proxy_rules": [{"pattern": "x"}]}, "proxy.proxy_rules[0].pattern = 'x': must start"),
        ({"proxy_rules": [3]}, "proxy.proxy_rules[0] = 3: must be an object"),
        ({"proxy_rules": {}}, "proxy.proxy_rules = {}: must be a list"),
        ({"hosts": [1]}, "proxy.hosts = [1]: must be a list of strings"),
        ({"secret_token": "a\r\nb"}, "proxy.secret_token = (hidden): must fit"),
        ({"auth_user_key": 1}, "proxy.auth_user_key = 1: must be a string"),
    ],
)
def test_bad_content_is_named_with_path_value_and_rule(proxy: dict[str, Any], message: str) -> None:
    with pytest.raises(BadDocument) as caught:
        ServiceDocument.parse(a_document(**proxy))

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("content", [None, [], {"id": 1}, {"id": True, "proxy": {}}])
def test_what_is_no_service_is_bad(content: object) -> None:
    with pytest.raises(BadDocument):
        ServiceDocument.parse(content)


def test_parameters_come_from_the_pattern_when_the_document_has_none() -> None:
    rule = {"http_method": "GET", "pattern": "/a?mode={m}&x=1", "metric_system_name": "hits"}

    document = ServiceDocument.parse(a_document(proxy_rules=[rule]))

    assert document.proxy.rules.rules[0].parameters == (("mode", "{m}"), ("x", "1"))
