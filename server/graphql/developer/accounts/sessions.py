"""Signing up, logging in and out."""

from typing import cast

import strawberry
from strawberry.scalars import JSON

from server.actions.accounts.open_signup import sign_up_openly
from server.actions.accounts.signup import NewSignup
from server.auth.captcha import new_puzzle, spend_solution
from server.auth.passwords import Attempt, check_password
from server.auth.second_factors import count_code, prove_by_code
from server.auth.sessions import log_in, log_out
from server.domain.accounts.users import User
from server.domain.provider.settings import Setting
from server.domain.provider.spam import SpamProtection
from server.graphql.callers import FOREIGN_PAGE
from server.graphql.context import Context, Info
from server.graphql.developer.accounts.accounts import UserPayload, UserType
from server.graphql.extra_fields import FieldValueInput, values_of
from server.graphql.fields import described
from server.graphql.ids import number_or_none
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.topics import Topic
from server.web.cookies import DEVELOPER
from server.web.origin import check_same_origin

SOLVED = "The solution of `captchaPuzzle`, where that is not null: ALTCHA's payload. It works once."


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
    captcha: str | None = strawberry.field(default=None, description=SOLVED)


@strawberry.input
class LoginInput(Input):
    username: str = strawberry.field(description="The username or the mail address.")
    password: str
    code: str | None = strawberry.field(
        default=None,
        description="A code of the authenticator app, or a recovery code, of who has set that up.",
    )
    captcha: str | None = strawberry.field(default=None, description=SOLVED)


@strawberry.type
class LogoutPayload(Payload):
    done: bool = True


@strawberry.type
class SessionMutations:
    @mutation(SignupPayload)
    def signup(self, info: Info, input: SignupInput) -> SignupPayload:
        """Create an account; the same answer for a mail address that has one already."""
        ctx = info.context
        _check_captcha(ctx, input.captcha)
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
        _check_captcha(ctx, input.captcha)
        attempt = Attempt(
            provider_id=ctx.provider.id,
            audience=DEVELOPER.audience,
            name=input.username,
            password=input.password,
            address=ctx.address,
        )
        proof = check_password(ctx.db, ctx.deps.gates, attempt)
        if input.code:
            count_code(ctx.deps.gates, ctx.db.get_one(User, proof.user_id), ctx.address)
        with ctx.write() as work:
            if input.code:
                user = work.db.get_one(User, proof.user_id)
                proof = prove_by_code(work.db, ctx.installation, user, input.code)
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


@strawberry.type
class SessionQueries:
    @described("What `captcha` of the next signup or login has to solve; null where none is asked.")
    def captcha_puzzle(self, info: Info) -> JSON | None:
        ctx = info.context
        if not _asks_captcha(ctx):
            return None
        return cast(JSON, new_puzzle(ctx.installation, ctx.provider.id))


def _check_captcha(ctx: Context, answer: str | None) -> None:
    """Use up a solution, whatever becomes of the mutation. Raises: CaptchaNeeded."""
    if _asks_captcha(ctx):
        with ctx.write() as work:
            spend_solution(work.db, ctx.installation, ctx.provider.id, answer or "")


def _asks_captcha(ctx: Context) -> bool:
    settings = ctx.db.get_one(Setting, ctx.provider.id)
    return settings.spam_protection_level == SpamProtection.CAPTCHA


TOPIC = Topic(queries=SessionQueries, mutations=SessionMutations)
