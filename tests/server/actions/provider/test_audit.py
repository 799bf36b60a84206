"""The audit log: the provider's own, by permission."""

import pytest
from sqlmodel import Session

from server.actions.provider.audit import events_query
from server.actions.provider.providers import NewProvider
from server.auth.actors import actor_of_user
from server.domain.errors import Forbidden, NotFound
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.server.actions.conftest import without


def test_a_provider_sees_its_own_events_only(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    for provider in (acme, globex):
        events = db.exec(events_query(staff(provider))).all()
        assert {event.provider_id for event in events} == {provider.provider.id}
        assert {"provider.created", "account.created"} <= {event.kind for event in events}


def test_the_log_is_for_those_with_its_permission(acme: NewProvider, db: Session) -> None:
    with pytest.raises(Forbidden):
        events_query(without(acme, Permission.AUDIT_READ))
    with pytest.raises(NotFound):
        events_query(actor_of_user(acme.sample.user))


def test_no_event_holds_a_secret(acme: NewProvider, db: Session) -> None:
    said = " ".join(str(event.model_dump()) for event in db.exec(events_query(staff(acme))))

    for secret in (
        acme.admin_password,
        acme.provider_key,
        acme.access_token,
        acme.sample.password,
        acme.sample.user.password_hash,
    ):
        assert secret not in said
