"""Host headers as callers write them."""

import pytest

from gateway.hosts import host_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("api.example.test", "api.example.test"),
        ("API.Example.Test:8080", "api.example.test"),
        ("api.example.test.", "api.example.test"),
        ("[2001:DB8::1]:443", "[2001:db8::1]"),
        ("", ""),
    ],
)
def test_a_name_has_no_port_no_last_dot_and_no_capitals(header: str, name: str) -> None:
    assert host_name(header) == name
