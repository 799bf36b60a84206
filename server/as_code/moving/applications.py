"""Subscriptions and applications of an account, with keys, filters, plans of their own, usage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import select

from gateway.windows import PERIODS, Period, window_of
from server.actions.accounts.subscriptions import (
    approve_contract,
    change_contract_plan,
    resume_contract,
    subscribe,
    suspend_contract,
)
from server.actions.applications.applications import (
    accept_application,
    change_application_plan,
    create_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import (
    add_key,
    delete_key,
    list_keys,
    replace_user_key,
)
from server.actions.applications.referrer_filters import add_filter, delete_filter, list_filters
from server.actions.applications.usage import note_usage_taken_over
from server.actions.moving.moved_objects import find_moved
from server.actions.provider.fields import EXTRA
from server.actions.work import Work
from server.as_code.moving.custom_plans import CustomPlans
from server.as_code.moving.move import (
    Count,
    Move,
    extras_of,
    find_standing,
    free_id,
    is_same,
    mark_of,
    number_of,
)
from server.as_code.moving.tenant import Record, Used
from server.as_code.moving.wanted import digest_of
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.applications.applications import Application
from server.domain.errors import Taken
from server.domain.moving.moved_objects import MovedObject
from server.domain.provider.field_definitions import FieldTarget
from server.kit.numbering import numbered

TIMES = ("first_traffic_at", "first_daily_traffic_at")
TEXTS = ("name", "description", "redirect_url")


class Applications:
    """Takes over what accounts are subscribed to."""

    def __init__(self, move: Move) -> None:
        self.move = move
        self.custom = CustomPlans(move)

    def take(self, work: Work, account: Account, record: Record) -> None:
        """Take over the subscriptions and applications of an account."""
        for subscription in record.get("service_subscriptions") or ():
            self._subscribe(work, account, subscription)
        for application in record.get("applications") or ():
            self._take(work, account, application)

    def _subscribe(self, work: Work, account: Account, record: Record) -> None:
        name = ("service_subscription", str(record["id"]))
        plan_id = self.move.link("service_plan", record.get("plan_id"))
        values = {"plan": plan_id, "state": record.get("state")}
        noted = find_moved(work, self.move.origin, *name)
        if is_same(noted, values):
            return
        what = f"subscription of {account.org_name} to service {record.get('service_id')}"
        if plan_id is None:
            self.move.report.miss(what, "its service plan could not be taken over.")
            return
        with self.move.trying(work, what):
            contract = self._contract(work, account, record, plan_id)
            self._settle(work, contract, str(record.get("state") or "live"))
            self.move.keep(work, name, contract.id, digest=digest_of(values))

    def _contract(
        self, work: Work, account: Account, record: Record, plan_id: int
    ) -> ServiceContract:
        service_id = self.move.link("service", record.get("service_id"))
        query = select(ServiceContract).where(
            ServiceContract.account_id == account.id, ServiceContract.service_id == service_id
        )
        found = work.db.exec(query).first()
        if found is None:
            made = subscribe(work, account.id, plan_id)
            self.move.report.did(
                "created", "subscription", f"+ subscription of {account.org_name}, {made.id}"
            )
            return made
        return change_contract_plan(work, found.id, plan_id)

    def _settle(self, work: Work, contract: ServiceContract, state: str) -> None:
        if contract.state == state:
            return
        if state == "live":
            (approve_contract if contract.state == "pending" else resume_contract)(
                work, contract.id
            )
        else:
            if state != "suspended":
                what = f"subscription {contract.id}"
                told = f"it is {state} there: here it is suspended."
                self.move.report.miss(what, told, "Resume it to let it in.")
            if contract.state != "suspended":
                suspend_contract(work, contract.id)

    def _take(self, work: Work, account: Account, record: Record) -> None:
        name = ("application", str(record["id"]))
        what = f"application {record.get('name')} of {account.org_name}"
        values = self._values(work, record)
        noted = find_moved(work, self.move.origin, *name)
        application = find_standing(work.db, Application, noted)
        marked = _marked(work, values)
        if not is_same(noted, marked):
            known = {} if application is None or noted is None else noted.kept.get("values", {})
            with self.move.trying(work, what):
                if application is None:
                    application = self._make(work, account, (record, values), what)
                else:
                    self._change(work, application, values, known)
                    self.move.report.did("changed", "application", f"~ {what}")
                self._parts(work, application, (record, values, known), what)
                kept = {**(noted.kept if noted else {}), "values": marked}
                digest = digest_of(marked)
                noted = self.move.keep(work, name, application.id, digest=digest, kept=kept)
        if application is not None and noted is not None and noted.local_id is not None:
            self._count(work, application, noted, record.get("usage") or ())

    def _values(self, work: Work, record: Record) -> dict[str, Any]:
        plan = record.get("plan") or {}
        told = {
            name: record[name]
            for name in (*TEXTS, *TIMES, "user_key", "application_id", "state")
            if record.get(name) is not None
        }
        return {
            **told,
            "plan": self.move.link("application_plan", record.get("plan_id")),
            "custom": dict(plan) if plan.get("custom") else None,
            **{name: list(record[name]) for name in ("keys", "referrer_filters") if name in record},
            EXTRA: extras_of(work, FieldTarget.APPLICATION, record),
        }

    def _make(
        self,
        work: Work,
        account: Account,
        told: tuple[Record, Mapping[str, Any]],
        what: str,
    ) -> Application:
        """Make an application with the credentials it has there. Raises: DomainError."""
        record, values = told
        plan_id = values["plan"] or self.custom.base_of(record)
        if plan_id is None:
            raise Taken("plan_id", "is a plan that could not be taken over.")
        number = number_of(record)
        kept_id = free_id(work.db, Application, number)
        given = {name: values[name] for name in (*TEXTS, *TIMES) if name in values}
        given["name"] = given.get("name") or f"{account.org_name}'s App"
        given |= {name: values[name] for name in ("user_key", "application_id") if values.get(name)}
        if values.get("keys"):
            given["application_keys"] = tuple(values["keys"])
        with numbered(work.db, Application, kept_id):
            try:
                made = create_application(work, account.id, plan_id, given)
            except Taken as error:
                if error.field not in given or error.field not in {"user_key", "application_id"}:
                    raise
                told_why = "another application of this API has it here: it has a new one."
                self.move.report.miss(f"{what}, {error.field}", told_why, "Tell its developers.")
                given = {key: value for key, value in given.items() if key != error.field}
                made = create_application(work, account.id, plan_id, given)
        if str(number).isdecimal() and str(made.id) != str(number):
            told_why = f"its id {number} is taken here: it is {made.id}."
            self.move.report.miss(f"{what}, id", told_why, "Change it in programs that name it.")
        self._tell_new_key(record, values, what)
        self.move.report.did("created", "application", f"+ {what}")
        return made

    def _tell_new_key(self, record: Record, values: Mapping[str, Any], what: str) -> None:
        """Tell of an application whose key is not told there that it has another one here."""
        service = self.move.services.get(str(record.get("service_id")), {})
        if str(service.get("backend_version", "1")) == "1" and not values.get("user_key"):
            told = "it is not told there: it has a new one here."
            way_out = "Use a token that may read keys, before this runs for the first time."
            self.move.report.miss(f"{what}, user_key", told, way_out)

    def _change(
        self, work: Work, application: Application, values: Mapping[str, Any], known: Any
    ) -> None:
        changed = {
            name: values[name]
            for name in TEXTS
            if name in values and values[name] != known.get(name)
        }
        if changed:
            update_application(work, application.id, changed)
        if values["plan"] and not values["custom"] and values["plan"] != known.get("plan"):
            change_application_plan(work, application.id, values["plan"])
        if not values["plan"] and not values["custom"]:
            told = "could not be taken over: here it stays on the one that it has."
            what = f"application {application.name} ({application.id}), its plan"
            self.move.report.miss(what, told, "Change its plan by hand.")
        user_key = values.get("user_key")
        if user_key and mark_of(work, user_key) != known.get("user_key"):
            vault = work.installation.vault
            if vault.unseal(application.user_key_sealed) != user_key:
                replace_user_key(work, application.id, user_key)

    def _parts(
        self,
        work: Work,
        application: Application,
        told: tuple[Record, Mapping[str, Any], Any],
        what: str,
    ) -> None:
        """Have its keys, filters, fields, own plan and state as they are there."""
        record, values, known = told
        if "keys" in values:
            self._keys(work, application, values["keys"], what)
        if "referrer_filters" in values:
            self._filters(work, application, values["referrer_filters"], what)
        for name, value in values[EXTRA].items():
            if known.get(EXTRA, {}).get(name) != value:
                with self.move.trying(work, f"{what}, {name}"):
                    update_application(work, application.id, {EXTRA: {name: value}})
        if values["custom"]:
            self.custom.take(work, application, values["custom"], what)
        if not known or known.get("state") != values.get("state"):
            with self.move.trying(work, f"{what}, state"):
                self._to_state(work, application, str(values.get("state") or "live"), what)

    def _keys(self, work: Work, application: Application, wanted: Sequence[str], what: str) -> None:
        vault = work.installation.vault
        rows = {vault.unseal(row.sealed): row for row in list_keys(work.db, application.id)}
        for value, row in rows.items():
            if value not in wanted:
                delete_key(work, application.id, row.id)
        work.db.flush()
        for value in wanted:
            if value not in rows:
                with self.move.trying(work, f"{what}, a key"):
                    add_key(work, application.id, value)

    def _filters(
        self, work: Work, application: Application, wanted: Sequence[str], what: str
    ) -> None:
        rows = {row.value: row for row in list_filters(work.db, application.id)}
        for value, row in rows.items():
            if value not in wanted:
                delete_filter(work, application.id, row.id)
        work.db.flush()
        for value in wanted:
            if value not in rows:
                with self.move.trying(work, f"{what}, the referrer filter {value}"):
                    add_filter(work, application.id, value)

    def _to_state(self, work: Work, application: Application, state: str, what: str) -> None:
        if state == application.state:
            return
        if state == "live":
            step = accept_application if application.state == "pending" else resume_application
            step(work, application.id)
            return
        if state == "pending":
            told = "it waits for approval there, on a plan that needs none here: it is suspended."
            self.move.report.miss(what, told, "Resume it to let it in.")
        elif state != "suspended":
            told = f"its state there is {state}, which is none here: it is suspended."
            self.move.report.miss(f"{what}, state", told, "Resume it to let it in.")
        if application.state != "suspended":
            suspend_application(work, application.id)

    def _count(
        self, work: Work, application: Application, noted: MovedObject, usage: Sequence[Used]
    ) -> None:
        """Add what was used there since the last time, in windows that still run."""
        used: dict[str, int] = _running(noted.kept.get("used", {}), work.now)
        counts: list[Count] = []
        for each in usage:
            metric_id = self._metric_id(application, each.metric)
            period = Period(each.period) if each.period in set(PERIODS) else None
            if metric_id is None or period is None:
                continue
            if window_of(period, work.now).start != each.start:
                continue
            mark = f"{each.metric}|{period.value}|{int(each.start.timestamp())}"
            more = each.value - used.get(mark, 0)
            if more <= 0:
                continue
            used[mark] = each.value
            row = (application.id, metric_id, application.service_id)
            counts.append((*row, period.value, each.start, more))
        if counts:
            self.move.counting(work.db, counts)
            note_usage_taken_over(work, application.id, len(counts))
            noted.kept = {**noted.kept, "used": used}
            work.db.add(noted)
            self.move.report.did(
                "counted",
                "application",
                f"# application {application.name}: {len(counts)} counters",
            )

    def _metric_id(self, application: Application, name: str) -> int | None:
        return self.move.metrics.get((application.service_id, name))


def _running(used: Mapping[str, int], now: datetime) -> dict[str, int]:
    """Leave out windows that have ended: nothing is added to them any more."""
    starts = {each.value: int(window_of(each, now).start.timestamp()) for each in Period}
    return {
        mark: value
        for mark, value in used.items()
        if int(mark.rpartition("|")[2]) >= starts[mark.split("|")[-2]]
    }


def _marked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what was taken as it may be kept: credentials by what tells them apart alone."""
    marked = {name: str(each) if name in TIMES else each for name, each in values.items()}
    if "user_key" in values:
        marked["user_key"] = mark_of(work, values["user_key"])
    if "keys" in values:
        marked["keys"] = [mark_of(work, each) for each in values["keys"]]
    return marked
