"""Users of an account and invitations into it, in the admin portal."""

from sqlmodel import select

from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def where(acme: NewProvider) -> str:
    return f"/accounts/{acme.sample.user.account_id}"


def find(deps: Dependencies, name: str) -> User | None:
    with deps.database.read() as db:
        return db.exec(select(User).where(User.username == name)).first()


def test_a_user_is_added_changed_and_deleted(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    users = f"{where(acme)}/users"
    values = {"username": "ann", "email": "ann@x.example", "role": "member"}
    added = admin.done(users, "user", **values, password="correct horse battery")
    ann = find(deps, "ann")
    assert ann
    changed = admin.done(f"{users}/{ann.id}", "user", **{**values, "role": "admin"})
    gone = admin.done(f"{users}/{ann.id}/delete")

    assert "ann is created, and may log in now." in added
    assert "ann is saved." in changed
    assert "ann is deleted." in gone
    assert find(deps, "ann") is None


def test_a_user_has_the_fields_that_the_provider_defined(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        team = {"target": "user", "name": "team", "label": "Team", "choices": ["Red", "Blue"]}
        FIELD_DEFINITIONS.create(by(db, staff(acme)), team)
    users = f"{where(acme)}/users"
    values = {"username": "ann", "email": "ann@x.example", "locale": "es"}

    refused = admin.send(users, "user", **values, team="Green")
    admin.done(users, "user", **values, team="Red")
    ann = find(deps, "ann")
    assert ann
    admin.done(f"{users}/{ann.id}", "user", **values, team="Blue")
    changed = find(deps, "ann")

    assert "Team" in admin.page(f"{users}/new")
    assert refused.status_code == 422
    assert (ann.locale, ann.extra_fields) == ("es", {"team": "Red"})
    assert changed
    assert changed.extra_fields == {"team": "Blue"}
    assert "no choice any more" not in admin.page(f"{users}/{ann.id}")


def test_a_refused_user_is_shown_again(acme: NewProvider, admin: Browser) -> None:
    sent = {"username": "x", "email": "ann@x.example", "role": "member", "first_name": "Ann"}

    answer = admin.send(f"{where(acme)}/users", "user", **sent)

    assert answer.status_code == 422
    assert 'value="Ann"' in answer.text


def test_somebody_is_invited_again_and_no_more(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    invited = admin.done(f"{where(acme)}/invitations", "invite", email="bob@x.example")
    with deps.database.read() as db:
        own = f"{where(acme)}/invitations/{db.exec(select(Invitation.id)).one()}"
    listed = admin.page("/invitations")
    again = admin.done(f"{own}/resend", back="/p/admin/invitations?state=open")
    gone = admin.done(f"{own}/withdraw")

    assert "bob@x.example is invited by mail." in invited
    assert f'action="/p/admin{own}/resend"' in listed
    assert "bob@x.example is invited again." in again
    assert "<h1>Invitations</h1>" in again
    assert "Its link is dead." in gone
    assert admin.send(f"{own}/resend").status_code == 404


def test_an_address_that_is_a_users_is_told_at_the_field(acme: NewProvider, admin: Browser) -> None:
    answer = admin.send(f"{where(acme)}/invitations", "invite", email=acme.sample.user.email)

    assert answer.status_code == 409
    assert "is the address of a user already." in answer.text
