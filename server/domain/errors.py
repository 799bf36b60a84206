"""What the domain refuses: six kinds, each subclass with a stable code of its own."""


class DomainError(Exception):
    """A refusal. `code` is stable, `field` names the input at fault, the message the way out."""

    code = "error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """Nothing of that id that the actor may know of; a foreign object looks the same."""

    code = "not_found"


class Forbidden(DomainError):
    """The actor may not do this."""

    code = "forbidden"


class Invalid(DomainError):
    """An input breaks a rule."""

    code = "invalid"


class Conflict(DomainError):
    """The state of things does not allow it now."""

    code = "conflict"


class LimitReached(DomainError):
    """A quota is used up; `retry_after_s` tells when there is some again, where that is known."""

    code = "limit_reached"

    def __init__(
        self, message: str, *, field: str | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message, field=field)
        self.retry_after_s = retry_after_s


class Unavailable(DomainError):
    """Something we depend on does not answer; try again later."""

    code = "unavailable"


class Blank(Invalid):
    """A required field is empty."""

    code = "blank"

    def __init__(self, field: str) -> None:
        super().__init__("can't be blank.", field=field)


class Taken(Conflict):
    """The name is in use already."""

    code = "taken"

    def __init__(self, field: str) -> None:
        super().__init__("has already been taken. Choose another.", field=field)


class TooLong(Invalid):
    """A text is longer than its field."""

    code = "too_long"

    def __init__(self, field: str, most: int) -> None:
        super().__init__(f"is too long: at most {most} characters.", field=field)


class StateConflict(Conflict):
    """An event that the object's state does not know."""

    code = "state_conflict"

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"can't {event} while it is {state}.", field="state")
        self.state = state
        self.event = event


class PlanMismatch(Invalid):
    """A plan of another service, or one that cannot be chosen."""

    code = "plan_mismatch"


class KeyLimitReached(Conflict):
    """An application has all the keys it may have."""

    code = "key_limit_reached"

    def __init__(self, limit_keys: int) -> None:
        super().__init__(f"An application holds at most {limit_keys} keys.", field="keys")


class LastKey(Conflict):
    """The last key of an application that needs one."""

    code = "last_key"

    def __init__(self) -> None:
        super().__init__("The last key can't be deleted. Add another one first.", field="key")


class InUse(Conflict):
    """Something still depends on it."""

    code = "in_use"


class NothingToPromote(Conflict):
    """Production runs this configuration already, or there is none in staging."""

    code = "nothing_to_promote"


class SignupDisabled(Forbidden):
    """Developers can't sign up by themselves."""

    code = "signup_disabled"


class BadCredentials(Forbidden):
    """A login that does not hold; says no more than that."""

    code = "bad_credentials"

    def __init__(self) -> None:
        super().__init__("Wrong username or password.")


class NotActive(Forbidden):
    """The right password, but the user or the account may not log in yet or any more."""

    code = "not_active"


class BadToken(Invalid):
    """A link or token that was used, has expired, or never was ours."""

    code = "bad_token"
