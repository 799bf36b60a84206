"""Addresses and networks as people write them."""

import pytest

from server.kit.networks import find_address, holder_of, holds, parse_networks


def test_networks_are_read_with_commas_between_them() -> None:
    networks = parse_networks(" 10.0.0.7, 192.168.0.0/24 ,2001:db8::/32,")

    assert [str(each) for each in networks] == ["10.0.0.7/32", "192.168.0.0/24", "2001:db8::/32"]
    assert parse_networks("") == ()


@pytest.mark.parametrize("text", ["10.0.0.1/8", "10.0.0.256", "proxy.internal", "10.0.0.0/33", "*"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_networks(text)


@pytest.mark.parametrize(
    ("text", "is_held"),
    [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("11.0.0.1", False), ("2001:db8::1", True)],
)
def test_a_network_holds_its_addresses(text: str, is_held: bool) -> None:
    address = find_address(text)

    assert address is not None
    assert holds(parse_networks("10.0.0.0/8,2001:db8::/32"), address) is is_held


def test_a_customer_of_ipv6_has_many_addresses() -> None:
    assert holder_of("2001:bad::1") == holder_of("2001:bad::ffff:1") != holder_of("2001:bad:1::1")
    assert holder_of("203.0.113.7") == "203.0.113.7" == holder_of("::ffff:203.0.113.7")
    assert holder_of("nonsense") == "nonsense"
