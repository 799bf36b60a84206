"""Secrets at rest: sealed (can be shown again), digested (can only be compared), signed."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.kit.base64url import encoded

NONCE_BYTES = 12
KEY_BYTES = 32


class DamagedKey(Exception):
    """The file of the master key is not what was written: what is sealed can't be opened."""


class Vault:
    """Seals, digests and signs with keys derived from one master key of the data directory."""

    def __init__(self, master_key: bytes) -> None:
        self._seal_key = self._derive(master_key, b"seal")
        self._seal = AESGCM(self._seal_key)
        self._digest_key = self._derive(master_key, b"digest")
        self._sign_key = self._derive(master_key, b"sign")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the master key, or make one (mode 0600) when the file is missing.

        Raises: DamagedKey, OSError.
        """
        if not path.exists():
            _write_new(path, secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise DamagedKey(f"{path} holds no key of {KEY_BYTES} bytes. Bring it from a backup.")
        return cls(key)

    def __getstate__(self) -> bytes:
        """Give other processes what unseals, and nothing to digest or sign with."""
        return self._seal_key

    def __setstate__(self, seal_key: bytes) -> None:
        self._seal_key = seal_key
        self._seal = AESGCM(seal_key)

    @staticmethod
    def _derive(master_key: bytes, purpose: bytes) -> bytes:
        return hmac.digest(master_key, b"gatehouse:" + purpose, "sha256")

    def seal(self, text: str) -> bytes:
        """Encrypt for storage."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, text.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` made. Raises: ValueError when the key or the bytes are not ours."""
        try:
            return self._seal.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
        except InvalidTag as error:
            raise ValueError("sealed with another key") from error

    def digest(self, text: str) -> bytes:
        """Digest with our key, to find and compare a secret without storing it in clear."""
        return hmac.digest(self._digest_key, _bytes_of(text), "sha256")

    def sign(self, text: str) -> str:
        """Sign a text for a cursor or a form: url-safe, 16 bytes."""
        digest = hmac.digest(self._sign_key, text.encode(), "sha256")[:16]
        return encoded(digest)

    def signature_holds(self, text: str, signature: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that nobody else has written meanwhile, whole or not at all."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike a renaming, it never replaces a key that is in use
    finally:
        draft.unlink()


def _bytes_of(text: str) -> bytes:
    """Encode what a caller sent; JSON may bring half of a character, which matches nothing."""
    return text.encode(errors="surrogatepass")


def token_digest(token: str) -> str:
    """Digest a random token of at least 128 bits, for storage: no key is needed."""
    return hashlib.sha384(_bytes_of(token)).hexdigest()
