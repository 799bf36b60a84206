"""A mail as its template makes it, before it is addressed to anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from server.domain.errors import Unavailable
from server.domain.installation import Installation
from server.domain.provider.providers import Provider


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """Subject, text, HTML and the headers that a template may set."""

    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # From, Cc, Bcc, Reply-To, X-…
    is_unwanted: bool = False  # the template says that it is not to be sent


# (db, installation, provider, template, variables) -> the mail; `text` is what the template would
# be: None, as it stands.
RenderMail = Callable[..., RenderedMail]


def render_nothing(
    _db: Session,
    _installation: Installation,
    _provider: Provider,
    _template: str,
    _variables: Mapping[str, Any],
    *,
    text: str | None = None,
) -> RenderedMail:
    """Refuse, in a process that renders no mails. Raises: Unavailable."""
    raise Unavailable("Mails are not rendered by this process.")
