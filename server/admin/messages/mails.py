"""Mails that were sent or kept. They hold links that log people in: only for who edits settings."""

from dataclasses import dataclass

from sqlmodel import select
from starlette.responses import Response

from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.admin.screen import Screen
from server.domain.errors import NotFound
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from server.kit.paging import Listing

NEWEST = Listing("mails_newest", Mail, newest_first=True)


@dataclass(frozen=True, slots=True)
class MailsPage:
    """The mails, newest first; without an SMTP server they are only kept."""

    mails: Pager[Mail]
    are_kept: bool


@dataclass(frozen=True, slots=True)
class MailPage:
    """One mail."""

    mail: Mail


def index(screen: Screen) -> Response:
    """List mails."""
    screen.actor.require(Permission.SETTINGS_EDIT)
    query = select(Mail).where(Mail.provider_id == screen.provider.id)
    page = MailsPage(page_through(screen, NEWEST, query), screen.site.mails_are_kept)
    return render(screen, "mails/index.html.j2", page)


def show(screen: Screen) -> Response:
    """Show one mail as text."""
    screen.actor.require(Permission.SETTINGS_EDIT)
    mail = screen.db.get(Mail, screen.path_id("mail_id"))
    if mail is None or mail.provider_id != screen.provider.id:
        raise NotFound("There is no such mail.")
    return render(screen, "mails/show.html.j2", MailPage(mail))
