"""Every action with valid arguments, and the kinds of events that it records then."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from server.actions.registry import RESOURCES
from server.actions.resources import Resource
from server.actions.work import Work
from tests.kit.cases.accounts import ACCOUNTS, USERS
from tests.kit.cases.applications import APPLICATIONS
from tests.kit.cases.backend_apis import BACKENDS
from tests.kit.cases.bulk import BULK
from tests.kit.cases.cards import CARDS
from tests.kit.cases.case import Case, case, keeps
from tests.kit.cases.factors import FACTORS
from tests.kit.cases.forum import FORUM
from tests.kit.cases.logins import LOGINS
from tests.kit.cases.messages import MESSAGES
from tests.kit.cases.plans import PLANS
from tests.kit.cases.portal import PORTAL
from tests.kit.cases.provider import PROVIDER
from tests.kit.cases.services import SERVICES
from tests.kit.cases.webhooks import WEBHOOKS
from tests.kit.resources import SAMPLES
from tests.kit.world import World


def _of(resource: Resource[Any]) -> Iterator[Case]:
    """Make, change and delete an object of a resource."""

    def make(work: Work, world: World) -> object:
        sample = SAMPLES[resource.name](work.db, world.acme)
        return resource.create(work, sample.values, sample.parent_id)

    def update(work: Work, world: World) -> object:
        changes = SAMPLES[resource.name](work.db, world.acme).changes
        return resource.update(work, world.kept["row"].id, changes)

    def delete(work: Work, world: World) -> object:
        return resource.delete(work, world.kept["row"].id)

    before, events = keeps("row", make), resource.events
    if events.created is not None:
        yield case(resource.create, make, events.created)
    if events.updated is not None:
        yield case(resource.update, update, events.updated, before=before)
    if events.deleted is not None:
        yield case(resource.delete, delete, events.deleted, before=before)


OF_RESOURCES = [
    replace(each, note=resource.name) for resource in RESOURCES for each in _of(resource)
]
CASES = (
    *ACCOUNTS,
    *USERS,
    *CARDS,
    *BULK,
    *FACTORS,
    *LOGINS,
    *APPLICATIONS,
    *PLANS,
    *SERVICES,
    *BACKENDS,
    *PORTAL,
    *PROVIDER,
    *WEBHOOKS,
    *MESSAGES,
    *FORUM,
    *OF_RESOURCES,
)

# What is no case of its own, and why.
READS = ("get_", "find_", "list_", "count_", "has_", "narrowed_")  # by their names
NO_CASE = {
    "claim_operation": "takes what is waiting for a job",
    "hold_provider": "locks",
    "tell": "a part of what changes a row",
    "let_go": "gives what a job has taken back",
    "read_part": "reads",
    "check_version": "checks",
    "refuse_names_of_others": "checks",
    "stage_if_ready": "a part of what changes a service or its proxy",
    "accounts_of_groups": "reads",
    "begin_passkey": "checks",
    "codes_left": "reads",
    "drop_factors": "a part of remove_factors",
    "set_up_authenticator": "makes a secret that counts once it is confirmed",
    "category_id_of": "checks",
    "is_subscribed": "reads",
    "leave_topic": "writes down a wish that mails ask for",
    "may_change": "reads",
    "may_change_at_once": "checks",
    "sealed_from": "reads",
    "put_subscription": "a part of what writes in the forum",
    "recount": "a part of what changes what a topic shows",
    "remove_topic": "a part of what deletes a topic",
    "subscribe": "writes down a wish that mails ask for",
    "unsubscribe": "writes down a wish that mails ask for",
    "add_root": "a part of create_provider",
    "check_template": "checks",
    "hold_tree": "locks",
    "is_shipped": "reads",
    "is_sso_enforced": "reads",
    "preview_link": "signs",
    "read_chunks": "reads",
    "read_file": "reads",
    "refuse_deletion": "checks",
    "refuse_reserved": "checks",
    "root_of": "reads",
    "section_of": "reads",
    "sections_of_groups": "reads",
    "account_activated": "a part of activate_user",
    "add_default_definitions": "a part of create_provider",
    "deliver_some": "a part of send_to_many, done by a job",
    "empty_trash": "deletes one's own copies, which nobody else has",
    "example_variables": "reads",
    "leave_mail": "writes down a wish that mails ask for",
    "mark_message_read": "notes that a message was read",
    "mark_message_unread": "notes that a message is to be read again",
    "preferences_of": "reads",
    "purge_alerts": "puts one's own side's view away",
    "delete_alert": "puts one's own side's view away",
    "put_recipient_copy": "a part of what sends a message",
    "put_sender_copy": "a part of what sends a message",
    "read_alert": "notes that an alert was read",
    "read_alerts": "notes that alerts were read",
    "restore_message": "moves one's own copy",
    "shown_html": "reads",
    "trash_message": "moves one's own copy",
    "untold": "reads",
    "update_preferences": "writes down a wish that mails ask for",
    "create_empty_provider": "a part of create_provider",
    "keep_moved": "notes what became of what was taken over",
    "drop_moved": "forgets what became of what was taken over",
    "add_application": "a part of create_application and sign_up",
    "add_samples": "a part of create_provider",
    "give_gateway_hosts": "a part of create_service",
    "approval_required": "reads",
    "base_url": "reads",
    "claim_due": "takes what is to be sent, for a while",
    "start_test": "writes down what is about to be sent",
    "start_replay": "writes down what is about to be sent",
    "delete_failures": "forgets what nobody took",
    "keep_last_state": "a part of what deletes an object",
    "seal_events": "seals what was recorded",
    "verify_chain": "reads",
    "head_of": "reads",
    "links_of": "reads",
    "next_due_at": "reads",
    "settled_below": "reads",
    "export_events": "reads",
    "callback_url": "reads",
    "end_links": "a part of what changes what one logs in with",
    "hold_link": "locks",
    "note_fault": "notes why a login failed, which is no event",
    "registration_of": "reads",
    "body_of": "reads",
    "compared_with_seen": "reads",
    "note_change": "a part of changing a specification",
    "note_first": "a part of making a specification",
    "begin_signup": "a part of sign_up",
    "cards_by_account": "reads",
    "checked_reach": "checks",
    "build_document": "reads",
    "check_proof": "checks",
    "chart_of_metric": "reads",
    "check_may_take": "checks",
    "check_terms": "checks",
    "check_texts": "checks",
    "put_terms": "a part of update_settings",
    "require_terms": "checks",
    "currency_of": "reads",
    "details_of": "reads",
    "drop_dead_links": "takes links that open nothing out of kept mails",
    "drop_links": "a part of what uses or replaces a link",
    "end_opening": "notes who has a template open, which is no event",
    "end_sessions": "a part of suspend_user and of what sets a password",
    "drop_domains_of": "a part of delete_service",
    "note_check_or_conflict": "note_check, where nobody waits for the answer",
    "settle_primary": "a part of what changes a domain",
    "copy_parts": "a part of copy_application_plan and of customize_plan",
    "drop_custom_plan": "a part of what takes an application from its plan",
    "make_custom_plan": "a part of customize_plan",
    "rules_by_plan": "reads",
    "service_of": "reads",
    "features_by_plan": "reads",
    "filters_by_application": "reads",
    "hold": "locks",
    "hold_with_account": "locks",
    "issue_invitation_link": "a part of mails: the event was recorded before",
    "refuse_single_user": "checks",
    "hold_service": "locks",
    "hold_to_delete": "locks",
    "issue_link": "a part of mails: the event was recorded before",
    "is_description_asked": "reads",
    "keys_by_application": "reads",
    "limits_by_plan": "reads",
    "note_opening": "notes who has a template open, which is no event",
    "open_environments": "reads",
    "refuse_second_service": "checks",
    "put_body": "a part of mails: the event was recorded before",
    "put_key": "a part of add_key and create_application",
    "refusals_of_service": "reads",
    "rely_on": "locks",
    "rely_on_service": "locks",
    "refuse_closed_area": "checks",
    "claiming": "checks",
    "refuse_wrong_chain": "checks",
    "reveal": "reads",
    "save": "writes what its caller tells",
    "save_with_hosts": "a part of create_provider",
    "select_plans": "reads",
    "shown_body": "reads",
    "shown_chain": "reads",
    "shown_document": "reads",
    "shown_sample_call": "reads",
    "log_out": "ends a session, which no gateway asks for",
    "open_session": "a part of log_in",
    "tell_signup": "a part of sign_up",
    "touch": "notes that a session is in use",
    "use_sso_token": "log_in follows and tells it",
    "use_staff_link": "log_in follows and tells it",
    "view_of_application": "reads",
    "view_of_service": "reads",
}
