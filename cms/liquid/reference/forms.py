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
INVITEE = ("user[username]", "user[password]", "user[first_name]", "user[last_name]")
TOKEN = tuple(
    f"access_token[{name}]"
    for name in ("name", "scope_account_management", "scope_stats", "permission", "expires_at")
)
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
    "login.passkey": FormNote(
        "Logs in with a passkey, which the theme's script asks for.", "", ("credential",)
    ),
    "login.code": FormNote(
        "Gives the second step of a login: a code of an app, or a recovery code.", "", ("code",)
    ),
    "login.second_passkey": FormNote(
        "Gives the second step of a login with a passkey.", "", ("credential",)
    ),
    "logout": FormNote("Logs out."),
    "activation.confirm": FormNote("Activates a user from the link of a mail.", "activation"),
    "activation.resend": FormNote("Sends the activation link again.", "", ("email",)),
    "access_code": FormNote("Opens a portal that is not open yet.", "", ("access_code",)),
    "identity.signup": FormNote(
        "Signs up, or joins, who came by a provider of identity.",
        "identity",
        ("account[org_name]", "account[user][username]", "accepted_terms"),
    ),
    "identity.connect": FormNote(
        "Connects the provider of identity that one came by with who is logged in.",
        "identity",
        ("current_password",),
    ),
    "identity.disconnect": FormNote("Ends such a connection.", "login"),
    "invitation.create": FormNote("Invites a colleague.", "", ("invitation[email]",)),
    "invitation.resend": FormNote("Mails an invitation again.", "invitation"),
    "invitation.delete": FormNote("Withdraws an invitation.", "invitation"),
    "invitation_signup": FormNote(
        "Joins an account from the link of an invitation.",
        "joining",
        INVITEE,
    ),
    "user.edit": FormNote("Changes the role of a user.", "user", ("user[role]",)),
    "user.delete": FormNote("Deletes a user.", "user"),
    "user.suspend": FormNote("Locks a user out.", "user"),
    "user.unsuspend": FormNote("Lets a user in again.", "user"),
    "password_reset": FormNote("Sends a link that sets a new password.", "", ("email",)),
    "password_change": FormNote("Sets a new password from such a link.", "", NEW_PASSWORD),
    "application.create": FormNote(
        "Makes an application.", "", (*TEXTS, "application[plan_id]", "service_id")
    ),
    "application.update": FormNote("Changes an application.", "application", TEXTS),
    "application.updateremote": FormNote("The same, by an older name.", "application", TEXTS),
    "application.delete": FormNote("Deletes an application.", "application"),
    "application.regenerate_user_key": FormNote(
        "Replaces the user_key.", "application", ("overlap_hours",)
    ),
    "application.end_old_user_key": FormNote("Ends the user_key before this one.", "application"),
    "application_key.regenerate": FormNote("Replaces an app_key.", "key", ("overlap_hours",)),
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
    "subscription.create": FormNote(
        "Subscribes to an API.", "", ("service_contract[plan_id]", "accepted_terms")
    ),
    "subscription.change": FormNote(
        "Changes the plan of a subscription, or asks for another.",
        "subscription",
        ("service_contract[plan_id]",),
    ),
    "subscription.delete": FormNote("Ends a subscription.", "subscription"),
    "plan.change": FormNote(
        "Changes the plan of the account, or asks for another.", "", ("plan_id",)
    ),
    "search": FormNote("Searches the portal.", "", ("q",)),
    "message.create": FormNote(
        "Writes to the provider.", "", ("message[subject]", "message[body]")
    ),
    "message.reply": FormNote(
        "Answers a message.", "", ("message[subject]", "message[body]", "reply_to")
    ),
    "message.delete": FormNote("Moves a message to the trash.", "letter"),
    "message.restore": FormNote("Takes a message back from the trash.", "letter"),
    "messages.empty_trash": FormNote("Deletes all that is in the trash for good."),
    "topic.create": FormNote(
        "Begins a topic of the forum.",
        "",
        ("topic[title]", "topic[body]", "topic[category_id]", "topic[tags]"),
    ),
    "topic.reply": FormNote("Answers in a topic.", "topic", ("post[body]",)),
    "topic.subscribe": FormNote("Has answers of a topic mailed.", "topic"),
    "topic.unsubscribe": FormNote("Ends that.", "topic"),
    "post.update": FormNote("Changes what one wrote.", "post", ("post[body]",)),
    "post.delete": FormNote("Deletes what one wrote.", "post"),
    "gallery.ask": FormNote(
        "Asks for an application to be in the gallery.",
        "application",
        (
            *("gallery[title]", "gallery[description]", "gallery[link]"),
            *("gallery[picture]", "gallery[picture_alt]", "gallery[no_picture]"),
        ),
    ),
    "gallery.withdraw": FormNote("Takes an application out of the gallery.", "application"),
    "alert.read": FormNote("Marks an alert read.", "alert"),
    "alert.delete": FormNote("Deletes an alert.", "alert"),
    "alerts.read_all": FormNote("Marks all alerts of an application read.", "application"),
    "alerts.purge": FormNote("Deletes all alerts of an application.", "application"),
    "notification.leave": FormNote("Leaves a mail from the link in it.", "leaving"),
    "user.notifications": FormNote(
        "Chooses the mails to who is logged in.", "", ("notification[…]",)
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
    "authenticator.create": FormNote(
        "Begins to set up an authenticator app.", "", ("current_password",)
    ),
    "authenticator.confirm": FormNote("Has the app count, by its first code.", "", ("code",)),
    "authenticator.delete": FormNote("Takes the app away.", "", ("current_password",)),
    "passkey.create": FormNote("Begins to register a passkey.", "", ("name", "current_password")),
    "passkey.confirm": FormNote(
        "Registers the passkey that the theme's script has made.", "", ("name", "credential")
    ),
    "passkey.delete": FormNote("Deletes a passkey.", "passkey", ("current_password",)),
    "recovery_codes.create": FormNote(
        "Makes recovery codes anew; those before open nothing.", "", ("current_password",)
    ),
    "access_token.create": FormNote("Makes an access token of one's own.", "", TOKEN),
    "access_token.delete": FormNote("Deletes an access token.", "token"),
    "user.password": FormNote(
        "Changes the password of who is logged in.", "", ("user[current_password]", *NEW_PASSWORD)
    ),
}
