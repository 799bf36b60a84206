"""Kept mails show a link only while somebody needs it there."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from server.actions.accounts.users import PASSWORD_RESET, issue_link, reset_password
from server.actions.messages.mails import (
    REMOVED,
    body_of,
    drop_dead_links,
    drop_link,
    put_body,
    shown_body,
)
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.installation import Installation
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by

NEW = "another four words"


def empty(acme: NewProvider, state: str) -> Mail:
    """Make a mail that says nothing yet."""
    return Mail(
        provider_id=acme.provider.id, template="t", sender="s", recipient="r", subject="s",
        state=state, body_sealed=b"",
    )  # fmt: skip


def kept(
    db: Session, deps: Dependencies, acme: NewProvider, state: str = "kept"
) -> tuple[Mail, str]:
    """Keep a mail with a live link."""
    code = issue_link(db, deps.installation, db.get_one(User, acme.admin.id), PASSWORD_RESET)
    db.flush()
    mail = empty(acme, state)
    put_body(db, deps.installation, mail, f"http://x/?password_reset_token={code} it is")
    db.add(mail)
    db.flush()
    return mail, code


@pytest.mark.parametrize(
    ("case", "is_shown"),
    [
        (("kept", True), True),
        (("kept", False), False),
        (("sent", True), False),
        (("queued", False), False),
    ],
)
def test_a_live_link_is_shown_only_where_mails_are_kept(
    deps: Dependencies, acme: NewProvider, db: Session, case: tuple[str, bool], is_shown: bool
) -> None:
    state, are_kept = case
    mail, code = kept(db, deps, acme, state)

    shown = shown_body(by(db, staff(acme), deps.installation), mail, are_kept=are_kept)

    assert (code in shown) == is_shown
    assert shown.endswith(" it is")


def test_who_may_not_read_secrets_sees_the_mail_without_its_link(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    mail, code = kept(db, deps, acme)
    actor = staff(acme)
    less = replace(actor, permissions=actor.permissions - {Permission.SETTINGS_SECRETS})

    shown = shown_body(by(db, less, deps.installation), mail, are_kept=True)

    assert code not in shown
    assert REMOVED in shown


def test_a_used_link_is_taken_out_of_its_mail(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    mail, code = kept(db, deps, acme)

    reset_password(db, deps.installation, acme.provider.id, code, NEW)

    assert code not in body_of(deps.installation, mail)
    assert mail.link_digest is None


def test_a_replaced_link_is_taken_out_of_its_mail(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    first, old = kept(db, deps, acme)
    second, new = kept(db, deps, acme)

    assert old not in body_of(deps.installation, first)
    assert new in body_of(deps.installation, second)


def test_an_expired_link_is_taken_out_by_the_clean_up(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    mail, code = kept(db, deps, acme)
    later = Installation(
        deps.installation.vault, deps.installation.addresses, Later(deps.installation)
    )

    assert drop_dead_links(db, deps.installation) == 0
    assert code not in shown_body(by(db, staff(acme), later), mail, are_kept=True)
    assert drop_dead_links(db, later) == 1
    assert code not in body_of(deps.installation, mail)


class Later:
    """A clock a month ahead."""

    def __init__(self, installation: Installation) -> None:
        self._clock = installation.clock

    def now(self) -> datetime:
        return self._clock.now() + timedelta(days=31)


def test_a_mail_without_a_link_stays_as_it_is(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    mail = empty(acme, "kept")
    put_body(db, deps.installation, mail, f"A number of ours: {'ab' * 24}")

    drop_link(deps.installation, mail)

    assert "ab" * 24 in body_of(deps.installation, mail)
