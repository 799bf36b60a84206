"""A copied provider is as good as one made on the spot, and is copied only where nobody sees it."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from server.domain.provider.providers import Provider
from server.kit.clock import FixedClock
from tests.kit.make import make_deps, make_provider


def test_two_sites_start_from_the_same_and_go_on_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = make_deps(tmp_path / "one"), make_deps(tmp_path / "two")

    ours, theirs = make_provider(one), make_provider(two)
    with one.database.write() as db:
        db.get_one(Provider, ours.provider.id).name = "Changed"

    assert ours.provider_key == theirs.provider_key
    assert ours.provider is not theirs.provider
    with two.database.read() as db:
        assert db.get_one(Provider, theirs.provider.id).name == "Acme"
    one.database.close()
    two.database.close()


def test_a_second_provider_and_one_under_a_set_clock_are_made_on_the_spot(tmp_path: Path) -> None:
    at = datetime(2031, 3, 1, tzinfo=UTC)
    deps = make_deps(tmp_path, clock=FixedClock(at))
    heard: list[object] = []
    deps.database.after_commit(heard.extend)

    make_provider(deps)
    make_provider(deps, "Globex")

    with deps.database.read() as db:
        assert db.exec(select(Provider.name).order_by(Provider.name)).all() == ["Acme", "Globex"]
    assert len(heard) > 2
    deps.database.close()
