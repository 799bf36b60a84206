"""Every event that is told by mail gives its mails, to the right people."""

import pytest
from sqlmodel import Session, col, select

from server.actions.accounts.accounts import (
    reject_account,
)
from server.actions.accounts.invitations import invite_user
from server.actions.accounts.subscriptions import (
    approve_contract,
    suspend_contract,
    unsubscribe,
)
from server.actions.accounts.users import (
    ask_password_reset,
    create_user,
    follow_activation,
    repeat_signup,
    reset_password,
    update_user,
)
from server.actions.applications.applications import (
    change_application_plan,
    delete_application,
    suspend_application,
)
from server.actions.applications.keys import add_key
from server.actions.messages.messages import send_message
from server.actions.messages.preferences import leave_code, leave_mail
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import BadToken
from server.domain.events import EventKind, EventRecord
from server.domain.plans.plans import AccountPlan
from server.jobs.notifications import MAILS, notifications_of
from server.jobs.recipients import Notification, NotificationContext
from tests.kit.make import staff
from tests.kit.work import by
from tests.kit.world import other_plan
from tests.server.jobs.deeds import (
    Deed,
    accepted,
    account_plan_asked,
    approved,
    asked,
    contract_plan_asked,
    contract_trial_ending,
    domain_failing,
    domain_lost,
    factor_added,
    gallery_approved,
    gallery_refused,
    invited,
    john,
    key_gone,
    key_made,
    limit_reached,
    mail_changed,
    make_older,
    password_changed,
    pending_again,
    refused,
    rejected,
    signed_up,
    subscribed,
    topic_answered,
    topic_started,
    trial_ending,
    trial_over,
    webhook_paused,
    written_to,
)

JOHN = "admin+test@acme.example"
STAFF = "admin@acme.example"


def notifications(
    db: Session, deps: Dependencies, acme: NewProvider, kind: EventKind
) -> list[Notification]:
    """Write the notifications of the newest event of a kind."""
    query = select(EventRecord).where(EventRecord.kind == kind)
    event = db.exec(query.order_by(col(EventRecord.id).desc())).first()
    assert event is not None, f"nothing recorded {kind}"
    return list(notifications_of(NotificationContext(db, deps.installation, acme.provider, event)))


def addressed(found: list[Notification]) -> list[tuple[str, str]]:
    return [(notification.template, notification.recipient) for notification in found]


CASES: dict[EventKind, tuple[Deed, list[tuple[str, str]]]] = {
    EventKind.USER_SIGNED_UP: (
        signed_up,
        [("signup_notification_email", "peter@initech.example")],
    ),
    EventKind.INVITATION_SENT: (invited, [("invitation", "milton@x.example")]),
    EventKind.ACCOUNT_PLAN_CHANGE_ASKED: (
        account_plan_asked,
        [("account_plan_change_requested", STAFF)],
    ),
    EventKind.CONTRACT_CREATED: (
        lambda db, _deps, acme: subscribed(db, acme, john(db, acme)),
        [("service_contract_created", STAFF)],
    ),
    EventKind.CONTRACT_ACCEPTED: (
        lambda db, _deps, acme: approve_contract(
            by(db, staff(acme)), subscribed(db, acme, staff(acme), "pending").id
        ),
        [("service_contract_messenger_accept", JOHN)],
    ),
    EventKind.CONTRACT_SUSPENDED: (
        lambda db, _deps, acme: suspend_contract(
            by(db, staff(acme)), subscribed(db, acme, staff(acme)).id
        ),
        [("service_contract_messenger_suspended", JOHN)],
    ),
    EventKind.CONTRACT_DELETED: (
        lambda db, _deps, acme: unsubscribe(
            by(db, staff(acme)), subscribed(db, acme, staff(acme), "pending").id
        ),
        [("service_contract_messenger_reject", JOHN)],
    ),
    EventKind.CONTRACT_PLAN_CHANGE_ASKED: (
        contract_plan_asked,
        [("service_plan_change_requested", STAFF)],
    ),
    EventKind.PASSWORD_RESET_ASKED: (
        lambda db, _deps, acme: ask_password_reset(by(db, staff(acme)), "developer", JOHN),
        [("lost_password_email", JOHN)],
    ),
    EventKind.SIGNUP_REPEATED: (
        lambda db, _deps, acme: repeat_signup(by(db, staff(acme)), JOHN),
        [("signup_repeated_email", JOHN)],
    ),
    EventKind.ACCOUNT_PENDING: (
        lambda db, _deps, acme: pending_again(db, acme),
        [("account_confirmed", JOHN), ("account_created", STAFF)],
    ),
    EventKind.ACCOUNT_APPROVED: (approved, [("account_approved", JOHN)]),
    EventKind.ACCOUNT_REJECTED: (
        lambda db, _deps, acme: reject_account(
            by(db, staff(acme)), acme.sample.application.account_id
        ),
        [("account_rejected", JOHN)],
    ),
    EventKind.APPLICATION_ACCEPTED: (accepted, [("cinstance_messenger_accept", JOHN)]),
    EventKind.APPLICATION_SUSPENDED: (
        lambda db, _deps, acme: suspend_application(
            by(db, staff(acme)), acme.sample.application.id
        ),
        [("cinstance_messenger_suspended", JOHN)],
    ),
    EventKind.PLAN_CHANGED: (
        lambda db, _deps, acme: change_application_plan(
            by(db, staff(acme)), acme.sample.application.id, other_plan(db, acme)
        ),
        [("cinstance_messenger_plan_change_for_buyer", JOHN)],
    ),
    EventKind.PLAN_CHANGE_ASKED: (
        asked,
        [
            ("plans_messenger_plan_change_request_made", JOHN),
            ("application_plan_change_requested", STAFF),
        ],
    ),
    EventKind.PLAN_CHANGE_REFUSED: (refused, [("plan_change_request_refused", JOHN)]),
    EventKind.APPLICATION_REJECTED: (rejected, [("cinstance_messenger_reject", JOHN)]),
    EventKind.USER_UPDATED: (mail_changed, [("sign_in_changed_email", JOHN)]),
    EventKind.PASSWORD_CHANGED: (password_changed, [("password_changed_email", JOHN)]),
    EventKind.FACTORS_CHANGED: (factor_added, [("sign_in_security_email", JOHN)]),
    EventKind.KEY_CREATED: (key_made, [("cinstance_messenger_key_created", JOHN)]),
    EventKind.FORUM_TOPIC_CREATED: (topic_started, [("post_created", STAFF)]),
    EventKind.FORUM_POST_CREATED: (
        topic_answered,
        [("post_created", STAFF), ("new_forum_post", JOHN)],
    ),
    EventKind.GALLERY_APPROVED: (gallery_approved, [("gallery_approved", JOHN)]),
    EventKind.GALLERY_REFUSED: (gallery_refused, [("gallery_refused", JOHN)]),
    EventKind.APPLICATION_TRIAL_ENDING: (
        trial_ending,
        [("cinstance_messenger_expired_trial_period_notification", JOHN)],
    ),
    EventKind.APPLICATION_TRIAL_ENDED: (trial_over, [("cinstance_expired_trial", STAFF)]),
    EventKind.CONTRACT_TRIAL_ENDING: (
        contract_trial_ending,
        [("service_contract_messenger_expired_trial_period_notification", JOHN)],
    ),
    EventKind.MESSAGE_SENT: (written_to, [("message_for_buyer", JOHN)]),
    EventKind.LIMIT_REACHED: (
        limit_reached,
        [
            ("alert_messenger_limit_violation_for_buyer", JOHN),
            ("limit_violation_reached_provider", STAFF),
        ],
    ),
    EventKind.DOMAIN_FAILING: (domain_failing, [("domain_failing", STAFF)]),
    EventKind.WEBHOOK_PAUSED: (webhook_paused, [("webhook_paused", STAFF)]),
    EventKind.DOMAIN_LOST: (domain_lost, [("domain_lost", STAFF)]),
    EventKind.KEY_DELETED: (key_gone, [("cinstance_messenger_key_deleted", JOHN)]),
}


def test_every_mail_belongs_to_an_event() -> None:
    assert {template for kind in EventKind for template in kind.mails} == set(MAILS)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind.mails])
def test_an_event_is_told_to_the_right_people(
    db: Session, deps: Dependencies, acme: NewProvider, kind: EventKind
) -> None:
    deed, expected = CASES[kind]

    deed(db, deps, acme)

    found = notifications(db, deps, acme, kind)
    assert addressed(found) == expected
    for notification in found:
        variables = notification.variables()
        assert variables["provider"].id == acme.provider.id
        assert variables.get("user") is notification.to
        assert variables["url"].startswith("http://localhost:8000/")
        is_staff = notification.to is not None and notification.to.account_id is None
        assert ("/p/admin/" in variables["url"]) is is_staff


def test_a_refusal_of_the_gallery_tells_why(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    gallery_refused(db, deps, acme)

    (notification,) = notifications(db, deps, acme, EventKind.GALLERY_REFUSED)

    variables = notification.variables()
    assert variables["reason"] == "No pictures."
    assert variables["url"].endswith(f"/admin/applications/{acme.sample.application.id}/gallery")


def test_who_has_an_account_elsewhere_is_told_so_instead_of_a_link(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    peter = signed_up(db, deps, acme)
    invite_user(
        by(db, john(db, acme), deps.installation),
        acme.sample.application.account_id,
        {"email": peter.email},
    )

    found = notifications(db, deps, acme, EventKind.INVITATION_SENT)

    assert addressed(found) == [("invitation_known", "peter@initech.example")]
    assert found[0].variables()["url"].endswith("/login")


def test_the_link_of_the_activation_mail_activates(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    user = signed_up(db, deps, acme)

    (notification,) = notifications(db, deps, acme, EventKind.USER_SIGNED_UP)
    url = notification.variables()["url"]

    assert url.startswith("http://localhost:8000/activate/")
    follow_activation(db, deps.installation, acme.provider.id, url.rpartition("/")[2])
    assert user.state == "active"


def test_who_is_active_already_gets_no_activation_mail(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    signed_up(db, deps, acme).state = "active"

    assert notifications(db, deps, acme, EventKind.USER_SIGNED_UP) == []


@pytest.mark.parametrize("audience", ["developer", "provider"])
def test_the_link_of_the_reset_mail_sets_a_password(
    db: Session, deps: Dependencies, acme: NewProvider, audience: str
) -> None:
    email, page = {
        "developer": (JOHN, "/admin/account/password?password_reset_token="),
        "provider": (STAFF, "/p/admin/password?password_reset_token="),
    }[audience]
    ask_password_reset(by(db, staff(acme)), audience, email)

    (notification,) = notifications(db, deps, acme, EventKind.PASSWORD_RESET_ASKED)
    url = notification.variables()["url"]

    assert page in url
    token = url.rpartition("=")[2]
    provider_id = acme.provider.id
    user = reset_password(db, deps.installation, provider_id, token, "another horse battery")
    assert user.email == email


def test_an_approval_that_nobody_waited_for_is_not_told(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    user = signed_up(db, deps, acme)
    (notification,) = notifications(db, deps, acme, EventKind.USER_SIGNED_UP)
    token = notification.variables()["url"].rpartition("/")[2]

    follow_activation(db, deps.installation, acme.provider.id, token)

    assert user.account_id is not None
    assert db.get_one(Account, user.account_id).state == "approved"
    assert notifications(db, deps, acme, EventKind.ACCOUNT_APPROVED) == []


def test_an_approval_is_not_told_to_an_account_that_the_provider_made(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    account = db.get_one(Account, acme.sample.application.account_id)
    account.created_by_provider = True
    db.get_one(AccountPlan, account.account_plan_id).approval_required = True

    approved(db, deps, acme)

    assert notifications(db, deps, acme, EventKind.ACCOUNT_APPROVED) == []


def test_a_key_made_together_with_its_application_is_no_news(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    application.created_at = deps.installation.clock.now()

    add_key(by(db, staff(acme), deps.installation), application.id)

    assert notifications(db, deps, acme, EventKind.KEY_CREATED) == []


def test_who_did_it_is_not_told_but_his_colleagues_are(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    make_older(db, acme)
    account_id = acme.sample.application.account_id
    jane = {"username": "jane", "email": "jane@dev.example", "role": "admin"}
    create_user(by(db, staff(acme)), account_id, jane)

    add_key(by(db, john(db, acme), deps.installation), acme.sample.application.id)

    found = notifications(db, deps, acme, EventKind.KEY_CREATED)
    assert addressed(found) == [("cinstance_messenger_key_created", "jane@dev.example")]


def test_suspended_users_and_members_get_nothing(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    db.get_one(User, acme.sample.user.id).state = "suspended"
    account_id = acme.sample.application.account_id
    member = {"username": "member", "email": "member@dev.example"}
    create_user(by(db, staff(acme)), account_id, member)
    update_settings(by(db, staff(acme)), {"email_all_users": False})

    suspend_application(by(db, staff(acme)), acme.sample.application.id)

    assert notifications(db, deps, acme, EventKind.APPLICATION_SUSPENDED) == []


def test_all_users_of_an_account_are_told_where_the_provider_wants_that(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    member = {"username": "member", "email": "member@dev.example"}
    create_user(by(db, staff(acme)), acme.sample.application.account_id, member)

    suspend_application(by(db, staff(acme)), acme.sample.application.id)

    told = {one.recipient for one in notifications(db, deps, acme, EventKind.APPLICATION_SUSPENDED)}
    assert told == {JOHN, "member@dev.example"}


def test_who_has_left_a_mail_gets_the_others(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    written_to(db, deps, acme)
    user = db.get_one(User, acme.sample.user.id)
    visitor = by(db, Actor.anonymous(acme.provider.id), deps.installation)
    code = leave_code(deps.installation, user, "message_for_buyer")

    assert leave_mail(visitor, code) == (user, "message_for_buyer")
    assert notifications(db, deps, acme, EventKind.MESSAGE_SENT) == []
    limit_reached(db, deps, acme)
    assert len(notifications(db, deps, acme, EventKind.LIMIT_REACHED)) == 2
    for broken in (code[:-1] + "A", code.replace("message_for_buyer", "message_received"), "x", ""):
        with pytest.raises(BadToken):
            leave_mail(visitor, broken)


def test_a_developer_who_writes_is_told_to_the_staff(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    send_message(by(db, john(db, acme), deps.installation), {"body": "Rain"})

    found = notifications(db, deps, acme, EventKind.MESSAGE_SENT)
    assert addressed(found) == [("message_received", STAFF)]


def test_an_application_that_is_gone_by_now_is_not_written_about(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    suspend_application(by(db, staff(acme)), acme.sample.application.id)
    delete_application(by(db, staff(acme)), acme.sample.application.id)
    db.flush()

    assert notifications(db, deps, acme, EventKind.APPLICATION_SUSPENDED) == []


def test_a_new_mail_address_is_told_to_the_old_one_and_masked(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    mail_changed(db, deps, acme)

    (notification,) = notifications(db, deps, acme, EventKind.USER_UPDATED)

    assert notification.to
    assert (notification.recipient, notification.to.email) == (JOHN, "thief@evil.example")
    variables = notification.variables()
    assert (variables["new_email"], variables["new_username"]) == ("t…@e….example", "")


def test_a_new_username_is_told_and_another_name_is_not(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    for changes, told in (({"username": "jack"}, [JOHN]), ({"first_name": "Jack"}, [])):
        update_user(by(db, staff(acme)), acme.sample.user.id, changes)
        found = notifications(db, deps, acme, EventKind.USER_UPDATED)
        assert [each.recipient for each in found] == told


def test_a_first_mail_address_is_told_to_nobody(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    db.get_one(User, acme.sample.user.id).email = ""
    db.flush()
    mail_changed(db, deps, acme)

    assert notifications(db, deps, acme, EventKind.USER_UPDATED) == []


def test_a_mail_that_a_stranger_asked_for_goes_to_nobody(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    ask_password_reset(by(db, staff(acme)), "developer", "no@x.example")
    repeat_signup(by(db, staff(acme)), "no@x.example")

    for kind in (EventKind.PASSWORD_RESET_ASKED, EventKind.SIGNUP_REPEATED):
        assert notifications(db, deps, acme, kind) == []


@pytest.mark.parametrize("state", ["pending", "suspended"])
def test_who_may_not_log_in_gets_no_reset_link(
    db: Session, deps: Dependencies, acme: NewProvider, state: str
) -> None:
    db.get_one(User, acme.sample.user.id).state = state
    ask_password_reset(by(db, staff(acme)), "developer", JOHN)

    assert notifications(db, deps, acme, EventKind.PASSWORD_RESET_ASKED) == []
