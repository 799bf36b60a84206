"""Accounts with their people, taken over one after the other."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from server.actions.accounts.accounts import (
    ACCOUNTS,
    approve_account,
    change_account_plan,
    make_account_pending,
    reject_account,
    resume_account,
    suspend_account,
    update_account,
)
from server.actions.accounts.users import (
    activate_user,
    ask_password_reset,
    create_user,
    suspend_user,
    unsuspend_user,
    update_user,
)
from server.actions.moving.moved_objects import find_moved
from server.actions.provider.fields import EXTRA
from server.actions.work import Work
from server.as_code.moving.applications import Applications
from server.as_code.moving.move import (
    Move,
    extras_of,
    find_standing,
    free_id,
    is_same,
    number_of,
)
from server.as_code.moving.tenant import Record
from server.as_code.moving.wanted import digest_of
from server.domain.accounts.accounts import Account
from server.domain.accounts.billing import GIVEN, LINES, NEEDED
from server.domain.accounts.users import User
from server.domain.errors import Invalid
from server.domain.events import savepoint
from server.domain.moving.moved_objects import MovedObject
from server.domain.plans.plans import AccountPlan
from server.domain.provider.field_definitions import FieldTarget
from server.kit.numbering import numbered

FLAGS = ("monthly_billing_enabled", "monthly_charging_enabled")
STEPS: Mapping[str, Any] = {
    "approved": approve_account,
    "pending": make_account_pending,
    "rejected": reject_account,
    "suspended": suspend_account,
}


# As documents in XML call lines of a billing address.
LINES_OF_XML = {"company": "name", "phone_number": "phone"}


def _address_of(record: Record) -> dict[str, str]:
    """Pick the billing address that a document of either language tells.

    One that lacks what is needed was never given: the reference fills in name and country itself.
    """
    told = record.get(GIVEN) or {}
    if not isinstance(told, Mapping):
        return {}
    lines = {LINES_OF_XML.get(name, name): text for name, text in told.items()}
    kept = {name: str(lines[name]) for name in LINES if lines.get(name)}
    return kept if {*NEEDED} <= {*kept} else {}


class Accounts:
    """Takes accounts over, each with all that is below it in one transaction."""

    def __init__(self, move: Move) -> None:
        self.move = move
        self.applications = Applications(move)

    def take(self, work: Work, record: Record) -> None:
        """Take an account over, or what of it is another by now."""
        name = ("account", str(record["id"]))
        what = f"account {record.get('org_name')}"
        noted = find_moved(work, self.move.origin, *name)
        values = self._values(work, record)
        account = find_standing(work.db, Account, noted)
        if not is_same(noted, values):
            known = {} if account is None or noted is None else noted.kept.get("values", {})
            with self.move.trying(work, what):
                account = self._put(work, record, values, account, known)
                kept = {"values": values}
                self.move.keep(work, name, account.id, digest=digest_of(values), kept=kept)
        if account is None:
            return
        if record.get("credit_card_stored"):
            told = "a card is stored there, whose reference the API does not tell."
            self.move.report.miss(what, told, "Store it anew with your payment gateway.")
        for user in record.get("users") or ():
            self._take_user(work, account, user)
        self.applications.take(work, account, record)

    def _values(self, work: Work, record: Record) -> dict[str, Any]:
        plan = record.get("plan") or {}
        annotations = record.get("annotations") or {}
        return {
            "org_name": record.get("org_name"),
            "state": record.get("state"),
            "plan": self.move.link("account_plan", plan.get("id")),
            "managed_by": annotations.get("managed_by", "") if annotations else "",
            **{flag: record[flag] for flag in FLAGS if isinstance(record.get(flag), bool)},
            GIVEN: _address_of(record),
            EXTRA: extras_of(work, FieldTarget.ACCOUNT, record),
        }

    def _put(
        self,
        work: Work,
        record: Record,
        values: Mapping[str, Any],
        account: Account | None,
        known: Mapping[str, Any],
    ) -> Account:
        """Make an account, or change of it what is another there. Raises: DomainError."""
        own = {name: values[name] for name in ("org_name", "managed_by", *FLAGS) if name in values}
        what = f"account {values['org_name']}"
        is_new = account is None
        if account is None:
            plan_id = values["plan"] or self._default_plan(work)
            if (record.get("plan") or {}).get("id") and not values["plan"]:
                told = "could not be taken over: it is on the default plan."
                self.move.report.miss(f"{what}, its account plan", told, "Change its plan.")
            with numbered(work.db, Account, free_id(work.db, Account, number_of(record))):
                account = ACCOUNTS.create(
                    work, own, account_plan_id=plan_id, created_by_provider=True
                )
            self.move.report.did("created", "account", f"+ {what}")
        else:
            changed = {name: value for name, value in own.items() if known.get(name) != value}
            if changed:
                update_account(work, account.id, changed)
            if values["plan"] and values["plan"] != known.get("plan"):
                change_account_plan(work, account.id, values["plan"])
            self.move.report.did("changed", "account", f"~ {what}")
        if values[GIVEN] != known.get(GIVEN, {}):
            with self.move.trying(work, f"{what}, billing address"):
                update_account(work, account.id, {GIVEN: values[GIVEN]})
        for name, value in values[EXTRA].items():
            if is_new or known.get(EXTRA, {}).get(name) != value:
                with self.move.trying(work, f"{what}, {name}"):
                    update_account(work, account.id, {EXTRA: {name: value}})
        if is_new or values["state"] != known.get("state"):
            self._to_state(work, account, str(values["state"] or ""), what)
        return account

    def _default_plan(self, work: Work) -> int:
        """Find the plan of whose record tells none. Raises: NotFound."""
        query = select(AccountPlan.id).where(AccountPlan.provider_id == work.actor.provider_id)
        return work.db.exec(query.order_by(col(AccountPlan.is_default).desc()).limit(1)).one()

    def _to_state(self, work: Work, account: Account, state: str, what: str) -> None:
        if state == "scheduled_for_deletion":
            told = "it is going to be deleted there; here it is suspended."
            self.move.report.miss(what, told, "Delete it.")
            state = "suspended"
        if state == account.state:
            return
        if state not in STEPS:
            if state:
                told = f"its state there is {state}, which is none here: it is {account.state}."
                self.move.report.miss(f"{what}, state", told, "Approve or suspend it.")
            return
        with self.move.trying(work, f"{what}, state {state}"):
            if account.state == "suspended":
                resume_account(work, account.id)
            if account.state != state:
                STEPS[state](work, account.id)

    def _take_user(self, work: Work, account: Account, record: Record) -> None:
        name = ("user", str(record["id"]))
        what = f"user {record.get('username')} of {account.org_name}"
        noted = find_moved(work, self.move.origin, *name)
        values = {
            "username": record.get("username") or "",
            "email": record.get("email") or "",
            **{part: record.get(part) or "" for part in ("first_name", "last_name")},
            "role": record.get("role") or "member",
            "state": record.get("state"),
            EXTRA: extras_of(work, FieldTarget.USER, record),
        }
        user = find_standing(work.db, User, noted)
        if not is_same(noted, values):
            known = {} if user is None or noted is None else noted.kept.get("values", {})
            with self.move.trying(work, what):
                user = self._put_user(work, account, (record, values, known), user)
                kept = {**(noted.kept if noted else {}), "values": values}
                noted = self.move.keep(work, name, user.id, digest=digest_of(values), kept=kept)
        if user is not None and noted is not None:
            self._mail(work, user, noted)

    def _put_user(
        self,
        work: Work,
        account: Account,
        told: tuple[Record, Mapping[str, Any], Mapping[str, Any]],
        user: User | None,
    ) -> User:
        """Make a user without a password, or change what is another there. Raises: DomainError."""
        record, values, known = told
        names = ("username", "email", "first_name", "last_name", "role")
        what = f"user {values['username']} of {account.org_name}"
        is_new = user is None
        if user is None:
            with numbered(work.db, User, free_id(work.db, User, number_of(record))):
                given = {name: values[name] for name in names}
                user = self._create_user(work, account, given, record.get("password"))
            self.move.report.did("created", "user", f"+ {what}")
        else:
            changed = {
                name: values[name]
                for name in names
                if known.get(name, values[name]) != values[name]
            }
            if changed:
                update_user(work, user.id, changed)
            self.move.report.did("changed", "user", f"~ {what}")
        for name, value in values[EXTRA].items():
            if is_new or known.get(EXTRA, {}).get(name) != value:
                with self.move.trying(work, f"{what}, {name}"):
                    update_user(work, user.id, {EXTRA: {name: value}})
        if is_new or values["state"] != known.get("state"):
            self._user_to_state(work, user, str(values["state"] or ""))
        return user

    def _create_user(
        self, work: Work, account: Account, given: Mapping[str, Any], password: str | None
    ) -> User:
        """Make a user with the password that files tell, unless it is too weak for here.

        Raises: DomainError.
        """
        if password:
            try:
                with savepoint(work.db):
                    return create_user(work, account.id, {**given, "password": password})
            except Invalid as error:
                if error.field != "password":
                    raise
                what = f"user {given['username']} of {account.org_name}, password"
                way_out = "A link to choose another one goes to the mail address."
                self.move.report.miss(what, f"It {error.message}", way_out)
        return create_user(work, account.id, given)

    def _user_to_state(self, work: Work, user: User, state: str) -> None:
        if state == "suspended" and user.state != "suspended":
            suspend_user(work, user.id)
            return
        if state in {"active", "email_unverified"}:
            if user.state == "suspended":
                unsuspend_user(work, user.id)
            if user.state == "pending":
                activate_user(work, user.id)

    def _mail(self, work: Work, user: User, noted: MovedObject) -> None:
        """Have a link to a new password mailed, once: none of the old ones came along."""
        is_due = user.state == "active" and not user.password_hash and user.email
        if not (self.move.mails and is_due) or noted.kept.get("mailed"):
            return
        ask_password_reset(work, "developer", user.email)
        noted.kept = {**noted.kept, "mailed": True}
        work.db.add(noted)
        self.move.report.did("mailed", "user", f"@ {user.email}: a link to a new password")
