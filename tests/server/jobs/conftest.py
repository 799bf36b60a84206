"""A renderer and a transport that remember what they got."""

from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import Session

from server.actions.accounts.accounts import reject_account
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.installation import Installation
from server.domain.messages.rendered import RenderedMail
from server.domain.provider.providers import Provider
from tests.kit.make import staff
from tests.kit.work import by


class PlainRenderer:
    """Renders a template as its name and url, and remembers the variables."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.variables: dict[str, Mapping[str, Any]] = {}

    def __call__(
        self,
        _db: Session,
        _installation: Installation,
        _provider: Provider,
        template: str,
        variables: Mapping[str, Any],
        *,
        text: str | None = None,
    ) -> RenderedMail:
        self.variables[template] = variables
        subject, text = f"About {template}", f"Follow {variables.get('url', 'nothing')}"
        return RenderedMail(subject, text, f"<p>{text}</p>", self.headers)


class Box:
    """A transport that keeps the messages, or raises what it is told to."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.error: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def send(self, message: EmailMessage) -> None:
        self.meanwhile()
        if self.error is not None:
            raise self.error
        self.messages.append(message)


def reject(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.write() as db:
        reject_account(by(db, staff(acme)), acme.sample.application.account_id)


@pytest.fixture
def renderer() -> PlainRenderer:
    return PlainRenderer()


@pytest.fixture
def box() -> Box:
    return Box()
