"""When each mail is written, in a line; the words of the admin portal."""

from collections.abc import Mapping

MAIL_NOTES: Mapping[str, str] = {
    "signup_notification_email": "A developer signed up: the link that activates him.",
    "signup_repeated_email": "Somebody signed up with a known address.",
    "lost_password_email": "A new password was asked for: the link to set one.",
    "sign_in_changed_email": "A mail address or username was changed; told to the old address.",
    "password_changed_email": "A password was changed.",
    "sign_in_security_email": "A second factor was added, used up or taken away.",
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
    "cinstance_messenger_expired_trial_period_notification": (
        "The trial of an application ends in ten days."
    ),
    "cinstance_expired_trial": (
        "The trial of an application is over: told to you, if you choose so."
    ),
    "plans_messenger_plan_change_request_made": "Another plan was asked for: confirmed.",
    "application_plan_change_requested": "Another plan was asked for: told to you.",
    "plan_change_request_refused": "The other plan is refused.",
    "message_received": "A developer wrote a message: told to you.",
    "message_for_buyer": "You wrote a message: told to the developers.",
    "alert_messenger_limit_alert_for_buyer": "An application nears a limit.",
    "alert_messenger_limit_violation_for_buyer": "An application has used up a limit.",
    "limit_alert_reached_provider": "An application nears a limit: told to you.",
    "limit_violation_reached_provider": "An application has used up a limit: told to you.",
    "new_forum_post": "Somebody wrote in a topic of the forum: told to who subscribed to it.",
    "post_created": "Somebody wrote in the forum: told to you, if you choose so.",
    "gallery_approved": "An application is approved for the gallery: told to its people.",
    "gallery_refused": "An application is refused for the gallery: told to its people.",
    "invitation": "Somebody is invited.",
    "invitation_known": "Somebody is invited who has an account already: how to get in.",
    "account_plan_change_requested": "Another account plan was asked for: told to you.",
    "service_contract_created": "An account subscribed to an API: told to you.",
    "service_plan_change_requested": "Another plan of a subscription was asked for: told to you.",
    "service_contract_messenger_accept": "A subscription is approved.",
    "service_contract_messenger_reject": "A subscription is turned down.",
    "service_contract_messenger_suspended": "A subscription is suspended.",
    "service_contract_messenger_expired_trial_period_notification": (
        "The trial of a subscription ends in ten days."
    ),
    "domain_failing": "The proof of a custom domain is gone: told to you.",
    "webhook_paused": "A webhook takes nothing any more and is paused: told to you.",
    "domain_lost": "A custom domain does not serve any more: told to you.",
}
