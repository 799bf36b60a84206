"""Password hashes: argon2id, compared at the same cost whether or not there is a user."""

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


@cache
def _hasher() -> PasswordHash:
    # 19 MiB and two passes: the first of OWASP's recommended settings; about 25 ms a hash.
    return PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))


@cache
def _nobody() -> str:
    return _hasher().hash("the password of nobody")


def hash_password(password: str) -> str:
    """Hash for storage. Cost: tens of milliseconds and 19 MiB."""
    return _hasher().hash(password)


def password_matches(password: str, stored: str) -> bool:
    """Compare; an empty `stored` never matches, at the cost of a real comparison."""
    typed = password.encode(errors="surrogatepass")  # JSON may bring half of a character
    nobody = _nobody()  # made by the first comparison, whosever it is
    matches = _hasher().verify(typed, stored or nobody)
    return matches and bool(stored)
