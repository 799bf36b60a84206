"""A service before the Echo API goes on working when the process moves to another port."""

from pathlib import Path
from typing import Any

from sqlmodel import select

from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.proxies import update_proxy
from server.domain.actors import Actor
from server.domain.services.proxies import Proxy
from server.runtime.echo import follow_echo
from server.runtime.first_start import ensure_provider
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.work import by


def _opened(folder: Path, port: int) -> Storage:
    return open_storage(Settings.from_env({"GATEHOUSE_DATA_DIR": str(folder)}, port=port))


def _upstreams(storage: Storage, service_id: int) -> list[Any]:
    with storage.database.read() as db:
        configs = [find_current_config(db, service_id, name) for name in ("staging", "production")]
        stored = db.exec(select(Proxy.api_backend)).one()
    documents = [each and document_of(storage.installation, each) for each in configs]
    return [stored, *(each and each["proxy"]["api_backend"] for each in documents)]


def _first(folder: Path) -> int:
    storage = _opened(folder, 9001)
    summary = ensure_provider(storage, folder)
    assert summary is not None
    storage.database.close()
    service_id: int = summary["service"]["id"]
    return service_id


def _change(storage: Storage, service_id: int, **changes: str) -> None:
    with storage.database.write() as db:
        actor = Actor.system(db.exec(select(Proxy.provider_id)).one())
        update_proxy(by(db, actor, storage.installation), service_id, changes)


def test_staging_and_production_follow(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    storage = _opened(tmp_path, 9002)

    follow_echo(storage)

    assert _upstreams(storage, service_id) == ["http://localhost:9002/echo"] * 3
    storage.database.close()


def test_what_waits_in_staging_is_not_promoted_by_the_way(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    storage = _opened(tmp_path, 9002)
    _change(storage, service_id, auth_user_key="waiting")

    follow_echo(storage)

    new, old = "http://localhost:9002/echo", "http://localhost:9001/echo"
    assert _upstreams(storage, service_id) == [new, new, old]
    storage.database.close()


def test_an_upstream_of_the_provider_is_left_alone(tmp_path: Path) -> None:
    service_id = _first(tmp_path)
    storage = _opened(tmp_path, 9002)
    _change(storage, service_id, api_backend="http://localhost:7000/echo/mine")

    follow_echo(storage)

    assert _upstreams(storage, service_id)[0] == "http://localhost:7000/echo/mine"
    storage.database.close()
