"""What stands beside a text follows the other row, whoever changes it and how."""

from threading import Event, Thread
from time import sleep
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from server.actions.accounts.lists import AccountFilter, narrowed_accounts
from server.actions.applications.lists import ApplicationFilter, narrowed_applications
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.search import PEOPLE_BESIDE, search_text_of
from tests.kit.make import staff
from tests.kit.work import by


def accounts_saying(db: Session, acme: NewProvider, text: str) -> list[str]:
    """List the names of the accounts that a search finds."""
    query = narrowed_accounts(by(db, staff(acme)), AccountFilter(search=text)).query
    return sorted(row.org_name for row in db.exec(query))


def applications_saying(db: Session, acme: NewProvider, text: str) -> list[str]:
    """List the names of the applications that a search finds."""
    query = narrowed_applications(by(db, staff(acme)), ApplicationFilter(search=text)).query
    return sorted(row.name for row in db.exec(query))


def copy_of(row: Account | User | Application, **changed: object) -> dict[str, Any]:
    """Tell what another row like this has."""
    copied = row.model_dump(exclude={"id", "beside_text"})
    return (
        {**copied, "user_key_digest": b"other"} | changed
        if isinstance(row, Application)
        else {
            **copied,
            **changed,
        }
    )


def named(number: int, account: Account) -> dict[str, Any]:
    """Tell what a person is called, as rows are written without the ORM."""
    name = f"walnut{number}"
    text = search_text_of([name, f"{name}@nut.example"], {})
    return {
        "username": name,
        "email": f"{name}@nut.example",
        "search_text": text,
        "sort_name": name,
        "account_id": account.id,
    }


def test_it_follows_every_change(db: Session, acme: NewProvider) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    account = db.get_one(Account, application.account_id)
    person = db.exec(select(User).where(col(User.account_id) == account.id)).one()
    other = Account(**copy_of(account, org_name="Elm & Co"))
    db.add(other)
    db.flush()

    person.email = "ginkgo@birch.example"
    db.flush()
    assert accounts_saying(db, acme, "ginkgo") == [account.org_name]
    person.account_id = other.id
    db.flush()
    assert accounts_saying(db, acme, "ginkgo") == ["Elm & Co"]
    db.execute(delete(User).where(col(User.id) == person.id))
    assert accounts_saying(db, acme, "ginkgo") == []

    account.org_name = "Sequoia Ltd."
    db.flush()
    assert application.name in applications_saying(db, acme, "SEQUOIA")
    db.execute(update(Application).values(account_id=other.id))
    assert applications_saying(db, acme, "sequoia") == []
    assert application.name in applications_saying(db, acme, "elm & co")
    db.add(Application(**copy_of(application, name="Late one", application_id="late")))
    db.flush()
    assert "Late one" in applications_saying(db, acme, "elm &")


def test_an_account_of_many_people_is_found_by_each_of_them(db: Session, acme: NewProvider) -> None:
    account = db.get_one(Account, acme.sample.application.account_id)
    person = db.exec(select(User).where(col(User.account_id) == account.id)).one()
    for number in range(PEOPLE_BESIDE):
        db.execute(insert(User).values(copy_of(person) | named(number, account)))

    assert accounts_saying(db, acme, "walnut49@nut") == [account.org_name]
    assert accounts_saying(db, acme, person.username) == [account.org_name]
    assert accounts_saying(db, acme, "walnut50") == []
    db.execute(delete(User).where(col(User.username) == "walnut7"))
    assert accounts_saying(db, acme, "walnut7") == []
    assert accounts_saying(db, acme, "walnut8") == [account.org_name]


def test_of_two_who_come_at_once_both_stand_there(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.read() as db:
        account = db.get_one(Account, acme.sample.application.account_id)
        person = db.exec(select(User).where(col(User.account_id) == account.id)).one()
    is_there = Event()

    def come_first() -> None:
        with deps.database.write() as db:
            db.execute(insert(User).values(copy_of(person) | named(1, account)))
            is_there.set()
            sleep(0.2)  # the other one is on the way now

    first = Thread(target=come_first)
    first.start()
    is_there.wait()
    with deps.database.write() as db:
        db.execute(insert(User).values(copy_of(person) | named(2, account)))
    first.join()

    with deps.database.read() as db:
        found = [accounts_saying(db, acme, f"walnut{number}@") for number in (1, 2)]
    assert found == [[account.org_name]] * 2
