"""Secrets: sealed for one key, digested alike, signed for one text."""

import stat
from pathlib import Path

import pytest

from server.kit.crypto import Vault, token_digest

VAULT, OTHER = Vault(b"a" * 32), Vault(b"b" * 32)


@pytest.mark.parametrize("text", ["", "secret", "ü€😀", "x" * 10_000])
def test_what_is_sealed_comes_back_with_the_same_key_only(text: str) -> None:
    sealed = VAULT.seal(text)

    assert VAULT.unseal(sealed) == text
    with pytest.raises(ValueError, match="another key"):
        OTHER.unseal(sealed)


def test_nothing_shows_what_is_sealed_or_that_it_is_the_same() -> None:
    first, second = VAULT.seal("secret"), VAULT.seal("secret")

    assert first != second
    assert b"secret" not in first


@pytest.mark.parametrize("at", [0, 5, 12, -1])
def test_a_changed_byte_opens_nothing(at: int) -> None:
    sealed = bytearray(VAULT.seal("secret"))
    sealed[at] ^= 1

    with pytest.raises(ValueError, match="another key"):
        VAULT.unseal(bytes(sealed))


def test_digests_are_alike_for_one_key_and_one_text() -> None:
    assert VAULT.digest("a") == Vault(b"a" * 32).digest("a")
    assert (
        len({VAULT.digest("a"), VAULT.digest("b"), OTHER.digest("a"), VAULT.digest("a\ud800")}) == 4
    )
    assert token_digest("a") == token_digest("a") != token_digest("b")
    assert token_digest("\ud800") != token_digest("")


def test_a_signature_holds_for_its_text_and_key_only() -> None:
    signature = VAULT.sign("text")

    assert VAULT.signature_holds("text", signature)
    assert not VAULT.signature_holds("Text", signature)
    assert not OTHER.signature_holds("text", signature)
    assert not VAULT.signature_holds("text", signature[:-1])
    assert not VAULT.signature_holds("text", "ü")


def test_the_three_uses_have_keys_of_their_own() -> None:
    sealed_with_it = Vault(b"a" * 32)

    assert sealed_with_it.digest("text")[:16].hex() not in sealed_with_it.sign("text")
    assert len({sealed_with_it._digest_key, sealed_with_it._sign_key}) == 2


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "master.key"

    sealed = Vault.open(file).seal("secret")

    assert Vault.open(file).unseal(sealed) == "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 32
