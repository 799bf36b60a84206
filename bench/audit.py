"""What the chain of the audit log costs writers: `python -m bench.audit`.

Changes of accounts of one provider, one after the other and eight at once, with and without the
keeper of the chain in turn. They are called as the faces call them, so that nothing but the
transaction is measured; the keeper is a thread of the same process, as it is in a server.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.quiet import Quiet
from server.actions.accounts.accounts import update_account
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.provider.audit_chain import verify_chain
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.jobs.audit import ChainKeeper
from server.kit.db import Database
from server.migrations.run import migrate
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.services import running_postgres
from tests.kit.work import by

ROUNDS = 5
SECONDS = 2.0
WRITERS = (1, 8)
BACKLOG = 5_000  # entries that a process finds when it starts


@dataclass(frozen=True)
class Run:
    """How it went for a few seconds."""

    per_s: float
    p99_ms: float


def main() -> None:
    """Print the table."""
    quiet = Quiet()
    print("| Where, and how many write at once | Without | With | Ratio | p99 |")
    print("|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        _measure("SQLite", make_deps(Path(folder)), quiet)
    with running_postgres() as server, TemporaryDirectory() as folder:
        url = server.url(server.create_database())
        database = Database(url)
        migrate(database.engine)
        database.close()
        _measure("PostgreSQL", make_deps(Path(folder), url=url), quiet)
    print(f"\n{quiet.told()}")


def _measure(where: str, deps: Dependencies, quiet: Quiet) -> None:
    acme = make_provider(deps)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        names = [f"user{number}" for number in range(max(WRITERS))]
        drafts = [NewSignup(org_name=n, username=n, email=f"{n}@x.example") for n in names]
        ids = [sign_up(work, draft, "api").account.id for draft in drafts]
    ChainKeeper(deps).seal()
    for writers in WRITERS:
        quiet.wait()
        runs: dict[bool, list[Run]] = {False: [], True: []}
        for _ in range(ROUNDS):
            for is_sealed, done in runs.items():
                with _keeping(deps) if is_sealed else _alone():
                    done.append(_run(deps, acme, ids[:writers]))
                ChainKeeper(deps).seal()  # what nobody sealed is no load of the next run
        print(_line(f"{where}, {writers}", runs), flush=True)
    print(_told_of_sealing(where, deps, acme, ids[0]), flush=True)
    deps.database.close()


def _line(what: str, runs: dict[bool, list[Run]]) -> str:
    without, sealed = (median(run.per_s for run in runs[each]) for each in (False, True))
    tails = [median(run.p99_ms for run in runs[each]) for each in (False, True)]
    ratio = f"{sealed / without:.2f} | {tails[0]:.1f} → {tails[1]:.1f} ms"
    return f"| {what} | {without:,.0f}/s | {sealed:,.0f}/s | {ratio} |"


@contextmanager
def _keeping(deps: Dependencies) -> Iterator[None]:
    keeper = ChainKeeper(deps)
    wake: Callable[[object], None] = lambda _events: keeper.wake()  # noqa: E731 - taken away below
    deps.database.after_commit(wake)
    keeper.start()
    yield
    keeper.stop()
    deps.database._listeners.remove(wake)


@contextmanager
def _alone() -> Iterator[None]:
    yield


def _run(deps: Dependencies, acme: NewProvider, ids: list[int]) -> Run:
    """Have one thread an account change its name for a while."""
    until = time.monotonic() + SECONDS

    def change(account_id: int) -> list[float]:
        took = []
        while (began := time.monotonic()) < until:
            with deps.database.write() as db:
                work = by(db, staff(acme), deps.installation)
                update_account(work, account_id, {"org_name": f"At {began}"})
            took.append(time.monotonic() - began)
        return took

    with ThreadPoolExecutor(len(ids)) as pool:
        took = [each for of_one in pool.map(change, ids) for each in of_one]
    return Run(len(took) / SECONDS, quantiles(took, n=100)[-1] * 1000)


def _told_of_sealing(where: str, deps: Dependencies, acme: NewProvider, account_id: int) -> str:
    """Measure what sealing and verifying take by themselves."""
    for number in range(BACKLOG):
        with deps.database.write() as db:
            work = by(db, staff(acme), deps.installation)
            update_account(work, account_id, {"org_name": f"Nr. {number}"})
    began = time.monotonic()
    count = ChainKeeper(deps).seal()
    sealed = time.monotonic()
    with deps.database.read() as db:
        verdict = verify_chain(by(db, staff(acme), deps.installation))
    done = time.monotonic()
    if not verdict.holds or verdict.unsealed:
        raise SystemExit(f"{where}: {verdict.fault or 'not all is sealed'}")
    sealing, verifying = count / (sealed - began), verdict.checked / (done - sealed)
    return f"| {where}, by itself | sealed {sealing:,.0f}/s | verified {verifying:,.0f}/s | | |"


if __name__ == "__main__":
    main()
