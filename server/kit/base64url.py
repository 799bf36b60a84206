"""Bytes as text that stands in an address or a cookie as it is: base64url without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read it back. Raises: ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
