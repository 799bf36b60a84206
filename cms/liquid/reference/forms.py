"""What each form does, what it is about and which fields it reads; where it goes is in FORMS."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormNote:
    """What a form is for; `about` is the variable that it needs, as an example names it."""

    what: str
    about: str = ""
    fields: tuple[str, ...] = ()


NEW_PASSWORD = ("user[password]", "user[password_confirmation]")
TEXTS = ("application[name]", "application[description]")

FORM_NOTES: Mapping[str, FormNote] = {
    "signup": FormNote(
        "Signs a developer up.",
        "",
        (
            "account[org_name]",
            "account[user][username]",
            "account[user][email]",
            "account[user][password]",
            "plan_ids[]",
        ),
    ),
    "login": FormNote("Logs in.", "", ("username", "password")),
    "logout": FormNote("Logs out."),
    "activation.confirm": FormNote("Activates a user from the link of a mail.", "activation"),
    "activation.resend": FormNote("Sends the activation link again.", "", ("email",)),
    "password_reset": FormNote("Sends a link that sets a new password.", "", ("email",)),
    "password_change": FormNote("Sets a new password from such a link.", "", NEW_PASSWORD),
    "application.create": FormNote(
        "Makes an application.", "", (*TEXTS, "application[plan_id]", "service_id")
    ),
    "application.update": FormNote("Changes an application.", "application", TEXTS),
    "application.updateremote": FormNote("The same, by an older name.", "application", TEXTS),
    "application.delete": FormNote("Deletes an application.", "application"),
    "application.regenerate_user_key": FormNote("Replaces the user_key.", "application"),
    "application_key.create": FormNote("Adds an app_key.", "application", ("key",)),
    "application_key.delete": FormNote("Deletes an app_key.", "key"),
    "referrer_filter.create": FormNote(
        "Adds a referrer filter.", "application", ("referrer_filter",)
    ),
    "referrer_filter.createremote": FormNote(
        "The same, by an older name.", "application", ("referrer_filter",)
    ),
    "referrer_filter.delete": FormNote("Deletes a referrer filter.", "filter"),
    "contract.create": FormNote(
        "Changes the plan, or asks for another.", "application", ("plan_id",)
    ),
    "account.personal_details": FormNote("Changes the account.", "", ("account[org_name]",)),
    "user.personal_details": FormNote(
        "Changes who is logged in.",
        "",
        (
            "user[username]",
            "user[email]",
            "user[first_name]",
            "user[last_name]",
            "user[current_password]",
        ),
    ),
    "user.password": FormNote(
        "Changes the password of who is logged in.", "", ("user[current_password]", *NEW_PASSWORD)
    ),
}
