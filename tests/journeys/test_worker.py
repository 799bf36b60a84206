"""A worker beside the serving process does the jobs of events that others commit."""

import subprocess

from sqlmodel import col, select

from server.actions.accounts.signup import NewSignup, sign_up
from server.domain.actors import Actor
from server.domain.messages.mails import Mail
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.process import COMMAND, Gatehouse, until
from tests.kit.work import by


def test_a_worker_writes_the_mails_of_another_processes_events(
    stopped_gatehouse: Gatehouse,
) -> None:
    storage = open_storage(Settings.from_env(stopped_gatehouse.environment))
    ensure_provider(storage, stopped_gatehouse.data_dir)
    provider_id = stopped_gatehouse.first_start["provider"]["id"]
    worker = subprocess.Popen([*COMMAND, "worker"], env=stopped_gatehouse.environment)
    draft = NewSignup(
        org_name="Initech",
        username="peter",
        email="peter@initech.example",
        password="six green apples fell down",
    )

    with storage.database.write() as db:
        sign_up(by(db, Actor.anonymous(provider_id), storage.installation), draft, "portal")

    def mailed() -> bool:
        with storage.database.read() as db:
            return bool(db.exec(select(Mail).where(col(Mail.recipient) == draft.email)).first())

    try:
        until(mailed, seconds=30)
    finally:
        worker.terminate()
        assert worker.wait(30) == 0
        storage.database.close()
