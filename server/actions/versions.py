"""Versions of objects: a change that was made from another one than the stored is refused."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect

from server.actions.rows import hold, plain
from server.actions.work import Work
from server.domain.errors import VersionConflict
from server.kit.crypto import Vault

# What changes without anybody's having edited the object.
PASSING = frozenset(
    {
        *("api_test_message", "api_test_passed_version", "api_test_status", "api_test_success"),
        *("api_tested_at", "checked_at", "deployed_at", "fault", "fault_at", "next_check_at"),
        *("first_daily_traffic_at", "first_traffic_at", "last_seen_at", "last_used_at"),
        *("last_post_at", "rank", "replies", "updated_at"),
    }
)
# Texts that lists leave out: when the row last changed stands for them, where they change at all.
LARGE = {
    "api_docs_services": {"body", "outline"},
    "api_docs_versions": {"body"},
    "template_versions": {"text"},
    "templates": {"published", "draft"},
}
DIGITS = 24  # of 64: enough that no two states of an object are alike


def version_of(vault: Vault, *rows: Any) -> str:
    """Tell the state of an object by what is stored of it; the text says nothing about that."""
    return version_of_values(vault, {str(number): _values(row) for number, row in enumerate(rows)})


def version_of_values(vault: Vault, values: Mapping[str, Any]) -> str:
    """Tell a state that is no row by its values."""
    return vault.digest(json.dumps(values, sort_keys=True, default=_written)).hex()[:DIGITS]


def check_version(work: Work, row: Any, expected: str | None) -> None:
    """Hold a row and compare it with what a change was made from. Raises: VersionConflict."""
    if expected is not None and row is not None:
        compare(version_of(work.installation.vault, hold(work.db, row)), expected)


def compare(current: str, expected: str | None) -> None:
    """Compare a version with the one that a change was made from. Raises: VersionConflict."""
    if expected is not None and current != expected:
        raise VersionConflict(expected, current)


def _values(row: Any) -> dict[str, Any]:
    kind = type(row)
    large = LARGE.get(kind.__tablename__, set())
    left_out = large | (PASSING - {"updated_at"} if large else PASSING)
    names = [each.key for each in inspect(kind).column_attrs if each.key not in left_out]
    return {name: getattr(row, name) for name in names}


def _written(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else plain(value)
