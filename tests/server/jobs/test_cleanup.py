"""What is past its time goes, the rest stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import OneTimeToken, UserSession
from server.domain.analytics.usage import UsageBatch, UsageTotal
from server.domain.messages.mails import Mail
from server.jobs import cleanup
from server.jobs.cleanup import clean_up
from tests.kit.make import TEST_VAULT

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def session(acme: NewProvider, digest: str, *, seen: timedelta, ends: timedelta) -> UserSession:
    return UserSession(
        provider_id=acme.provider.id,
        user_id=acme.admin.id,
        digest=digest,
        expires_at=NOW + ends,
        last_seen_at=NOW - seen,
    )


def link(acme: NewProvider, digest: str, ends: timedelta) -> OneTimeToken:
    return OneTimeToken(
        provider_id=acme.provider.id,
        user_id=acme.admin.id,
        purpose="activation",
        digest=digest,
        expires_at=NOW + ends,
    )


def mail(acme: NewProvider, subject: str, age: timedelta, state: str) -> Mail:
    return Mail(
        provider_id=acme.provider.id,
        template="t",
        sender="s",
        recipient="r",
        subject=subject,
        body_sealed=TEST_VAULT.seal("b"),
        state=state,
        created_at=NOW - age,
    )


def total(application_id: int, period: str, age: timedelta) -> UsageTotal:
    return UsageTotal(
        application_id=application_id,
        metric_id=1,
        period=period,
        window_start=NOW - age,
        service_id=1,
        value=1,
    )


def add(deps: Dependencies, *rows: SQLModel) -> None:
    with deps.database.write() as db:
        db.add_all(rows)


def test_only_what_is_past_its_time_goes(deps: Dependencies, acme: NewProvider) -> None:
    add(
        deps,
        session(acme, "live", seen=HOUR, ends=DAY),
        session(acme, "expired", seen=HOUR, ends=-MINUTE),
        session(acme, "idle", seen=3 * DAY, ends=DAY),
        link(acme, "live", HOUR),
        link(acme, "expired", -MINUTE),
        mail(acme, "young", 29 * DAY, "sent"),
        mail(acme, "old", 31 * DAY, "sent"),
        mail(acme, "old and kept", 31 * DAY, "kept"),
        mail(acme, "old but unsent", 31 * DAY, "queued"),
        total(1, "minute", 59 * MINUTE),
        total(2, "minute", 61 * MINUTE),
        total(3, "hour", 99 * DAY),
        UsageBatch(id="young", folded_at=NOW - HOUR),
        UsageBatch(id="old", folded_at=NOW - 25 * HOUR),
    )

    deleted = clean_up(deps.database, NOW)

    assert deleted == 7
    with deps.database.read() as db:
        assert db.exec(select(UserSession.digest)).all() == ["live"]
        assert db.exec(select(OneTimeToken.digest)).all() == ["live"]
        assert sorted(db.exec(select(Mail.subject))) == ["old but unsent", "young"]
        assert sorted(db.exec(select(UsageTotal.application_id))) == [1, 3]
        assert db.exec(select(UsageBatch.id)).all() == ["young"]


def test_many_rows_go_in_chunks(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "CHUNK", 10)
    add(deps, *(total(number, "minute", DAY) for number in range(1, 26)))

    assert clean_up(deps.database, NOW) == 25
