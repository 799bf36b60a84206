"""Domains are looked at when their time has come; what becomes of them is told."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlmodel import col, select

from server.actions.provider.domains import DOMAINS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import LimitReached
from server.domain.events import EventKind, EventRecord
from server.domain.provider.domains import Claim, Domain, Proof, ProvedBy
from server.jobs.domains import check_domains
from server.kit.clock import FixedClock, utc_now
from tests.kit.make import make_provider, staff
from tests.kit.work import by

GONE = Proof(problem="It is gone.")


@dataclass
class Watch:
    """The job at any time, and what is found by who looks."""

    deps: Dependencies
    answers: dict[int, Proof | Exception] = field(default_factory=dict)  # by provider

    def prove(self, claim: Claim) -> Proof:
        answer = self.answers.get(claim.provider_id, Proof(ProvedBy.DNS))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run_after(self, **past: float) -> int:
        """Run the job so long from now; tell how many domains were due."""
        clock = FixedClock(utc_now() + timedelta(**past))
        then = replace(self.deps.installation, clock=clock)
        return check_domains(replace(self.deps, installation=then, prove=self.prove))

    @property
    def states(self) -> list[tuple[str, str]]:
        with self.deps.database.read() as db:
            rows = db.exec(select(Domain).order_by(col(Domain.id)))
            return [(row.state, row.problem[:12]) for row in rows]


def test_what_is_due_is_looked_at_and_nothing_else(deps: Dependencies, acme: NewProvider) -> None:
    globex, watch = make_provider(deps, "Globex"), Watch(deps)
    with deps.database.write() as db:
        for provider in (acme, globex):
            work = by(db, staff(provider), deps.installation)
            DOMAINS.create(work, {"name": "dev.acme.example", "serves": "portal"})

    assert watch.run_after() == 0
    watch.answers[acme.provider.id] = LimitReached("Another domain is being checked.")
    assert watch.run_after(minutes=6) == 2
    assert watch.states == [("pending", ""), ("verified", "")]
    del watch.answers[acme.provider.id]
    assert watch.run_after(minutes=7) == 1  # it was proved, and is another's
    assert watch.states == [("pending", "is in use: a"), ("verified", "")]

    watch.answers[globex.provider.id] = GONE
    for hour in range(3):
        watch.run_after(days=2, hours=2 * hour)
    assert watch.states[1] == ("failing", GONE.problem)
    watch.run_after(days=10)
    assert watch.states[1] == ("pending", GONE.problem)
    with deps.database.read() as db:
        of_globex = EventRecord.provider_id == globex.provider.id
        told = select(EventRecord.kind).where(of_globex).order_by(col(EventRecord.id))
        kinds = [kind for kind in db.exec(told) if kind.startswith("domain.")]
    assert kinds == [
        EventKind.DOMAIN_CREATED,
        EventKind.DOMAIN_VERIFIED,
        EventKind.DOMAIN_FAILING,
        EventKind.DOMAIN_LOST,
    ]
