"""Mails that were sent or kept. What they say is for who edits settings."""

import re
from dataclasses import dataclass

from markupsafe import Markup
from sqlmodel import select
from starlette.responses import Response

from server.actions.messages.mails import shown_body
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.errors import NotFound
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from server.kit.paging import Listing

URL = re.compile(r"https?://[^\s<>\"']+")
AFTER_URLS = ".,;:!?)]}"  # they end the sentence, not the address
LINK = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
NEWEST = Listing("mails_newest", Mail, newest_first=True)


@dataclass(frozen=True, slots=True)
class MailsPage:
    """The mails, newest first; without an SMTP server they are only kept."""

    mails: Pager[Mail]
    are_kept: bool


@dataclass(frozen=True, slots=True)
class MailPage:
    mail: Mail
    body: Markup  # as a mail program shows it
    source: str  # as it is sent


def index(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    query = select(Mail).where(Mail.provider_id == ctx.provider.id)
    page = MailsPage(page_through(ctx, NEWEST, query), ctx.deps.mails_are_kept)
    return render(ctx, "mails/index.html.j2", page)


def show(ctx: AdminContext) -> Response:
    """Show one mail as a mail program does, and its text."""
    ctx.actor.require(Permission.SETTINGS_EDIT)
    mail = ctx.db.get(Mail, ctx.path_id("mail_id"))
    if mail is None or mail.provider_id != ctx.provider.id:
        raise NotFound("There is no such mail.")
    body = shown_body(ctx, mail, are_kept=ctx.deps.mails_are_kept)
    return render(ctx, "mails/show.html.j2", MailPage(mail, with_links(body), body))


def with_links(text: str) -> Markup:
    """Escape a text and make what are addresses of pages in it links."""
    parts, position = [], 0
    for match in URL.finditer(text):
        url = match[0].rstrip(AFTER_URLS)
        parts += [text[position : match.start()], LINK.format(url, url)]
        position = match.start() + len(url)
    return Markup("").join([*parts, text[position:]])
