"""The catalogue of what can happen, and what follows from each: answers, mails, webhooks."""

from enum import Enum, StrEnum, auto
from typing import Self


class Gateway(Enum):
    """Which of the gateway's answers an event may change."""

    NOTHING = auto()
    APPLICATION = auto()  # those about the application that is the event's subject
    PROVIDER = auto()  # any about the provider


NO_MAILS: tuple[str, ...] = ()
NO_WEBHOOKS: tuple[str, ...] = ()
QUIET = (Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS)


class EventKind(StrEnum):
    """What can happen, `subject.verb`, and what follows; every kind is in the audit log.

    What follows is said with each kind, so that nobody has to remember it: which of the gateway's
    answers change, the templates of the mails in order, and what the reference's webhooks call it
    (Source: reference-portal 7).
    """

    gateway: Gateway
    mails: tuple[str, ...]
    webhooks: tuple[str, ...]

    def __new__(
        cls, name: str, gateway: Gateway, mails: tuple[str, ...], webhooks: tuple[str, ...]
    ) -> Self:
        """Make a kind that is its name."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.gateway, kind.mails, kind.webhooks = gateway, mails, webhooks
        return kind

    PROVIDER_CREATED = "provider.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PROVIDER_MOVED = "provider.state_changed", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    ACCOUNT_CREATED = "account.created", Gateway.NOTHING, NO_MAILS, ("account_created",)
    ACCOUNT_UPDATED = "account.updated", Gateway.NOTHING, NO_MAILS, ("account_updated",)
    ACCOUNT_PLAN_CHANGED = (
        "account.plan_changed",
        Gateway.NOTHING,
        NO_MAILS,
        ("account_plan_changed",),
    )
    ACCOUNT_PENDING = (
        "account.pending",
        Gateway.PROVIDER,
        ("account_confirmed", "account_created"),
        ("account_updated",),
    )
    ACCOUNT_APPROVED = (
        "account.approved",
        Gateway.PROVIDER,
        ("account_approved",),
        ("account_updated",),
    )
    ACCOUNT_REJECTED = (
        "account.rejected",
        Gateway.PROVIDER,
        ("account_rejected",),
        ("account_updated",),
    )
    ACCOUNT_SUSPENDED = "account.suspended", Gateway.PROVIDER, NO_MAILS, ("account_updated",)
    ACCOUNT_RESUMED = "account.resumed", Gateway.PROVIDER, NO_MAILS, ("account_updated",)
    ACCOUNT_DELETED = "account.deleted", Gateway.NOTHING, NO_MAILS, ("account_deleted",)
    ACCOUNT_PLAN_CHANGE_ASKED = (
        "account.plan_change_asked",
        Gateway.NOTHING,
        ("account_plan_change_requested",),
        NO_WEBHOOKS,
    )
    ACCOUNT_PLAN_CHANGE_REFUSED = "account.plan_change_refused", *QUIET
    CONTRACT_CREATED = (
        "service_contract.created",
        Gateway.NOTHING,
        ("service_contract_created",),
        NO_WEBHOOKS,
    )
    CONTRACT_ACCEPTED = (
        "service_contract.accepted",
        Gateway.NOTHING,
        ("service_contract_messenger_accept",),
        NO_WEBHOOKS,
    )
    CONTRACT_SUSPENDED = (
        "service_contract.suspended",
        Gateway.NOTHING,
        ("service_contract_messenger_suspended",),
        NO_WEBHOOKS,
    )
    CONTRACT_RESUMED = "service_contract.resumed", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    CONTRACT_DELETED = (
        "service_contract.deleted",
        Gateway.NOTHING,
        ("service_contract_messenger_reject",),
        NO_WEBHOOKS,
    )
    CONTRACT_PLAN_CHANGED = "service_contract.plan_changed", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    CONTRACT_PLAN_CHANGE_ASKED = (
        "service_contract.plan_change_asked",
        Gateway.NOTHING,
        ("service_plan_change_requested",),
        NO_WEBHOOKS,
    )
    CONTRACT_PLAN_CHANGE_REFUSED = "service_contract.plan_change_refused", *QUIET
    CONTRACT_TRIAL_ENDING = (
        "service_contract.trial_ending",
        Gateway.NOTHING,
        ("service_contract_messenger_expired_trial_period_notification",),
        NO_WEBHOOKS,
    )
    CONTRACT_TRIAL_ENDED = "service_contract.trial_ended", *QUIET
    USER_SIGNED_UP = (
        "user.signed_up",
        Gateway.NOTHING,
        ("signup_notification_email",),
        ("user_created",),
    )
    SIGNUP_REPEATED = (
        "user.signup_repeated",
        Gateway.NOTHING,
        ("signup_notification_email", "signup_repeated_email"),
        NO_WEBHOOKS,
    )
    USER_CREATED = "user.created", Gateway.NOTHING, NO_MAILS, ("user_created",)
    USER_UPDATED = "user.updated", Gateway.NOTHING, ("sign_in_changed_email",), ("user_updated",)
    USER_ACTIVATED = "user.activated", Gateway.NOTHING, NO_MAILS, ("user_updated",)
    USER_SUSPENDED = "user.suspended", Gateway.NOTHING, NO_MAILS, ("user_updated",)
    USER_UNSUSPENDED = "user.unsuspended", Gateway.NOTHING, NO_MAILS, ("user_updated",)
    USER_DELETED = "user.deleted", Gateway.NOTHING, NO_MAILS, ("user_deleted",)
    INVITATION_SENT = (
        "invitation.sent",
        Gateway.NOTHING,
        ("invitation", "invitation_known"),
        NO_WEBHOOKS,
    )
    INVITATION_ACCEPTED = "invitation.accepted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    INVITATION_DELETED = "invitation.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    AUTHENTICATION_PROVIDER_CREATED = "authentication_provider.created", *QUIET
    AUTHENTICATION_PROVIDER_UPDATED = "authentication_provider.updated", *QUIET
    AUTHENTICATION_PROVIDER_DELETED = "authentication_provider.deleted", *QUIET
    IDENTITY_LINKED = "user.identity_linked", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    IDENTITY_UNLINKED = "user.identity_unlinked", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    STAFF_LINK_CREATED = "user.staff_link_created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    SSO_TOKEN_CREATED = "user.sso_token_created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    USER_LOGGED_IN = "user.logged_in", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PASSWORD_RESET_ASKED = (
        "user.password_reset_asked",
        Gateway.NOTHING,
        ("lost_password_email",),
        NO_WEBHOOKS,
    )
    PASSWORD_CHANGED = (
        "user.password_changed",
        Gateway.NOTHING,
        ("password_changed_email",),
        ("user_updated",),
    )
    FACTORS_CHANGED = (
        "user.factors_changed",
        Gateway.NOTHING,
        ("sign_in_security_email",),
        NO_WEBHOOKS,
    )
    SERVICE_CREATED = "service.created", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    SERVICE_UPDATED = "service.updated", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    BACKEND_API_CREATED = "backend_api.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    BACKEND_API_UPDATED = "backend_api.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    BACKEND_API_DELETED = "backend_api.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    BACKEND_USAGE_CREATED = "backend_usage.created", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    BACKEND_USAGE_UPDATED = "backend_usage.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    BACKEND_USAGE_DELETED = "backend_usage.deleted", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    METRIC_CREATED = "metric.created", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    METRIC_UPDATED = "metric.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    METRIC_DELETED = "metric.deleted", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    RULE_CREATED = "mapping_rule.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    RULE_UPDATED = "mapping_rule.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    RULE_DELETED = "mapping_rule.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PROXY_UPDATED = "proxy.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PROXY_TESTED = "proxy.tested", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    CONFIG_DEPLOYED = "proxy_config.deployed", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    CONFIG_PROMOTED = "proxy_config.promoted", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    PLAN_CREATED = "plan.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PLAN_UPDATED = "plan.updated", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    PLAN_DELETED = "plan.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    LIMIT_SET = "usage_limit.set", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    LIMIT_DELETED = "usage_limit.deleted", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    PRICING_RULE_CREATED = "pricing_rule.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PRICING_RULE_UPDATED = "pricing_rule.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    PRICING_RULE_DELETED = "pricing_rule.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FEATURE_CREATED = "feature.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FEATURE_UPDATED = "feature.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FEATURE_DELETED = "feature.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    ACCOUNT_FEATURE_CREATED = "account_feature.created", *QUIET
    ACCOUNT_FEATURE_UPDATED = "account_feature.updated", *QUIET
    ACCOUNT_FEATURE_DELETED = "account_feature.deleted", *QUIET
    FIELD_DEFINITION_CREATED = "field_definition.created", *QUIET
    FIELD_DEFINITION_UPDATED = "field_definition.updated", *QUIET
    FIELD_DEFINITION_DELETED = "field_definition.deleted", *QUIET
    API_DOCS_CREATED = "api_docs.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    API_DOCS_UPDATED = "api_docs.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    API_DOCS_DELETED = "api_docs.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    APPLICATION_CREATED = (
        "application.created",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_created",),
    )
    APPLICATION_UPDATED = (
        "application.updated",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    APPLICATION_ACCEPTED = (
        "application.accepted",
        Gateway.APPLICATION,
        ("cinstance_messenger_accept",),
        ("application_updated",),
    )
    APPLICATION_REJECTED = (
        "application.rejected",
        Gateway.NOTHING,  # it never was let in
        ("cinstance_messenger_reject",),
        NO_WEBHOOKS,
    )
    APPLICATION_SUSPENDED = (
        "application.suspended",
        Gateway.APPLICATION,
        ("cinstance_messenger_suspended",),
        ("application_suspended",),
    )
    APPLICATION_RESUMED = (
        "application.resumed",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    APPLICATION_DELETED = (
        "application.deleted",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_deleted",),
    )
    PLAN_CHANGED = (
        "application.plan_changed",
        Gateway.APPLICATION,
        ("cinstance_messenger_plan_change_for_buyer",),
        ("application_plan_changed",),
    )
    PLAN_CUSTOMIZED = (
        "application.plan_customized",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    PLAN_DECUSTOMIZED = (
        "application.plan_decustomized",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    PLAN_CHANGE_ASKED = (
        "application.plan_change_asked",
        Gateway.NOTHING,
        ("plans_messenger_plan_change_request_made", "application_plan_change_requested"),
        NO_WEBHOOKS,
    )
    PLAN_CHANGE_REFUSED = (
        "application.plan_change_refused",
        Gateway.NOTHING,
        ("plan_change_request_refused",),
        NO_WEBHOOKS,
    )
    APPLICATION_TRIAL_ENDING = (
        "application.trial_ending",
        Gateway.NOTHING,
        ("cinstance_messenger_expired_trial_period_notification",),
        NO_WEBHOOKS,
    )
    APPLICATION_TRIAL_ENDED = (
        "application.trial_ended",
        Gateway.NOTHING,
        ("cinstance_expired_trial",),
        NO_WEBHOOKS,
    )
    USAGE_TAKEN_OVER = "application.usage_taken_over", *QUIET
    USER_KEY_CHANGED = (
        "application.user_key_updated",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_user_key_updated", "application_key_updated"),
    )
    KEY_ROTATED = (
        "application.key_rotated",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_key_updated",),
    )
    KEY_CREATED = (
        "application.key_created",
        Gateway.APPLICATION,
        ("cinstance_messenger_key_created",),
        ("application_key_created",),
    )
    KEY_DELETED = (
        "application.key_deleted",
        Gateway.APPLICATION,
        ("cinstance_messenger_key_deleted",),
        ("application_key_deleted",),
    )
    REFERRER_FILTER_CREATED = (
        "application.referrer_filter_created",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    REFERRER_FILTER_DELETED = (
        "application.referrer_filter_deleted",
        Gateway.APPLICATION,
        NO_MAILS,
        ("application_updated",),
    )
    TERMS_ACCEPTED = "account.terms_accepted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    MESSAGE_SENT = (
        "message.sent",
        Gateway.NOTHING,
        ("message_received", "message_for_buyer"),
        NO_WEBHOOKS,
    )
    MESSAGE_QUEUED = "message.queued", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_CATEGORY_CREATED = "forum_category.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_CATEGORY_UPDATED = "forum_category.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_CATEGORY_DELETED = "forum_category.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_TOPIC_CREATED = "forum_topic.created", Gateway.NOTHING, ("post_created",), NO_WEBHOOKS
    FORUM_TOPIC_UPDATED = "forum_topic.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_TOPIC_DELETED = "forum_topic.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_POST_CREATED = (
        "forum_post.created",
        Gateway.NOTHING,
        ("post_created", "new_forum_post"),
        NO_WEBHOOKS,
    )
    FORUM_POST_UPDATED = "forum_post.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FORUM_POST_DELETED = "forum_post.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    GALLERY_ASKED = "gallery_entry.asked", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    GALLERY_APPROVED = "gallery_entry.approved", Gateway.NOTHING, ("gallery_approved",), NO_WEBHOOKS
    GALLERY_REFUSED = "gallery_entry.refused", Gateway.NOTHING, ("gallery_refused",), NO_WEBHOOKS
    GALLERY_WITHDRAWN = "gallery_entry.withdrawn", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    LIMIT_REACHED = (
        "alert.limit_reached",
        Gateway.NOTHING,
        (
            "alert_messenger_limit_alert_for_buyer",
            "alert_messenger_limit_violation_for_buyer",
            "limit_alert_reached_provider",
            "limit_violation_reached_provider",
        ),
        NO_WEBHOOKS,
    )
    TEST_MAIL_ASKED = "mail.test_asked", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    SETTING_UPDATED = "setting.updated", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    LOOK_UPDATED = "look.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    DOMAIN_CREATED = "domain.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    DOMAIN_UPDATED = "domain.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    DOMAIN_DELETED = "domain.deleted", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    DOMAIN_VERIFIED = "domain.verified", Gateway.PROVIDER, NO_MAILS, NO_WEBHOOKS
    DOMAIN_FAILING = "domain.failing", Gateway.NOTHING, ("domain_failing",), NO_WEBHOOKS
    DOMAIN_LOST = "domain.lost", Gateway.PROVIDER, ("domain_lost",), NO_WEBHOOKS
    WEBHOOK_CREATED = "webhook_endpoint.created", *QUIET
    WEBHOOK_UPDATED = "webhook_endpoint.updated", *QUIET
    WEBHOOK_DELETED = "webhook_endpoint.deleted", *QUIET
    WEBHOOK_PAUSED = "webhook_endpoint.paused", Gateway.NOTHING, ("webhook_paused",), NO_WEBHOOKS
    WEBHOOK_RESUMED = "webhook_endpoint.resumed", *QUIET
    BULK_STARTED = "bulk_operation.started", *QUIET
    BULK_FINISHED = "bulk_operation.finished", *QUIET
    BULK_CANCELED = "bulk_operation.canceled", *QUIET
    DOCUMENTS_REGISTERED = "registered_document.created", *QUIET
    DOCUMENT_DELETED = "registered_document.deleted", *QUIET
    TOKEN_CREATED = "access_token.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TOKEN_DELETED = "access_token.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_CREATED = "template.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_UPDATED = "template.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_DELETED = "template.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_FAILED = "template.failed", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_PUBLISHED = "template.published", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    TEMPLATE_HIDDEN = "template.hidden", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    SECTION_CREATED = "section.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    SECTION_UPDATED = "section.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    SECTION_DELETED = "section.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FILE_CREATED = "portal_file.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FILE_UPDATED = "portal_file.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    FILE_DELETED = "portal_file.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    REGISTRY_POLICY_CREATED = "registry_policy.created", *QUIET
    REGISTRY_POLICY_UPDATED = "registry_policy.updated", *QUIET
    REGISTRY_POLICY_DELETED = "registry_policy.deleted", *QUIET
    REDIRECT_CREATED = "redirect.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    REDIRECT_UPDATED = "redirect.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    REDIRECT_DELETED = "redirect.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    GROUP_CREATED = "group.created", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    GROUP_UPDATED = "group.updated", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS
    GROUP_DELETED = "group.deleted", Gateway.NOTHING, NO_MAILS, NO_WEBHOOKS


_KINDS = {kind.value: kind for kind in EventKind}


def find_kind(name: str) -> EventKind | None:
    """Find a kind by its name; None for one that only a newer version knows."""
    return _KINDS.get(name)
