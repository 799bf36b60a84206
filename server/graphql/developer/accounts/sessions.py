"""Signing up, logging in and out."""

import strawberry

from server.actions.accounts.open_signup import sign_up_openly
from server.actions.accounts.signup import NewSignup
from server.auth.passwords import Attempt, check_password
from server.auth.sessions import log_in, log_out
from server.graphql.callers import FOREIGN_PAGE
from server.graphql.context import Info
from server.graphql.developer.accounts.accounts import UserPayload, UserType
from server.graphql.extra_fields import FieldValueInput, values_of
from server.graphql.ids import number_or_none
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.topics import Topic
from server.web.cookies import DEVELOPER
from server.web.origin import check_same_origin


@strawberry.type
class SignupPayload(Payload):
    accepted: bool = strawberry.field(
        default=False, description="A mail with a link is on its way to the address."
    )


@strawberry.input
class SignupInput(Input):
    org_name: str
    username: str
    email: str
    password: str
    first_name: str = ""
    last_name: str = ""
    plan_id: strawberry.ID | None = None
    accepted_terms: int | None = strawberry.field(
        default=None,
        description="The version of `legalTerms` that is accepted, where there is one.",
    )
    extra_fields: list[FieldValueInput] = strawberry.field(
        default_factory=list, description="Fields of the account."
    )
    user_extra_fields: list[FieldValueInput] = strawberry.field(
        default_factory=list, description="Fields of the user."
    )


@strawberry.input
class LoginInput(Input):
    username: str = strawberry.field(description="The username or the mail address.")
    password: str


@strawberry.type
class LogoutPayload(Payload):
    done: bool = True


@strawberry.type
class SessionMutations:
    @mutation(SignupPayload)
    def signup(self, info: Info, input: SignupInput) -> SignupPayload:
        """Create an account; the same answer for a mail address that has one already."""
        ctx = info.context
        ctx.deps.gates.signups.enter(ctx.provider.id, input.email, ctx.address)
        draft = NewSignup(
            org_name=input.org_name,
            username=input.username,
            email=input.email,
            password=input.password,
            first_name=input.first_name,
            last_name=input.last_name,
            application_plan_id=number_or_none(input.plan_id, "Plan", "plan_id"),
            fields=values_of(input.extra_fields),
            user_fields=values_of(input.user_extra_fields),
            accepted_terms=input.accepted_terms,
        )
        with ctx.write() as work:
            sign_up_openly(work, draft)
        return SignupPayload(accepted=True)

    @mutation(UserPayload)
    def login(self, info: Info, input: LoginInput) -> UserPayload:
        """Log in; the answer sets the portal's session cookie."""
        ctx = info.context
        check_same_origin(ctx.request, FOREIGN_PAGE)
        attempt = Attempt(
            provider_id=ctx.provider.id,
            audience=DEVELOPER.audience,
            name=input.username,
            password=input.password,
            address=ctx.address,
        )
        proof = check_password(ctx.db, ctx.deps.gates, attempt)
        with ctx.write() as work:
            login = log_in(work.db, ctx.installation, proof)
            log_out(work.db, DEVELOPER.session.read(ctx.request, ctx.deps))
        ctx.actor = login.actor
        ctx.after.append(lambda response: DEVELOPER.session.put(response, ctx.deps, login.token))
        return UserPayload(user=UserType.of(login.user))

    @mutation(LogoutPayload)
    def logout(self, info: Info, input: Input) -> LogoutPayload:
        """End the session of the cookie."""
        ctx = info.context
        with ctx.write() as work:
            log_out(work.db, DEVELOPER.session.read(ctx.request, ctx.deps))
        ctx.actor = ctx.actor.anonymous(ctx.provider.id)
        ctx.after.append(lambda response: DEVELOPER.session.drop(response, ctx.deps))
        return LogoutPayload()


TOPIC = Topic(mutations=SessionMutations)
