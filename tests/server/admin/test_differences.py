"""What differs between two configuration documents."""

from collections.abc import Mapping
from typing import Any

from server.admin.differences import Difference, differences_of

RULE = {
    "http_method": "GET",
    "pattern": "/a",
    "delta": 1,
    "metric_system_name": "hits",
    "last": True,
}


def test_equal_documents_have_no_differences() -> None:
    assert differences_of({"a": {"b": [1]}}, {"a": {"b": [1]}}, dict) == []


def test_each_place_is_told_with_both_values() -> None:
    found = differences_of({"a": {"b": 1}, "gone": True}, {"a": {"b": 2}, "new": None}, dict)

    assert found == [
        Difference("a.b", "1", "2"),
        Difference("new", "–", "null"),
        Difference("gone", "true", "–"),
    ]


def test_a_secret_is_named_and_not_shown() -> None:
    def hide(document: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**document, "proxy": {"secret_token": "(hidden)"}}

    documents = {"proxy": {"secret_token": "a"}}, {"proxy": {"secret_token": "b"}}
    (found,) = differences_of(*documents, hide)

    assert found == Difference("proxy.secret_token", "(hidden)", "(hidden)")


def test_a_mapping_rule_is_one_line() -> None:
    (found,) = differences_of({"rules": []}, {"rules": [RULE]}, dict)[:1]

    assert found.after == "GET /a  +1 hits, then stop"
