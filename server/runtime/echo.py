"""The Echo API moves with us: services before it follow when the process serves elsewhere."""

import re

from sqlmodel import Session, col, select

from server.actions.services.configs import find_current_config, promote
from server.actions.services.proxies import update_proxy
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.installation import Installation
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.runtime.storage import Storage

LOCAL_ECHO = re.compile(r"http://localhost(:\d+)?/echo")


def follow_echo(storage: Storage) -> None:
    """Point services at the Echo API's present address that still call it at another local one.

    So a first try on one port goes on working on the next. What production ran already is
    promoted too; a service with changes that wait in staging keeps its production as it is.
    """
    with storage.database.read() as db:
        if not _left_behind(db, storage.installation):
            return
    with storage.database.write() as db:
        for proxy in _left_behind(db, storage.installation):
            _move(db, storage.installation, proxy)


def _left_behind(db: Session, installation: Installation) -> list[Proxy]:
    query = select(Proxy).join(Service, col(Service.id) == Proxy.service_id)
    query = query.where(
        Service.state != "deleted", col(Proxy.api_backend).like("http://localhost%")
    )
    return [
        proxy
        for proxy in db.exec(query)
        if LOCAL_ECHO.fullmatch(proxy.api_backend)
        and proxy.api_backend != installation.addresses.echo
    ]


def _move(db: Session, installation: Installation, proxy: Proxy) -> None:
    actor = Actor.system(proxy.provider_id)
    work = Work(db, actor, installation)
    staged = find_current_config(db, proxy.service_id, "staging")
    live = find_current_config(db, proxy.service_id, "production")
    was_live = staged is not None and live is not None and staged.version == live.version
    changes = {"api_backend": installation.addresses.echo}
    update_proxy(work, proxy.service_id, changes)
    if was_live:
        promote(work, proxy.service_id)
