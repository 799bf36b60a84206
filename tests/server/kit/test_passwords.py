"""Passwords: stored as a hash with its own salt, never found for who has none."""

import pytest

from server.kit.passwords import hash_password, password_matches


def test_a_password_is_matched_by_its_own_hash_only() -> None:
    stored = hash_password("six green apples")

    assert stored.startswith("$argon2id$")
    assert password_matches("six green apples", stored)
    assert not password_matches("Six green apples", stored)
    assert not password_matches("", stored)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("six green apples") != hash_password("six green apples")


@pytest.mark.parametrize("typed", ["", "x", "the password of nobody", "\ud800"])
def test_nothing_matches_who_has_no_password(typed: str) -> None:
    assert not password_matches(typed, "")
