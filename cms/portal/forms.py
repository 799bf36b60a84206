"""The fields of each form: the names they travel under, and what comes back when refused."""

from collections.abc import Mapping

from cms.liquid.drops.pages import Filled, Refusal
from server.domain.errors import DomainError, sentence
from server.domain.permissions import Scope

Fields = Mapping[str, str]  # short name -> name in the form

SIGNUP: Fields = {  # beside the fields of both
    "password": "account[user][password]",
    "accepted_terms": "accepted_terms",
}
ARRIVAL: Fields = {  # beside the fields of a newcomer
    "accepted_terms": "accepted_terms",
    "current_password": "current_password",
}
ACCESS_CODE: Fields = {"access_code": "access_code"}
LOGIN: Fields = {"username": "username", "password": "password"}
MAIL: Fields = {"email": "email"}
NEW_PASSWORD: Fields = {
    "password": "user[password]",
    "password_confirmation": "user[password_confirmation]",
}
APPLICATION: Fields = {
    "plan_id": "application[plan_id]",
    "accepted_terms": "accepted_terms",
}
SUBSCRIPTION: Fields = {
    "plan_id": "service_contract[plan_id]",
    "accepted_terms": "accepted_terms",
}
ACCOUNT_PLAN: Fields = {"plan_id": "plan_id"}
CREDENTIALS: Fields = {
    "key": "key",
    "overlap_hours": "overlap_hours",
    "referrer_filter": "referrer_filter",
}
MESSAGE: Fields = {"subject": "message[subject]", "body": "message[body]"}
TOPIC: Fields = {name: f"topic[{name}]" for name in ("title", "body", "category_id", "tags")}
POST: Fields = {"body": "post[body]"}
GALLERY: Fields = {
    name: f"gallery[{name}]" for name in ("title", "description", "link", "picture", "picture_alt")
}
USER: Fields = {
    "locale": "user[locale]",
    "current_password": "user[current_password]",
}
INVITATION: Fields = {"email": "invitation[email]"}
INVITEE: Fields = {"password": "user[password]"}  # beside the fields of a user
ROLE: Fields = {"role": "user[role]"}
OWN_PASSWORD: Fields = {"current_password": "user[current_password]", **NEW_PASSWORD}
TOKEN: Fields = {
    name: f"access_token[{name}]"
    for name in (
        *("name", "scopes", "permission", "expires_at"),
        *(f"scope_{scope.value}" for scope in Scope),
    )
}
CODE: Fields = {"code": "code"}
FACTOR: Fields = {"name": "name", "current_password": "current_password"}
SECRETS = frozenset(  # taken as they are, and never shown again; a file is neither
    {"password", "password_confirmation", "current_password", "code", "picture"}
)


def values_of(fields: Fields, form: Mapping[str, str]) -> dict[str, str]:
    """Read those of the fields that were sent, without surrounding space; no others."""
    return {
        short: form[name] if short in SECRETS else form[name].strip()
        for short, name in fields.items()
        if name in form
    }


def filled(
    fields: Fields,
    form: Mapping[str, str],
    error: DomainError | None = None,
    initial: Mapping[str, str] | None = None,
) -> Filled:
    """Make a form as typed, or as `initial` says, with the refusal at its field."""
    typed = {**(initial or {}), **values_of(fields, form)}
    values = {name: text for name, text in typed.items() if name not in SECRETS}
    return Filled(values, refusal_of(fields, error))


def refusal_of(fields: Fields, error: DomainError | None) -> Refusal:
    """Put each error at its field, or above the form when it has none of it."""
    if error is None:
        return Refusal()
    by_field: dict[str, str] = {}
    alerts = []
    for each in (error, *error.others):
        if each.field in fields:
            by_field.setdefault(each.field or "", sentence(each.message))
        else:
            alerts.append(_standing_alone(each))
    return Refusal(by_field, " ".join(alerts))


def _standing_alone(error: DomainError) -> str:
    is_named = error.field not in {None, "id"} and error.message[:1].islower()
    noun = f"{error.field} " if is_named else ""
    return sentence(f"{noun}{error.message}".replace("_", " "))
