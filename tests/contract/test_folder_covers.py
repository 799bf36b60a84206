"""What a folder covers: every table and column that a provider manages, or the reason why not."""

from collections.abc import Mapping

from sqlmodel import SQLModel

import server.domain  # noqa: F401 - every table
from server.actions.registry import EVERY
from server.as_code.topics import TOPICS
from server.domain.portal.looks import LookDraft
from server.domain.provider.settings import Setting, SettingDraft

CUSTOMERS = "of developers: what they have and do is no configuration"
STAFF = "of one of the staff: who they are and what they chose is no configuration"
COUNTED = "counted or noted while calls and jobs run"
PAST = "what happened"
MADE = "made anew from what is covered"
RUNNING = "kept for a while by what runs"
TABLES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("account_group_accounts", "accounts", "applications", "application_keys"),
            *("credit_cards", "forum_posts", "forum_subscriptions", "forum_topics"),
            *("gallery_entries", "gallery_pictures", "invitations", "message_copies", "messages"),
            *("referrer_filters", "service_contracts", "terms_acceptances", "users"),
        ),
        CUSTOMERS,
    ),
    **dict.fromkeys(
        ("access_tokens", "authenticators", "notification_preferences", "passkeys"), STAFF
    ),
    "recovery_codes": STAFF,
    **dict.fromkeys(
        ("alerts", "refusal_totals", "response_code_totals", "usage_batches", "usage_totals"),
        COUNTED,
    ),
    "last_states": COUNTED,
    **dict.fromkeys(
        ("api_docs_versions", "audit_links", "events", "mails", "template_versions"), PAST
    ),
    **dict.fromkeys(("webhook_attempts", "webhook_deliveries"), PAST),
    **dict.fromkeys(("feeds", "hosts", "proxy_configs"), MADE),
    **dict.fromkeys(
        (
            *("idempotency_keys", "one_time_tokens", "spent_challenges", "sso_authorizations"),
            *("template_openings", "user_sessions", "bulk_operations", "bulk_parts"),
        ),
        RUNNING,
    ),
    "account_group_sections": "the sections of a group, by name",
    "account_plan_features": "the features of a plan, by name",
    "plan_features": "the features of a plan, by name",
    "service_plan_features": "the features of a plan, by name",
    "moved_objects": "where what moved in came from",
    "registered_documents": "what clients send, which they register themselves",
    "legal_terms": "settings of the same names",
    "look_files": "the logo and the rules of the look",
    "portal_file_chunks": "the bytes of files, beside files.yaml",
    "providers": "its details are settings; addresses and keys are the installation's",
    "settings": "a topic without a resource",
}
OF_EVERY_ROW = {"id", "provider_id", "created_at", "updated_at", "lock_version"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    **{
        plans: {
            "is_default": "default: true",
            "position": "the order of the list",
            "service_id": "the file",
            "state": "published: true",
        }
        for plans in ("application_plans", "service_plans")
    },
    "account_plans": {
        "is_default": "default: true",
        "position": "the order of the list",
        "state": "published: true",
    },
    "api_docs_services": {"outline": MADE},
    "authentication_providers": {
        "client_secret_sealed": "client_secret, hidden or a variable",
        "fault": COUNTED,
        "fault_at": COUNTED,
    },
    "backend_usages": {"service_id": "the file"},
    "domains": {
        **dict.fromkeys(("checked_at", "failing_since", "failures", "next_check_at"), COUNTED),
        **dict.fromkeys(("problem", "proof", "state", "verified_at"), COUNTED),
        "token": "proves it in the DNS of its owner; another installation has another",
    },
    "features": {"service_id": "the file"},
    "field_definitions": {"position": "the order of the list", "target": "the section"},
    "mapping_rules": {
        "backend_api_id": "the file",
        "position": "the order of the list",
        "service_id": "the file",
    },
    "metrics": {
        "backend_api_id": "the file",
        "parent_id": "the section methods, which are all under hits",
        "service_id": "the file",
    },
    "portal_files": {"digest": MADE, "size_bytes": MADE},
    "pricing_rules": {"plan_id": "the plan that lists it"},
    "proxies": {
        **dict.fromkeys(("api_test_message", "api_test_status", "api_test_success"), COUNTED),
        **dict.fromkeys(("api_test_passed_version", "api_tested_at", "deployed_at"), COUNTED),
        "policy_chain_sealed": "policy_chain, its secrets hidden or variables",
        "secret_token_sealed": "a secret stays where it is",
        "service_id": "the file",
    },
    "sections": {"is_builtin": "the root, which is always there"},
    "services": {
        "host_label": "first label of its gateways' hosts: the installation's",
        "is_default": "default: true",
        "production_domain": MADE,
        "staging_domain": MADE,
        "service_token_digest": "a secret stays where it is",
        "service_token_sealed": "a secret stays where it is",
    },
    "templates": {
        **dict.fromkeys(("fault", "fault_line", "fault_of"), COUNTED),
        "changed_by": PAST,
        "publish_at": "a folder is published when it is applied",
        "searchable": MADE,
    },
    "usage_limits": {"plan_id": "the plan that lists it"},
    "webhook_endpoints": {
        **dict.fromkeys(("failing_since", "failures", "paused_at", "problem"), COUNTED),
        "previous_secret_sealed": "the one before signs for a day",
        "previous_secret_until": "the one before signs for a day",
        "secret_sealed": "secret, hidden or a variable",
    },
}
COLUMNS_LEFT = {"application_plans": {"original_id": "a plan of one application alone"}}


def _covered() -> dict[str, set[str]]:
    """Tell the columns that files hold, by table."""
    found: dict[str, set[str]] = {}
    for topic in TOPICS:
        resource = getattr(topic, "resource", None)
        if resource is not None:
            names = {field.name for field in topic.fields}
            found.setdefault(str(resource.model.__tablename__), set()).update(
                names | {f"{name}_id" for name in names}
            )
    return found


def test_every_table_is_in_a_folder_or_says_why_not() -> None:
    tables = set(SQLModel.metadata.tables)
    covered = set(_covered())

    assert tables - covered == set(TABLES), "make it a topic, or say why not"
    assert {each.name for each in EVERY if each.model.__tablename__ not in covered} == {
        "access_token",
        "account",
        "application",
        "user",
    }


def test_every_column_of_what_a_folder_holds_is_in_it_or_says_why_not() -> None:
    for name, held in _covered().items():
        columns = set(SQLModel.metadata.tables[name].columns.keys()) - OF_EVERY_ROW
        told = {**COLUMNS.get(name, {}), **COLUMNS_LEFT.get(name, {})}
        assert columns - held == set(told), f"{name}: put it into the folder, or say why not"


def test_every_setting_and_all_of_the_look_is_in_a_folder() -> None:
    of_word = {topic.word: {field.name for field in topic.fields} for topic in TOPICS}
    switches = set(Setting.model_fields) - OF_EVERY_ROW

    assert set(SettingDraft.model_fields) - of_word["settings"] == {"account_approval_required"}
    assert switches - of_word["settings"] == {"sso_key_sealed"}, "a secret stays where it is"
    assert of_word["look"] == set(LookDraft.model_fields)
