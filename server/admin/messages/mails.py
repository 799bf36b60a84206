"""Mails that were sent or kept. What they say is for who edits settings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from server.actions.messages.lists import MailFilter, narrowed_mails
from server.actions.messages.mails import MOST_ATTEMPTS, shown_body, shown_html
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, is_narrowed, page_through
from server.admin.messages.mail_templates import framed
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.errors import NotFound
from server.domain.messages.mails import Mail
from server.domain.permissions import Permission
from server.kit.paging import Listing

URL = re.compile(r"https?://[^\s<>\"']+")
AFTER_URLS = ".,;:!?)]}"  # they end the sentence, not the address
LINK = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
STATES = (("sent", "sent"), ("queued", "waiting"), ("failed", "not delivered"), ("kept", "kept"))
NEWEST = Listing("mails_newest", Mail, newest_first=True)


@dataclass(frozen=True, slots=True)
class MailsPage:
    """The mails, newest first; without an SMTP server they are only kept."""

    mails: Pager[Mail]
    are_kept: bool
    search: str
    filters: Sequence[Filter]
    is_filtered: bool
    most_attempts: int


@dataclass(frozen=True, slots=True)
class MailPage:
    mail: Mail
    body: Markup  # the text as a mail program shows it
    source: str  # as it is sent
    has_html: bool
    account: Account | None


def index(ctx: AdminContext) -> Response:
    """List the mails, newest first."""
    search, state = ctx.query("search"), Filter.read(ctx, "state", "State", STATES)
    wanted = MailFilter(state=state.value, search=search)
    found = page_through(ctx, NEWEST, narrowed_mails(ctx.actor, wanted))
    are_kept, is_filtered = ctx.deps.mails_are_kept, is_narrowed(search, [state])
    page = MailsPage(found, are_kept, search, [state], is_filtered, MOST_ATTEMPTS)
    return render(ctx, "mails/index.html.j2", page)


def show(ctx: AdminContext) -> Response:
    """Show one mail as a mail program does, and its text."""
    mail = _found(ctx)
    body = shown_body(ctx, mail, are_kept=ctx.deps.mails_are_kept)
    account = ctx.db.get(Account, mail.account_id) if mail.account_id else None
    page = MailPage(mail, with_links(body), body, mail.html_sealed is not None, account)
    return render(ctx, "mails/show.html.j2", page)


def show_html(ctx: AdminContext) -> Response:
    """Show the HTML of a mail in a frame that may do nothing."""
    mail = _found(ctx)
    return framed(shown_html(ctx, mail, are_kept=ctx.deps.mails_are_kept))


def _found(ctx: AdminContext) -> Mail:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    mail = ctx.db.get(Mail, ctx.path_id("mail_id"))
    if mail is None or mail.provider_id != ctx.provider.id:
        raise NotFound("There is no such mail.")
    return mail


def with_links(text: str) -> Markup:
    """Escape a text and make what are addresses of pages in it links."""
    parts, position = [], 0
    for match in URL.finditer(text):
        url = match[0].rstrip(AFTER_URLS)
        parts += [text[position : match.start()], LINK.format(url, url)]
        position = match.start() + len(url)
    return Markup("").join([*parts, text[position:]])
