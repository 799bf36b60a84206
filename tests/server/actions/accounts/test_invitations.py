"""Invitations: who may send them, whom they reach, what their links open and when they end."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from server.actions.accounts.invitations import (
    accept_invitation,
    get_invitation_by_link,
    invite_user,
    issue_invitation_link,
    resend_invitation,
    withdraw_invitation,
)
from server.actions.accounts.users import create_user, delete_user, update_user
from server.actions.messages.preferences import update_preferences
from server.actions.portal.openings import note_opening
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.domain.accounts.invitations import INVITATION_LIFETIME, Invitation
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import BadToken, Conflict, Forbidden, Invalid, LastAdmin, NotFound, Taken
from server.domain.installation import Installation
from server.domain.messages.preferences import NotificationPreference
from server.domain.portal.openings import TemplateOpening
from server.kit.clock import FixedClock, utc_now
from tests.kit.make import TEST_VAULT, staff
from tests.kit.work import HERE, by

ANN = "ann@x.example"
JOINS = {"username": "ann", "password": "correct horse battery"}


def as_john(db: Session, acme: NewProvider) -> Work:
    return by(db, actor_of_user(db.get_one(User, acme.sample.user.id)))


def home(acme: NewProvider) -> int:
    return acme.sample.user.account_id or 0


def link_of(db: Session, invitation: Invitation) -> str:
    return issue_invitation_link(db, HERE, invitation)


def joined(db: Session, acme: NewProvider, **over: str) -> User:
    """Let somebody join the sample account as a member."""
    invitation = invite_user(as_john(db, acme), home(acme), {"email": ANN})
    visitor = by(db, Actor.anonymous(acme.provider.id))
    return accept_invitation(visitor, link_of(db, invitation), {**JOINS, **over})


def test_who_accepts_is_an_active_member_with_the_invited_address(
    db: Session, acme: NewProvider
) -> None:
    user = joined(db, acme, first_name="Ann")

    assert (user.account_id, user.role, user.state) == (home(acme), "member", "active")
    assert (user.email, user.first_name, user.audience) == (ANN, "Ann", "developer")
    assert db.exec(select(Invitation)).one().accepted_at is not None


def test_a_link_opens_one_account_once(db: Session, acme: NewProvider) -> None:
    invitation = invite_user(as_john(db, acme), home(acme), {"email": ANN})
    token, visitor = link_of(db, invitation), by(db, Actor.anonymous(acme.provider.id))
    accept_invitation(visitor, token, JOINS)

    with pytest.raises(BadToken):
        accept_invitation(visitor, token, {**JOINS, "username": "again"})
    with pytest.raises(BadToken):
        get_invitation_by_link(db, HERE, acme.provider.id + 1, token)


def test_sending_again_and_withdrawing_end_the_link_before(db: Session, acme: NewProvider) -> None:
    john = as_john(db, acme)
    invitation = invite_user(john, home(acme), {"email": ANN})
    first = link_of(db, invitation)
    resend_invitation(john, invitation.id)
    second = link_of(db, invitation)
    with pytest.raises(BadToken):
        get_invitation_by_link(db, HERE, acme.provider.id, first)
    assert get_invitation_by_link(db, HERE, acme.provider.id, second) == invitation

    withdraw_invitation(john, invitation.id)

    with pytest.raises(BadToken):
        get_invitation_by_link(db, HERE, acme.provider.id, second)


def test_a_link_ends_after_seven_days(db: Session, acme: NewProvider) -> None:
    invitation = invite_user(as_john(db, acme), home(acme), {"email": ANN})
    token = link_of(db, invitation)
    later = FixedClock(utc_now() + INVITATION_LIFETIME + timedelta(minutes=1))

    with pytest.raises(BadToken):
        get_invitation_by_link(
            db, Installation(TEST_VAULT, HERE.addresses, later), acme.provider.id, token
        )
    assert invitation.state_at(later.now()) == "expired"
    assert invitation.state_at(utc_now()) == "open"


def test_an_address_elsewhere_is_no_secret_of_the_staffs_but_of_developers(
    db: Session, acme: NewProvider
) -> None:
    other = User(
        provider_id=acme.provider.id, audience="developer", username="mia", email="mia@x.example"
    )
    db.add(other)
    db.flush()

    invited = invite_user(as_john(db, acme), home(acme), {"email": "mia@x.example"})
    withdraw_invitation(as_john(db, acme), invited.id)

    with pytest.raises(Taken) as refusal:
        invite_user(by(db, staff(acme)), home(acme), {"email": "mia@x.example"})
    assert refusal.value.field == "email"


@pytest.mark.parametrize(("email", "error"), [("", Invalid), ("no address", Invalid), (ANN, Taken)])
def test_what_can_not_be_invited_is_told_at_the_field(
    db: Session, acme: NewProvider, email: str, error: type[Exception]
) -> None:
    invite_user(as_john(db, acme), home(acme), {"email": ANN})

    with pytest.raises(error) as refusal:
        invite_user(as_john(db, acme), home(acme), {"email": email})
    assert getattr(refusal.value, "field", "") == "email"


def test_a_wrong_password_leaves_the_link_alone(db: Session, acme: NewProvider) -> None:
    invitation = invite_user(as_john(db, acme), home(acme), {"email": ANN})
    token, visitor = link_of(db, invitation), by(db, Actor.anonymous(acme.provider.id))

    with pytest.raises(Invalid):
        accept_invitation(visitor, token, {**JOINS, "password": "short"})
    assert accept_invitation(visitor, token, JOINS).username == "ann"


def test_a_member_neither_invites_nor_manages(db: Session, acme: NewProvider) -> None:
    member = by(db, actor_of_user(joined(db, acme)))
    john = acme.sample.user.id

    for act in (
        lambda: invite_user(member, home(acme), {"email": "bob@x.example"}),
        lambda: update_user(member, john, {"role": "member"}),
        lambda: delete_user(member, john),
    ):
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize("switch", ["multiple_users", "useraccountarea_enabled"])
def test_where_the_provider_manages_users_developers_do_not(
    db: Session, acme: NewProvider, switch: str
) -> None:
    ann = joined(db, acme)
    update_settings(by(db, staff(acme)), {switch: False})
    john = as_john(db, acme)

    for act in (
        lambda: invite_user(john, home(acme), {"email": "bob@x.example"}),
        lambda: update_user(john, ann.id, {"role": "admin"}),
        lambda: delete_user(john, ann.id),
    ):
        with pytest.raises(Forbidden):
            act()
    bob = invite_user(by(db, staff(acme)), home(acme), {"email": "bob@x.example"})
    assert bob.email == "bob@x.example"


def test_the_last_admin_stays_one(db: Session, acme: NewProvider) -> None:
    ann, work = joined(db, acme), by(db, staff(acme))
    john = acme.sample.user.id

    with pytest.raises(LastAdmin):
        update_user(work, john, {"role": "member"})
    with pytest.raises(LastAdmin):
        delete_user(work, john)
    update_user(work, ann.id, {"role": "admin"})
    assert delete_user(work, john).username == "john"


def test_nobody_deletes_himself_or_somebody_elsewhere(db: Session, acme: NewProvider) -> None:
    john = as_john(db, acme)

    with pytest.raises(Conflict):
        delete_user(john, acme.sample.user.id)
    with pytest.raises(NotFound):
        delete_user(john, acme.admin.id)
    with pytest.raises(NotFound):
        invite_user(john, home(acme) + 1, {"email": ANN})


def test_a_deleted_address_can_be_invited_again(db: Session, acme: NewProvider) -> None:
    ann = joined(db, acme)
    delete_user(as_john(db, acme), ann.id)

    assert joined(db, acme).username == "ann"


def test_who_accepts_fills_in_the_fields_of_users_as_who_signs_up(
    db: Session, acme: NewProvider
) -> None:
    for name, flags in (("team", {"required": True}), ("rating", {"hidden": True})):
        FIELD_DEFINITIONS.create(
            by(db, staff(acme)), {"target": "user", "name": name, "label": name, **flags}
        )
    invitation = invite_user(as_john(db, acme), home(acme), {"email": ANN})
    visitor = by(db, Actor.anonymous(acme.provider.id))
    token = link_of(db, invitation)

    for extra, field in (({}, "team"), ({"team": "Red", "rating": "5"}, "rating")):
        with pytest.raises(Invalid) as refused:
            accept_invitation(visitor, token, {**JOINS, "extra_fields": extra})
        assert refused.value.field == field
    user = accept_invitation(visitor, token, {**JOINS, "extra_fields": {"team": "Red"}})

    assert user.extra_fields == {"team": "Red"}


def test_rows_of_a_deleted_user_go_with_him(db: Session, acme: NewProvider) -> None:
    owner = by(db, staff(acme))
    gone = create_user(owner, None, {"username": "gone", "email": "g@x.example", "role": "admin"})
    kept = create_user(owner, None, {"username": "kept", "email": "k@x.example", "role": "admin"})
    page = TEMPLATES.create(owner, {"kind": "page", "title": "A", "name": "/a"})
    for user in (gone, kept):
        update_preferences(by(db, actor_of_user(user)), {"message_received": False})
        note_opening(by(db, actor_of_user(user)), page.id)

    delete_user(owner, gone.id)
    db.expire_all()

    for left in (NotificationPreference.user_id, TemplateOpening.user_id):
        assert list(db.exec(select(left))) == [kept.id]
