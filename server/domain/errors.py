"""What the domain refuses: six kinds, each subclass with a stable code of its own."""


class DomainError(Exception):
    """A refusal. `code` is stable, `field` names the input at fault, the message the way out.

    `others` are refusals of the same input that were found with it; `within` names the attribute
    that the field is one of many of, where it is none of the input itself.
    """

    code = "error"
    within: str | None = None
    others: tuple["DomainError", ...] = ()

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """Nothing of that id exists, or it belongs to another provider.

    Check the id and the credential.
    """

    code = "not_found"


class Forbidden(DomainError):
    """The actor may not do this.

    Use a token or a user with the permission that the message names.
    """

    code = "forbidden"


class Invalid(DomainError):
    """An input breaks a rule.

    `field` names the input, the message the rule.
    """

    code = "invalid"


class Conflict(DomainError):
    """The state of things does not allow it now.

    Read the object again and decide anew.
    """

    code = "conflict"


class LimitReached(DomainError):
    """A quota is used up.

    Wait for the next window or change the plan.
    """

    code = "limit_reached"

    def __init__(
        self, message: str, *, field: str | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message, field=field)
        self.retry_after_s = retry_after_s


class Unavailable(DomainError):
    """Something that Gatehouse depends on does not answer.

    Try again later.
    """

    code = "unavailable"


class Blank(Invalid):
    """A required field is empty."""

    code = "blank"

    def __init__(self, field: str) -> None:
        super().__init__("can't be blank.", field=field)


def changed_meanwhile() -> Conflict:
    """Make the refusal of who came second, where two worked on the same thing."""
    return Conflict("Somebody else changed this at the same moment. Load it again and try anew.")


class Taken(Conflict):
    """The name is in use already.

    Choose another one.
    """

    code = "taken"

    def __init__(
        self, field: str | None, message: str = "has already been taken. Choose another."
    ) -> None:
        super().__init__(message, field=field)


class DomainTaken(Conflict):
    """Another tenant has proved that the name is its own.

    Have it delete the name, or let your DNS no longer name its proof.
    """

    code = "domain_taken"


class TooLong(Invalid):
    """A text is longer than its field allows."""

    code = "too_long"

    def __init__(self, field: str, most: int) -> None:
        super().__init__(f"is too long: at most {most} characters.", field=field)


class StateConflict(Conflict):
    """The object's state does not know this step.

    An account that is approved can't be approved again, for example.
    """

    code = "state_conflict"

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"can't {event} while it is {state}.", field="state")
        self.state = state
        self.event = event


class BreaksCallers(Conflict):
    """What developers read of an API takes something away that they may have built on.

    Say that it may (`accept_breaking`), or keep what is taken away and mark it as deprecated.
    """

    code = "breaks_callers"

    def __init__(self, told: str) -> None:
        super().__init__(f"is needed, for callers break: {told}.", field="accept_breaking")


class PlanMismatch(Invalid):
    """The plan belongs to another service or account, or it can't be chosen.

    Choose a published plan.
    """

    code = "plan_mismatch"


class KeyLimitReached(Conflict):
    """The application holds all the keys that it may have.

    Delete one first.
    """

    code = "key_limit_reached"

    def __init__(self, limit_keys: int) -> None:
        super().__init__(f"An application holds at most {limit_keys} keys.", field="keys")


class FilterLimitReached(Conflict):
    """The application holds all the referrer filters that it may have.

    Delete one first.
    """

    code = "filter_limit_reached"

    def __init__(self, limit_filters: int) -> None:
        message = f"An application holds at most {limit_filters} referrer filters."
        super().__init__(message, field="referrer_filter")


class LastKey(Conflict):
    """The application needs a key, and this is its last.

    Add another one first.
    """

    code = "last_key"

    def __init__(self) -> None:
        super().__init__("The last key can't be deleted. Add another one first.", field="key")


class LastAdmin(Conflict):
    """The account would have nobody left who may manage it.

    Make somebody else an admin first.
    """

    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("The last admin stays one. Make somebody else an admin first.")


class InvitationLimitReached(Conflict):
    """The account has as many open invitations as it may have.

    Withdraw one first.
    """

    code = "invitation_limit_reached"

    def __init__(self, limit_invitations: int) -> None:
        message = f"An account has at most {limit_invitations} open invitations. Withdraw one."
        super().__init__(message, field="email")


class InUse(Conflict):
    """Something still depends on the object.

    Remove that first.
    """

    code = "in_use"


class BrokenTemplate(Invalid):
    """A text that can't be parsed, or misses what it must have.

    The message tells the line and shows it, with a mark below the place.
    """

    code = "broken_template"

    def __init__(
        self, message: str, *, field: str, line: int = 0, column: int = 0, excerpt: str = ""
    ) -> None:
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(f"can't be used: {place}{message}" + f"\n{excerpt}" * bool(excerpt))
        self.field = field
        self.line, self.column, self.excerpt = line, column, excerpt


class BuiltIn(Conflict):
    """What comes with the portal is not deleted.

    Hide or change it instead.
    """

    code = "built_in"


class EditConflict(Conflict):
    """Somebody else has changed this since it was loaded.

    Load it again, compare, and save what you want to keep.
    """

    code = "edit_conflict"


class VersionConflict(Conflict):
    """Somebody else has changed the object since the version that the change was made from.

    Read it again, decide anew, and send its new version.
    """

    code = "version_conflict"

    def __init__(self, expected: str, current: str) -> None:
        super().__init__(
            "Somebody else has changed this meanwhile. Read it again, and send its new version.",
            field="expected_version",
        )
        self.expected, self.current = expected, current


class KeyReused(Invalid):
    """The idempotency key came with another request before.

    Take a new key for a new request; send the same request for the same answer.
    """

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "came with another request before. Send a new key with a new request.",
            field="idempotency_key",
        )


class StillAtWork(Conflict):
    """The first request with this idempotency key is not answered yet.

    Send the same request once more in some seconds.
    """

    code = "still_at_work"

    def __init__(self) -> None:
        super().__init__(
            "The first request with this key is being carried out. Send it again in some seconds.",
            field="idempotency_key",
        )


class NothingToPromote(Conflict):
    """Production runs this configuration already, or staging has none.

    Deploy to staging first.
    """

    code = "nothing_to_promote"


class SignupDisabled(Forbidden):
    """Developers can't sign up by themselves here.

    The provider can create the account.
    """

    code = "signup_disabled"


class BadCredentials(Forbidden):
    """User name or password is wrong; which one is not told."""

    code = "bad_credentials"

    def __init__(self) -> None:
        super().__init__("Wrong username or password.")


class NotActive(Forbidden):
    """The password is right, but the user or the account is not active.

    It is pending, suspended, or not activated by mail yet.
    """

    code = "not_active"


class FactorNeeded(Forbidden):
    """The password is right, and the user has set up that it does not do alone.

    Give a code of the authenticator app or a recovery code, or sign with a passkey.
    """

    code = "second_factor_needed"

    def __init__(self, kept: str = "") -> None:
        super().__init__("So far so good. Prove in a second way that it is you.")
        self.kept = kept  # what a browser brings along to the second step


class CaptchaNeeded(Forbidden):
    """The form, or the mutation, comes without the work that shows that no robot sends many.

    Let the page's script finish, and send it once more; a solution works once.
    """

    code = "captcha_needed"


class PasswordNeeded(Forbidden):
    """What one logs in with is changed by who knows the password only.

    Give the password of whoever acts as `current_password`.
    """

    code = "password_needed"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="current_password")


class MoreThanOwn(Forbidden):
    """Nobody gives what he may not do himself.

    Give less, or act as somebody who may do more.
    """

    code = "more_than_own"


class LastWayIn(Conflict):
    """Without a password and without this login, nobody could log in as this user.

    Set a password first: ask for a reset link on the login page.
    """

    code = "last_way_in"

    def __init__(self) -> None:
        super().__init__(
            "This is the only way you log in. Set a password first: log out, and ask for a link "
            "by Forgot your password."
        )


class BadToken(Invalid):
    """A link or token was used already, has expired, or was never ours.

    Ask for a new one.
    """

    code = "bad_token"


def counted(number: int, noun: str, verb: str) -> str:
    """Say how many there are of something, and what they do: `1 application is`."""
    if number == 1:
        return f"1 {noun} {verb}"
    plural = {"is": "are", "has": "have"}[verb]
    return f"{number} {noun}s {plural}"


def sentence(text: str) -> str:
    """Begin a message with a capital letter, as pages do."""
    return text[:1].upper() + text[1:]
