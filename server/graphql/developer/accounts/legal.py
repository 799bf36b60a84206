"""Legal texts, and accepting them for one's account."""

from datetime import datetime

import strawberry

from server.actions.portal import legal as actions
from server.domain.accounts.accounts import Account
from server.domain.permissions import Permission
from server.domain.portal.legal import LegalTerms, TermsKind
from server.graphql.context import Info
from server.graphql.fields import OfRow, described
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.topics import Topic

strawberry.enum(TermsKind, description="What a legal text is for; licences are accepted.")


@strawberry.type(name="LegalTerms", description="A legal text as it holds now, in Markdown.")
class LegalTermsType(OfRow[LegalTerms]):
    version: int
    text: str
    created_at: datetime

    @described("Whether one's account has accepted this version.")
    def accepted(self, info: Info) -> bool:
        ctx = info.context
        return actions.has_accepted(ctx.db, ctx.actor.account_id, self.row)


@strawberry.input
class TermsAcceptInput(Input):
    kind: TermsKind
    version: int


@strawberry.type
class TermsAcceptPayload(Payload):
    accepted: bool = False


@strawberry.type
class LegalQueries:
    @described("A legal text; null where there is none.")
    def legal_terms(self, info: Info, kind: TermsKind) -> LegalTermsType | None:
        ctx = info.context
        row = actions.find_terms(ctx.db, ctx.provider.id, kind)
        return LegalTermsType.of(row) if row else None


@strawberry.type
class LegalMutations:
    @mutation(TermsAcceptPayload, Permission.APPLICATIONS_EDIT)
    def terms_accept(self, info: Info, input: TermsAcceptInput) -> TermsAcceptPayload:
        """Accept the version of a licence that holds now, for one's account."""
        ctx = info.context
        with ctx.write() as work:
            account = work.db.get_one(Account, ctx.actor.account_id)
            actions.accept_terms(work, input.kind, account, input.version)
        return TermsAcceptPayload(accepted=True)


TOPIC = Topic(queries=LegalQueries, mutations=LegalMutations)
