"""When each mail is written, in a line; the words of the admin portal."""

from collections.abc import Mapping

MAIL_NOTES: Mapping[str, str] = {
    "signup_notification_email": "A developer signed up: the link that activates him.",
    "signup_repeated_email": "Somebody signed up with a known address.",
    "lost_password_email": "A new password was asked for: the link to set one.",
    "sign_in_changed_email": "A mail address or username was changed; told to the old address.",
    "password_changed_email": "A password was changed.",
    "account_confirmed": "An account waits for approval: told to its people.",
    "account_created": "An account waits for approval: told to you.",
    "account_approved": "An account is approved.",
    "account_rejected": "An account is rejected.",
    "cinstance_messenger_accept": "An application is accepted.",
    "cinstance_messenger_reject": "An application is turned down.",
    "cinstance_messenger_suspended": "An application is suspended.",
    "cinstance_messenger_plan_change_for_buyer": "The plan of an application changed.",
    "cinstance_messenger_key_created": "A key was added.",
    "cinstance_messenger_key_deleted": "A key was deleted.",
    "plans_messenger_plan_change_request_made": "Another plan was asked for: confirmed.",
    "application_plan_change_requested": "Another plan was asked for: told to you.",
    "plan_change_request_refused": "The other plan is refused.",
    "message_received": "A developer wrote a message: told to you.",
    "message_for_buyer": "You wrote a message: told to the developers.",
    "alert_messenger_limit_alert_for_buyer": "An application nears a limit.",
    "alert_messenger_limit_violation_for_buyer": "An application has used up a limit.",
    "limit_alert_reached_provider": "An application nears a limit: told to you.",
    "limit_violation_reached_provider": "An application has used up a limit: told to you.",
    "invitation": "Somebody is invited.",
    "domain_failing": "The proof of a custom domain is gone: told to you.",
    "domain_lost": "A custom domain does not serve any more: told to you.",
}
