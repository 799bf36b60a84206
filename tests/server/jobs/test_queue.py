"""The running queue: mails arrive by themselves, also after a crash and a dead mail server."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from server.actions.accounts.users import ask_password_reset
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from server.domain.messages.mails import Mail
from server.jobs import mail as mail_jobs
from server.jobs.queue import JobRunner
from server.settings import Settings
from tests.kit.make import TEST_VAULT, make_deps, staff
from tests.kit.services import free_port
from tests.kit.work import by
from tests.server.jobs.conftest import PlainRenderer, reject
from tests.server.jobs.mailbox import running_mailbox

PATIENCE_S = 30
JOHN = "admin+test@acme.example"


def wait_for(holds: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline_s, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def running_jobs(deps: Dependencies, directory: Path, smtp_url: str) -> Iterator[JobRunner]:
    settings = Settings(data_dir=directory, smtp_url=smtp_url)
    jobs = JobRunner(deps, settings, render=PlainRenderer())
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()


def states(deps: Dependencies) -> list[str]:
    with deps.database.read() as db:
        return list(db.exec(select(Mail.state)))


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on SQLite: the queue has a file of its own, whatever the database."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


def test_an_event_becomes_a_mail_at_the_server(
    deps: Dependencies, acme: NewProvider, tmp_path: Path
) -> None:
    with (
        running_mailbox() as mailbox,
        running_jobs(deps, tmp_path, f"smtp://127.0.0.1:{mailbox.port}"),
    ):
        reject(deps, acme)
        wait_for(lambda: states(deps) == ["sent"])

    assert [message["To"] for message in mailbox.messages] == [JOHN]


def test_events_of_a_process_that_died_are_delivered_by_the_next(
    deps: Dependencies, acme: NewProvider, tmp_path: Path
) -> None:
    reject(deps, acme)  # and nobody runs

    with (
        running_mailbox() as mailbox,
        running_jobs(deps, tmp_path, f"smtp://127.0.0.1:{mailbox.port}"),
    ):
        wait_for(lambda: states(deps) == ["sent"])

    assert len(mailbox.messages) == 1


def test_a_mail_of_a_process_that_died_before_it_was_enqueued_is_sent_by_the_next(
    deps: Dependencies, acme: NewProvider, tmp_path: Path
) -> None:
    with deps.database.write() as db:
        db.add(
            Mail(
                provider_id=acme.provider.id,
                template="account_rejected",
                sender="admin@acme.example",
                recipient=JOHN,
                subject="Hello",
                body_sealed=TEST_VAULT.seal("World"),
                attempts=2,
            )
        )

    with (
        running_mailbox() as mailbox,
        running_jobs(deps, tmp_path, f"smtp://127.0.0.1:{mailbox.port}"),
    ):
        wait_for(lambda: states(deps) == ["sent"])

    assert len(mailbox.messages) == 1


def test_a_mail_outlives_a_dead_mail_server(
    deps: Dependencies, acme: NewProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_jobs, "FIRST_DELAY", timedelta(seconds=0.5))
    port = free_port()

    with running_jobs(deps, tmp_path, f"smtp://127.0.0.1:{port}"):
        reject(deps, acme)
        wait_for(lambda: any(error for error in errors(deps)))
        with running_mailbox(port=port) as mailbox:
            wait_for(lambda: states(deps) == ["sent"])

    assert len(mailbox.messages) == 1


def errors(deps: Dependencies) -> list[str]:
    with deps.database.read() as db:
        return list(db.exec(select(Mail.error)))


def test_without_a_server_the_mail_is_kept(
    deps: Dependencies, acme: NewProvider, tmp_path: Path
) -> None:
    with running_jobs(deps, tmp_path, ""), deps.database.write() as db:
        ask_password_reset(by(db, staff(acme)), "developer", JOHN)

    with running_jobs(deps, tmp_path, ""):
        wait_for(lambda: states(deps) == ["kept"])


def test_starting_delivers_what_nobody_listens_to_as_well(
    deps: Dependencies, acme: NewProvider, tmp_path: Path
) -> None:
    query = select(EventRecord.delivered_at).where(EventRecord.kind == EventKind.PROVIDER_CREATED)

    def delivered() -> bool:
        with deps.database.read() as db:
            return db.exec(query).one() is not None

    with running_jobs(deps, tmp_path, ""):
        wait_for(delivered)
