"""A tenant from a source becomes a provider's: first its configuration, then its customers."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlmodel import select

from server.actions.moving.moved_objects import RUN, drop_moved, find_moved, list_moved
from server.actions.work import Work
from server.as_code.apply import read_state, run_each
from server.as_code.changeset import Edit, compare
from server.as_code.entries import Key, State, nested, title_of
from server.as_code.moving.accounts import Accounts
from server.as_code.moving.client import Failing
from server.as_code.moving.configuration import KINDS, Configuration
from server.as_code.moving.move import Counting, Move, free_id, number_of
from server.as_code.moving.portal import Portal
from server.as_code.moving.report import Report
from server.as_code.moving.settling import Settling, as_in_production, lags_behind
from server.as_code.moving.tenant import Record, Source, Tenant
from server.as_code.moving.wanted import Wanted
from server.as_code.topic import BACKEND, Workspace
from server.as_code.topics import OF_WORD
from server.domain.errors import DomainError
from server.domain.services.services import Service

CUSTOMERS = ("account", "user", "application")
MOST_FAILED = 20  # accounts: then it is not they


@dataclass(frozen=True, slots=True)
class Ways:
    """What a move is given by who starts it."""

    writing: Callable[[], AbstractContextManager[Workspace]]  # one transaction, or a part of one
    counting: Counting
    mails: bool = True
    reads_first: bool = False  # before anything is written: a dry run writes in one transaction


def move_in(source: Source, ways: Ways, report: Report) -> None:
    """Take over what a source has. Run again, it takes what is another by then, or goes on.

    Raises: CannotMove.
    """
    tenant = source.tenant()
    report.missed(tenant.untaken)
    reading = Reading(source, report)
    accounts: Iterable[Record] = source.accounts()
    if ways.reads_first:
        accounts = [whole for each in accounts if (whole := reading.complete(each))]
    move = Move(tenant.origin, report, ways.writing, ways.counting)
    move.mails, move.is_part = ways.mails, tenant.is_part
    move.services = {str(each["id"]): each for each in tenant.services}
    with ways.writing() as workspace:
        _configure(workspace, tenant, move)
    _take_accounts(reading, accounts, move, is_complete=ways.reads_first)


@dataclass(slots=True)
class Reading:
    """Reads accounts whole. One that the source fails at is told, and the others go on."""

    source: Source
    report: Report
    failed: int = 0

    def complete(self, account: Record) -> Record | None:
        """Read what belongs to an account; None where that can't be had. Raises: CannotMove."""
        try:
            whole, untaken = self.source.complete(account)
        except Failing as error:
            self.failed += 1
            if self.failed >= MOST_FAILED:
                raise
            what = f"account {account.get('org_name')} ({account['id']}), and all below it"
            self.report.miss(what, str(error))
            return None
        self.report.missed(untaken)
        return whole


def _configure(workspace: Workspace, tenant: Tenant, move: Move) -> None:
    """Bring the configuration to what it is there, by way of what production runs there."""
    settling = Settling(move)
    due = [each for each in tenant.services if settling.needs_production(workspace, each)]
    behind = {str(each["id"]) for each in due if lags_behind(each)}
    if behind:
        _put(workspace, as_in_production(tenant, behind), move)
        for service in due:
            if str(service["id"]) in behind:
                settling.settle(workspace, service)
                settling.promote(workspace, service)
    _put(workspace, tenant, move)
    for service in tenant.services:
        settling.settle(workspace, service)
    for service in due:
        if str(service["id"]) not in behind:
            settling.promote(workspace, service)


def _put(workspace: Workspace, tenant: Tenant, move: Move) -> None:
    """Make what is another there so here, and note what became of each record."""
    moved = list_moved(workspace, move.origin, KINDS)
    present = read_state(workspace)
    wanted = Wanted(workspace, present, moved, move.report)
    Configuration(wanted, tenant).put_all()
    Portal(wanted, tenant).put_all()
    state = nested(wanted.state)
    taken = _give_ids(workspace, wanted, present, move)
    refused: set[Key] = set()

    def tell(edit: Edit, error: DomainError) -> Edit | None:
        refused.add(edit.entry.key)
        at = f"{error.field} " if error.field else ""
        move.report.miss(title_of(edit.entry.key), f"{at}{error.message}", "Set it up by hand.")
        return _without(edit, error.field)

    changeset = compare(state, present, prune=True)
    for edit in run_each(workspace, changeset, tell):
        for line in edit.lines():
            act = {"create": "created", "delete": "deleted"}.get(edit.act, "changed")
            move.report.did(act, edit.entry.word, line)
    _note(workspace, wanted, move, refused)
    for foreign_id in taken:
        there, here = number_of(move.services[foreign_id]), move.link("service", foreign_id)
        told = f"its id {there} is taken here: it is {here}."
        way_out = "Name the new one in plug-ins that send a service_id."
        move.report.miss(f"service {move.services[foreign_id].get('name')}, id", told, way_out)


def _without(edit: Edit, field: str | None) -> Edit | None:
    """Leave out of an edit what is refused; None when nothing is left of it."""
    entry, topic = edit.entry, OF_WORD[edit.entry.word]
    if field is None or field not in entry.values or field in topic.named_by:
        return None
    values = {name: value for name, value in entry.values.items() if name != field}
    changes = {name: pair for name, pair in edit.changes.items() if name != field}
    if edit.act == "change" and not changes:
        return None
    return replace(edit, entry=replace(entry, values=values), changes=changes)


def _give_ids(workspace: Workspace, wanted: Wanted, present: State, move: Move) -> list[str]:
    """Have new services keep their ids; answer of which the id is taken."""
    numbers: dict[Key, int] = {}
    without: list[tuple[str, Key]] = []
    for (kind, foreign_id), key in wanted.keys.items():
        if kind != "service" or key in present:
            continue
        number = free_id(workspace.db, Service, number_of(move.services[foreign_id]))
        if number is None or number in numbers.values():
            without.append((foreign_id, key))
        else:
            numbers[key] = number
    last = workspace.db.exec(select(func.max(Service.id))).one() or 0
    top = max((last, *numbers.values()))
    for at, (_, key) in enumerate(without, 1):
        numbers[key] = top + at
    workspace.given_ids.clear()
    workspace.given_ids.update(numbers)
    numbered = {name: str(number_of(each)) for name, each in move.services.items()}
    return [name for name, _ in without if numbered[name].isdecimal()]


def _note(workspace: Workspace, wanted: Wanted, move: Move, refused: set[Key]) -> None:
    """Note what became of each record; what was refused is tried again the next time."""
    for name, key in wanted.keys.items():
        local_id = workspace.ids.get(key)
        if local_id is None:
            continue
        move.links[name] = local_id
        digest = "" if key in refused else wanted.digests[name]
        noted = wanted.moved.get(name)
        if noted is None or (noted.local_id, noted.digest) != (local_id, digest):
            move.keep(workspace, name, local_id, digest=digest, kept={"key": title_of(key)})
    for name, digest in wanted.digests.items():
        if name[0] == "order" and name not in wanted.keys:
            noted = wanted.moved.get(name)
            if noted is None or noted.digest != digest:
                move.keep(workspace, name, None, digest=digest)
    for name, key in wanted.removed.items():
        if key not in refused:
            drop_moved(workspace, wanted.moved[name])
    _name_metrics(workspace, move)


def _name_metrics(workspace: Workspace, move: Move) -> None:
    """Tell what each service counts by name: its own, and that of its backend APIs."""
    used: dict[str, list[int]] = {}
    for key in workspace.ids:
        if key[-1][0] == "backend usage":
            used.setdefault(key[-1][1], []).append(workspace.ids[key[:1]])
    for key, row_id in workspace.ids.items():
        (kind, home), (word, name) = key[0], key[-1]
        if word in {"metric", "method"} and kind == "service":
            move.metrics[workspace.ids[key[:1]], name] = row_id
        if word in {"backend metric", "backend method"} and kind == BACKEND:
            for service_id in used.get(home, ()):
                move.metrics[service_id, f"{home}/{name}"] = row_id


def _take_accounts(
    reading: Reading, accounts: Iterable[Record], move: Move, *, is_complete: bool
) -> None:
    """Take accounts over, each in a transaction; a run that was ended goes on behind its last."""
    taking = Accounts(move)
    number, goes_on = _begin(move)
    seen: dict[str, set[str]] = {kind: set() for kind in CUSTOMERS}
    for account in accounts:
        if goes_on and _is_done(move, account, number):
            continue
        whole = account if is_complete else reading.complete(account)
        if whole is None:
            continue
        seen["account"].add(str(account["id"]))
        for kind in CUSTOMERS[1:]:
            seen[kind].update(str(each["id"]) for each in whole.get(f"{kind}s") or ())
        try:
            with move.writing() as work:
                taking.take(work, whole)
                _mark(move, work, account, number)
        except DomainError as error:
            what = f"account {account.get('org_name')}"
            move.report.miss(what, error.message, "Run this again.")
    with move.writing() as work:
        if not goes_on and not move.is_part and not reading.failed:
            _tell_gone(move, work, seen)
        move.keep(work, (RUN, CUSTOMERS[0]), None, kept={"number": number, "finished": True})


def _begin(move: Move) -> tuple[int, bool]:
    """Number the run: one that was ended before its end goes on under its number."""
    with move.writing() as work:
        noted = find_moved(work, move.origin, RUN, CUSTOMERS[0])
        before = noted.kept if noted else {"number": 0, "finished": True}
        goes_on = not before["finished"]
        number = before["number"] if goes_on else before["number"] + 1
        if goes_on:
            move.report.say("Going on where the last run stopped.")
        kept = {"number": number, "finished": False}
        move.keep(work, (RUN, CUSTOMERS[0]), None, kept=kept)
    return number, goes_on


def _is_done(move: Move, account: Record, number: int) -> bool:
    with move.writing() as work:
        noted = find_moved(work, move.origin, CUSTOMERS[0], str(account["id"]))
        return noted is not None and noted.kept.get("run") == number


def _mark(move: Move, work: Work, account: Record, number: int) -> None:
    noted = find_moved(work, move.origin, CUSTOMERS[0], str(account["id"]))
    if noted is not None:
        noted.kept = {**noted.kept, "run": number}
        work.db.add(noted)


def _tell_gone(move: Move, work: Work, seen: dict[str, set[str]]) -> None:
    """Tell what was taken over once and is there no more."""
    for (kind, foreign_id), row in list_moved(work, move.origin, CUSTOMERS).items():
        if row.local_id is not None and foreign_id not in seen[kind]:
            told = f"it is gone there, and still here as {row.local_id}."
            move.report.miss(f"{kind} {foreign_id}", told, "Delete it if you want that.")
