"""Custom domains of the portals and gateways."""

from datetime import datetime

import strawberry

from server.actions.provider.domains import DOMAINS, claim_of, note_check
from server.domain.permissions import Permission
from server.domain.provider.domains import Domain, DomainState, Moves, Serves
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Domain", description="A name that a portal or a gateway answers at.")
class DomainType(OfRow[Domain], Node):
    name: str = strawberry.field(description="As DNS knows it, in ASCII.")
    shown_name: str = strawberry.field(description="As people write it.")
    serves: Serves
    is_primary: bool = strawberry.field(
        description="Links lead there, and the others redirect, once it is verified."
    )
    moves: Moves
    state: DomainState
    record_name: str = strawberry.field(description="The name of the TXT record that proves it.")
    record_value: str = strawberry.field(description="The text of that record.")
    file_url: str = strawberry.field(description="Where a file that holds `token` proves it too.")
    token: str
    problem: str = strawberry.field(description="What the last check found wrong.")
    checked_at: datetime | None
    verified_at: datetime | None
    failing_since: datetime | None
    next_check_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @described("What it was proved by: `dns`, `http`, `operator`; empty for not yet.")
    def proof(self) -> str:
        return self.row.proof

    @related(Service)
    def service(self) -> int | None:
        return self.row.service_id


@strawberry.type
class DomainQueries:
    @connection(Domain, Permission.SETTINGS_READ, "All custom domains.")
    def domains(self, info: Info) -> Rows:
        return Rows(DOMAINS.listing, info.context.rows(Domain))


@strawberry.type
class DomainPayload(Payload):
    domain: DomainType | None = None


Mutations = mutations_of(DOMAINS, DomainType, "Domain", DomainPayload)


@strawberry.type
class DomainMutations(Mutations):  # type: ignore[misc,valid-type]  # made
    @mutation(DomainPayload, Permission.SETTINGS_EDIT)
    def domain_check(self, info: Info, input: IdInput) -> DomainPayload:
        """Look for the proof of a domain now. What is wrong stands in `problem`."""
        ctx = info.context
        domain = DOMAINS.get(ctx.work, parse_id(input.id, "Domain"))
        number, claim = domain.id, claim_of(domain)
        ctx.forget()
        proof = ctx.deps.prove(claim)
        with ctx.write() as work:
            row = note_check(work, number, proof)
        return DomainPayload(domain=DomainType.of(row))


TOPIC = Topic(
    shows=(Shown(Domain, DomainType, DOMAINS.query),),
    queries=DomainQueries,
    mutations=DomainMutations,
)
