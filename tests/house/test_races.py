"""Whatever may be there once, or so many times, is raced for, or says here why not."""

import re
from collections.abc import Iterator

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

import server.domain  # noqa: F401 - registers every table
from tests.house.tree import python_files, text_of
from tests.kit.cases.races import RACES

BOUND = re.compile(r"^(MOST_[A-Z_]+)\b", re.MULTILINE)
RANDOM = "a digest of random bytes"
NOT_RACED = {
    "bulk_parts.operation_id,is_result,number": "written while the operation is held",
    "account_features.provider_id,system_name": "made by every action at once, with one name",
    "account_plan_features.plan_id,feature_id": "made while the plan is held",
    "service_plan_features.plan_id,feature_id": "made while the plan is held",
    "account_group_accounts.account_id,group_id": "made while the group is held",
    "account_group_sections.group_id,section_id": "made while the group is held",
    "account_groups.provider_id,name": "made by every action at once, with one name",
    "forum_categories.provider_id,system_name": "made by every action at once, with one name",
    "forum_subscriptions.user_id,topic_id": "made while its user is held",
    "gallery_entries.application_id": "made while the application is held",
    "gallery_pictures.entry_id": "made while the application is held",
    "feeds.provider_id,url": "made by one job alone",
    "portal_file_chunks.file_id,number": "made while the file is held",
    "portal_files.provider_id,path": "made by every action at once, with one path",
    "webhook_endpoints.provider_id,name": "made by every action at once, with one name",
    "webhook_deliveries.endpoint_id,event_id,event_type": "made while its event is held",
    "audit_links.provider_id,number": "made by one sealer at a time",
    "audit_links.event_id": "made by one sealer at a time",
    "domains.provider_id,name": "made by every action at once, with one name",
    "redirects.provider_id,source": "made by every action at once, with one source",
    "registry_policies.provider_id,name,version": "made by every action at once, with one name",
    "sections.provider_id,system_name": "made by every action at once, with one name",
    "templates.provider_id,kind,system_name": "made by every action at once, with one name",
    "backend_apis.provider_id,system_name": "made by every action at once, with one name",
    "access_tokens.digest": RANDOM,
    "idempotency_keys.provider_id,caller,key_digest": "raced for by "
    "tests/server/graphql/test_once.py",
    "authenticators.user_id": "made while its user is held",
    "recovery_codes.user_id,digest": RANDOM,
    "providers.provider_key_digest": RANDOM,
    "api_docs_services.provider_id,system_name": "made by every action at once, with one name",
    "moved_objects.provider_id,origin,kind,foreign_id": "noted while the provider is held",
    "look_files.provider_id,name": "written by who holds the row of the provider",
    "hosts.name": "raced for by tests/server/actions/provider/test_hosts.py",
    "alerts.application_id,metric_id,period,window_start,level": "raced for by "
    "tests/server/actions/messages/test_alerts.py",
    "notification_preferences.user_id": "made while its user is held",
    "settings.provider_id": "made with its provider alone",
    "usage_batches.id": "folded twice by tests/server/test_usage.py",
    "usage_totals.application_id,metric_id,period,window_start": "added to in place",
    "response_code_totals.application_id,code,period,window_start": "added to in place",
    "refusal_totals.service_id,application_id,code,period,window_start": "added to in place",
}
NOT_OF_MANY = {
    "MOST_ANSWER": "of a text",
    "MOST_SECRET_BYTES": "of a text",
    "MOST_ABOUT": "of a text",
    "MOST_NESTING": "of a text",
    "MOST_POST": "of a text",
    "MOST_TAGS": "of a text",
    "MOST_APPLICATIONS": "of an answer",
    "MOST_ATTEMPTS": "of one mail, each numbered",
    "MOST_AT_ONCE": "of a query",
    "MOST_BODY": "of a text",
    "MOST_BUCKETS": "of an answer",
    "MOST_CHAIN_BYTES": "of a text",
    "MOST_CHANGES": "of an answer",
    "MOST_CHOICES": "of a query",
    "MOST_CLAIM": "of a text",
    "MOST_CSS": "of a text",
    "MOST_DATES": "of a chart",
    "MOST_DEFINITION": "of a text",
    "MOST_DELTA": "of a number",
    "MOST_DEPTH": "of a document",
    "MOST_DESCRIPTION": "of a text",
    "MOST_DIGITS": "of a text",
    "MOST_DOCUMENTS": "of a document",
    "MOST_ERROR_TEXT": "of a text",
    "MOST_EXAMPLE": "of a text",
    "MOST_EXAMPLES": "of an answer",
    "MOST_FAILED": "of a query",
    "MOST_FIELDS": "of an answer",
    "MOST_FIELD_NAME": "of a text",
    "MOST_FIGURES": "of a text",
    "MOST_FILES": "of a document",
    "MOST_FILE_BYTES": "of a file",
    "MOST_HEADER": "of a text",
    "MOST_INPUT": "of a file",
    "MOST_LINES": "of a file",
    "MOST_RESULT": "of a file",
    "MOST_HOPS": "of an answer",
    "MOST_LABEL": "of a text",
    "MOST_LETTER": "of a text",
    "MOST_LINKS": "of a text",
    "MOST_LOGO": "of a text",
    "MOST_LOGO_BYTES": "of a file",
    "MOST_MOUNT": "of a text",
    "MOST_NAMED": "of an answer",
    "MOST_NOTED": "of an answer",
    "MOST_OF_NAME": "of a text",
    "MOST_OPERATIONS": "of an answer",
    "MOST_ORIGINS": "of a text",
    "MOST_ORIGINS_TEXT": "of a text",
    "MOST_OVERLAP_HOURS": "of a number",
    "MOST_PARAMETERS": "of an answer",
    "MOST_PARTS": "of a document",
    "MOST_PATH": "of a text",
    "MOST_PATTERN": "of a text",
    "MOST_PICTURE_BYTES": "of a file",
    "MOST_PIXELS": "of a file",
    "MOST_POSTS": "of an answer",
    "MOST_RATE": "of a number",
    "MOST_RECIPIENTS": "of one message",
    "MOST_SHOWN": "of a text",
    "MOST_SITE": "of a text",
    "MOST_SLUG": "of a text",
    "MOST_STEPS": "of a chart",
    "MOST_TARGET": "of a text",
    "MOST_TEMPLATE": "of a text",
    "MOST_TEXT": "of a text",
    "MOST_TOGETHER": "of a text",
    "MOST_TOLD": "of an answer",
    "MOST_TRIAL_DAYS": "of a number",
    "MOST_TRIES": "of attempts at a name",
    "MOST_URL": "of a text",
    "MOST_VALUE": "of a number",
    "MOST_VALUES": "of one text",
}


def _unique_in(table: Table) -> Iterator[str]:
    """List what is unique in a table, but for ids that the database numbers."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield ",".join(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield ",".join(column.name for column in index.columns)
    if table.autoincrement_column is None:
        yield ",".join(column.name for column in table.primary_key)


def test_every_uniqueness_is_raced_for() -> None:
    unique = {
        f"{table.name}.{columns}"
        for table in SQLModel.metadata.sorted_tables
        for columns in _unique_in(table)
    }
    raced = {name for race in RACES for name in race.holds}

    assert unique - raced - set(NOT_RACED) == set(), "add a race to tests/kit/cases/races.py"
    assert set(NOT_RACED) - unique == set()


def test_every_bound_is_raced_for() -> None:
    bounds = {
        name
        for file in python_files("server")
        if file.startswith(("server/domain/", "server/actions/"))
        for name in BOUND.findall(text_of(file))
    }
    raced = {name for race in RACES for name in race.holds}

    assert bounds - raced - set(NOT_OF_MANY) == set(), "add a race to tests/kit/cases/races.py"
    assert set(NOT_OF_MANY) - bounds == set()


def test_every_race_is_told_apart() -> None:
    names = [race.name for race in RACES]

    assert len(names) == len(set(names))
