"""A service before the Echo API goes on working when the process moves to another port."""

from pathlib import Path
from typing import Any

from sqlmodel import select

from server.actions.services.proxies import current_config, update_proxy
from server.domain.actors import Actor
from server.domain.services.proxies import Proxy
from server.runtime.echo import follow_echo
from server.runtime.first_start import ensure_provider
from server.runtime.root import Root, open_root
from server.settings import Settings


def _opened(folder: Path, port: int) -> Root:
    return open_root(Settings.from_env({"GATEHOUSE_DATA_DIR": str(folder)}, port=port))


def _upstreams(root: Root, service_id: int) -> list[Any]:
    with root.database.read() as db:
        configs = [current_config(db, service_id, name) for name in ("staging", "production")]
        stored = db.exec(select(Proxy.api_backend)).one()
    return [stored, *(config and config.content["proxy"]["api_backend"] for config in configs)]


def _first(folder: Path) -> int:
    root = _opened(folder, 9001)
    summary = ensure_provider(root, folder)
    assert summary is not None
    root.database.close()
    service_id: int = summary["service"]["id"]
    return service_id


def _change(root: Root, service_id: int, **changes: str) -> None:
    with root.database.write() as db:
        actor = Actor.system(db.exec(select(Proxy.provider_id)).one())
        update_proxy(db, actor, root.installation, service_id, changes)


def test_staging_and_production_follow(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    root = _opened(tmp_path, 9002)

    follow_echo(root)

    assert _upstreams(root, service_id) == ["http://localhost:9002/echo"] * 3
    root.database.close()


def test_what_waits_in_staging_is_not_promoted_by_the_way(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    root = _opened(tmp_path, 9002)
    _change(root, service_id, auth_user_key="waiting")

    follow_echo(root)

    new, old = "http://localhost:9002/echo", "http://localhost:9001/echo"
    assert _upstreams(root, service_id) == [new, new, old]
    root.database.close()


def test_an_upstream_of_the_provider_is_left_alone(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    root = _opened(tmp_path, 9002)
    _change(root, service_id, api_backend="http://localhost:7000/echo/mine")

    follow_echo(root)

    assert _upstreams(root, service_id)[0] == "http://localhost:7000/echo/mine"
    root.database.close()
