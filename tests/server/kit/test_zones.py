"""Time zones by name."""

import pytest

from server.kit.zones import zone_names, zone_of


def test_zones_are_known_by_their_names() -> None:
    assert {"UTC", "Europe/Berlin", "America/New_York"} <= set(zone_names())
    assert zone_of("Asia/Kolkata").key == "Asia/Kolkata"


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc/passwd", "localtime"])
def test_a_zone_that_nobody_knows_is_utc(name: str) -> None:
    assert zone_of(name).key == "UTC"
