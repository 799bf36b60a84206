"""Attacks on passkeys: each is refused, and changes nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from server.auth.dependencies import Dependencies
from server.auth.passkeys import (
    Visit,
    check_new_passkey,
    options_to_register,
    options_to_sign,
    passkeys_of,
    prove_by_passkey,
)
from server.domain.accounts.factors import Passkey
from server.domain.accounts.users import User
from server.domain.errors import BadToken, DomainError, Forbidden, Invalid
from server.kit.clock import FixedClock
from tests.kit.make import make_deps, make_provider
from tests.kit.passkeys import PRESENT, VERIFIED, Device, encoded

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Stage:
    """A user, his device and his browser."""

    def __init__(self, db: Session, deps: Dependencies, user: User) -> None:
        self.db, self.installation, self.user = db, deps.installation, user
        self.visit = Visit(user.provider_id, "localhost", "http://localhost:8000", "seed")
        self.device = Device()

    def register(self) -> Passkey:
        options = options_to_register(self.installation, self.visit, self.user, ())
        answer = self.device.make(options)
        made = check_new_passkey(self.db, self.installation, self.visit, self.user.id, answer)
        row = Passkey(
            provider_id=self.user.provider_id,
            user_id=self.user.id,
            name="phone",
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            host=made.host,
        )
        self.db.add(row)
        self.db.flush()
        return row

    def sign(self, user_id: int | None = None) -> str:
        known = passkeys_of(self.db, self.user.id)
        return self.device.sign(options_to_sign(self.installation, self.visit, user_id, known))

    def prove(self, answer: str, user_id: int | None = None) -> int:
        proof = prove_by_passkey(self.db, self.installation, self.visit, answer, user_id)
        assert proof.is_complete
        return proof.user_id


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    deps = make_deps(tmp_path, clock=FixedClock(NOW))
    acme = make_provider(deps)
    with deps.database.write() as db:
        yield Stage(db, deps, db.get_one(User, acme.sample.user.id))
    deps.database.close()


def test_a_passkey_proves_whose_it_is_and_notes_its_use(stage: Stage) -> None:
    row = stage.register()

    assert stage.prove(stage.sign()) == stage.user.id
    assert stage.prove(stage.sign(stage.user.id), stage.user.id) == stage.user.id
    assert (row.sign_count, row.last_used_at) == (2, NOW)


def test_a_device_that_does_not_count_is_taken(stage: Stage) -> None:
    stage.device.counts = False
    stage.register()

    assert [stage.prove(stage.sign()) for _ in range(2)] == [stage.user.id] * 2


def _of_another_site(stage: Stage) -> None:
    stage.device.origin = "http://evil.example"


def _of_another_port(stage: Stage) -> None:
    stage.device.origin = "http://localhost:9000"


def _for_another_host(stage: Stage) -> None:
    stage.device.host = "evil.example"


def _without_a_pin(stage: Stage) -> None:
    stage.device.flags = PRESENT


def _without_anybody(stage: Stage) -> None:
    stage.device.flags = VERIFIED


@pytest.mark.parametrize(
    "lie", [_of_another_site, _of_another_port, _for_another_host, _without_a_pin, _without_anybody]
)
def test_what_a_device_claims_wrongly_is_refused_at_both_ends(
    stage: Stage, lie: Callable[[Stage], None]
) -> None:
    honest = stage.device
    stage.device = replace(honest)
    lie(stage)
    with pytest.raises(Invalid):
        stage.register()

    stage.device = honest
    row = stage.register()
    lie(stage)
    with pytest.raises(Forbidden):
        stage.prove(stage.sign())
    assert (row.sign_count, row.last_used_at) == (0, None)


def test_a_counter_that_went_back_is_a_copy(stage: Stage) -> None:
    stage.register()
    stage.device.count = 9
    stage.prove(stage.sign())

    for count in (9, 5, -1):
        stage.device.count = max(-1, count - 1)
        with pytest.raises(Forbidden):
            stage.prove(stage.sign())


def test_a_key_of_somebody_else_is_refused(stage: Stage) -> None:
    stage.register()
    stage.device.key = Device().key

    with pytest.raises(Forbidden):
        stage.prove(stage.sign())


def test_an_answer_holds_once(stage: Stage) -> None:
    stage.register()
    answer = stage.sign()
    stage.prove(answer)

    with pytest.raises(BadToken):
        stage.prove(answer)


@pytest.mark.parametrize(
    "other",
    [
        {"browser": "another seed"},
        {"provider_id": 99},
        {"host": "globex.localhost"},
    ],
)
def test_a_question_is_of_one_browser_provider_and_host(
    stage: Stage, other: dict[str, str]
) -> None:
    stage.register()
    answer = stage.sign()
    stage.visit = replace(stage.visit, **other)  # type: ignore[arg-type]  # a table of changes

    with pytest.raises(BadToken):
        stage.prove(answer)


def test_a_question_has_one_purpose(stage: Stage) -> None:
    stage.register()

    with pytest.raises(BadToken):
        stage.prove(stage.sign(), stage.user.id)
    with pytest.raises(BadToken):
        stage.prove(stage.sign(stage.user.id))


def test_a_question_ends(stage: Stage) -> None:
    stage.register()
    answer = stage.sign()
    clock = stage.installation.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(minutes=16))

    with pytest.raises(BadToken):
        stage.prove(answer)


def test_a_passkey_is_no_second_factor_of_somebody_else(stage: Stage) -> None:
    row = stage.register()
    other = stage.db.exec(select(User).where(User.id != stage.user.id)).first()
    assert other is not None
    row.user_id = other.id
    stage.db.flush()

    with pytest.raises(Forbidden):
        stage.prove(stage.sign(stage.user.id), stage.user.id)
    stage.device.handle = b"somebody"
    with pytest.raises(Forbidden):
        stage.prove(stage.sign())


GARBAGE = (
    "",
    "null",
    "[]",
    "{",
    '{"response": 1}',
    '{"response": {"clientDataJSON": "!"}}',
    '{"response": {"clientDataJSON": 5}}',
    json.dumps({"response": {"clientDataJSON": encoded(b'{"challenge": null}')}}),
    json.dumps({"response": {"clientDataJSON": encoded(b'{"challenge": "\xc3\xa4"}')}}),
    "[" * 30_000,
    "\ud800",
)


@pytest.mark.parametrize("text", GARBAGE)
def test_what_is_no_answer_is_refused(stage: Stage, text: str) -> None:
    for call in (
        lambda: stage.prove(text),
        lambda: check_new_passkey(stage.db, stage.installation, stage.visit, 1, text),
    ):
        with pytest.raises(DomainError):
            call()


@pytest.mark.parametrize("broken", ["signature", "authenticatorData", "clientDataJSON"])
def test_a_broken_answer_is_refused(stage: Stage, broken: str) -> None:
    stage.register()
    for value in ("", "AAAA", 7, None, ["x"]):
        document = json.loads(stage.sign())
        document["response"][broken] = value
        with pytest.raises(DomainError):
            stage.prove(json.dumps(document))
