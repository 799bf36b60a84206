"""Moves run on SQLite: but for `numbered`, which has tests of its own, no SQL of theirs differs."""

from pathlib import Path

import pytest

from tests.kit.make import copy_of_migrated


@pytest.fixture
def migrated_url(tmp_path: Path) -> str:
    """Give the address of a migrated database."""
    copy_of_migrated(tmp_path / "migrated.db")
    return f"sqlite:///{tmp_path / 'migrated.db'}"
