"""From the domain's refusals to GraphQL: `userErrors` in payloads, codes in top-level errors."""

from enum import StrEnum
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.utils.str_converters import to_camel_case

from server.domain import errors
from server.domain.errors import DomainError
from server.kit.paging import BadCursor
from server.web.outages import find_outage

UNAUTHENTICATED = "UNAUTHENTICATED"
FORBIDDEN = "FORBIDDEN"
BAD_INPUT = "BAD_USER_INPUT"
BAD_REQUEST = "BAD_REQUEST"
TOO_COMPLEX = "TOO_COMPLEX"
THROTTLED = "THROTTLED"
INTERNAL = "INTERNAL_ERROR"
UNAVAILABLE = "UNAVAILABLE"
CONFLICT = "CONFLICT"
CODES: dict[type[DomainError], str] = {
    errors.NotFound: "NOT_FOUND",
    errors.Forbidden: FORBIDDEN,
    errors.Invalid: BAD_INPUT,
    errors.Conflict: CONFLICT,
    errors.LimitReached: "LIMIT_REACHED",
    errors.Unavailable: UNAVAILABLE,
}


@strawberry.enum(description="Why a mutation was refused; the codes are stable.")
class UserErrorCode(StrEnum):
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    CONFLICT = "conflict"
    LIMIT_REACHED = "limit_reached"
    UNAVAILABLE = "unavailable"
    BLANK = "blank"
    TAKEN = "taken"
    TOO_LONG = "too_long"
    STATE_CONFLICT = "state_conflict"
    PLAN_MISMATCH = "plan_mismatch"
    KEY_LIMIT_REACHED = "key_limit_reached"
    FILTER_LIMIT_REACHED = "filter_limit_reached"
    LAST_KEY = "last_key"
    IN_USE = "in_use"
    NOTHING_TO_PROMOTE = "nothing_to_promote"
    SIGNUP_DISABLED = "signup_disabled"
    BAD_CREDENTIALS = "bad_credentials"
    NOT_ACTIVE = "not_active"
    PASSWORD_NEEDED = "password_needed"  # noqa: S105 - a code, not a secret
    MORE_THAN_OWN = "more_than_own"
    BROKEN_TEMPLATE = "broken_template"
    BUILT_IN = "built_in"
    BREAKS_CALLERS = "breaks_callers"
    EDIT_CONFLICT = "edit_conflict"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code, not a secret
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    STILL_AT_WORK = "still_at_work"
    VERSION_CONFLICT = "version_conflict"
    CAPTCHA_NEEDED = "captcha_needed"
    DOMAIN_TAKEN = "domain_taken"
    INVITATION_LIMIT_REACHED = "invitation_limit_reached"
    LAST_ADMIN = "last_admin"
    LAST_WAY_IN = "last_way_in"
    SECOND_FACTOR_NEEDED = "second_factor_needed"


@strawberry.interface(description="Why a mutation changed nothing.")
class UserError:
    code: UserErrorCode
    message: str
    field: list[str] | None


@strawberry.type(description="A refusal without further data.")
class Refusal(UserError):
    pass


@strawberry.type(description="An event that the object's state does not know.")
class StateConflict(UserError):
    state: str
    event: str


@strawberry.type(description="A plan of another service, or one that can't be chosen.")
class PlanMismatch(UserError):
    pass


@strawberry.type(description="A quota is used up.")
class LimitReached(UserError):
    retry_after_s: int | None = strawberry.field(
        description="Seconds until it is worth trying again, where that is known."
    )


@strawberry.type(description="The object is no longer as it was when the change was made.")
class VersionConflict(UserError):
    expected: str
    current: str


MEMBERS = [Refusal, StateConflict, VersionConflict, PlanMismatch, LimitReached]


def user_error_of(error: DomainError) -> UserError:
    """Tell a refusal in the payload of its mutation."""
    told: dict[str, Any] = {
        "code": UserErrorCode(error.code),
        "message": error.message,
        "field": _path_of(error),
    }
    match error:
        case errors.StateConflict():
            return StateConflict(state=error.state, event=error.event, **told)
        case errors.VersionConflict():
            return VersionConflict(expected=error.expected, current=error.current, **told)
        case errors.PlanMismatch():
            return PlanMismatch(**told)
        case errors.LimitReached():
            return LimitReached(retry_after_s=error.retry_after_s, **told)
        case errors.KeyLimitReached() | errors.FilterLimitReached():
            return LimitReached(retry_after_s=None, **told)
        case _:
            return Refusal(**told)


def _path_of(error: DomainError) -> list[str] | None:
    """Name the input at fault; a field that a provider defined keeps its name."""
    if error.field is None:
        return None
    if error.within is not None:
        return [to_camel_case(error.within), error.field]
    return [to_camel_case(error.field)]


def refused(message: str, code: str) -> GraphQLError:
    """Make a top-level error with a code."""
    return GraphQLError(message, extensions={"code": code})


def public_error(error: GraphQLError) -> GraphQLError | None:
    """Make what the caller may see of an error; None for one that we did not expect."""
    original = error.original_error
    original = find_outage(original) or original
    if original is None or isinstance(original, GraphQLError):
        code = {"code": BAD_INPUT if error.path else BAD_REQUEST}
        extensions = {**code, **(error.extensions or {})}
    elif isinstance(original, DomainError):
        kind = next(CODES[kind] for kind in type(original).__mro__ if kind in CODES)
        extensions = {"code": kind}
    elif isinstance(original, BadCursor):
        extensions = {"code": BAD_INPUT}
    else:
        return None
    return GraphQLError(
        original.message if isinstance(original, DomainError) else error.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
