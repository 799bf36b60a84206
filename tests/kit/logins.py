"""Logging in without a face: the check of the password, counted, and the session."""

from sqlmodel import Session

from server.auth.dependencies import Dependencies
from server.auth.passwords import Attempt, check_password
from server.auth.sessions import Login, log_in


def logged_in(
    db: Session, deps: Dependencies, side: tuple[int, str], name: str, password: str
) -> Login:
    """Log in on a side, which is a provider's id and an audience."""
    provider_id, audience = side
    attempt = Attempt(
        provider_id=provider_id,
        audience=audience,
        name=name,
        password=password,
        address="127.0.0.1",
    )
    return log_in(db, deps.installation, check_password(db, deps.gates, attempt))
