"""From whom a mail comes and what else stands above it: the provider's word, within bounds."""

from email.headerregistry import Address
from email.utils import parseaddr

import structlog

from server.actions.messages.preferences import leave_code
from server.domain.installation import Installation
from server.domain.messages.preferences import OPTIONAL
from server.domain.messages.rendered import RenderedMail
from server.domain.provider.providers import Provider
from server.jobs.recipients import Notification, NotificationContext

TAKEN = ("Cc", "Bcc", "Reply-To", "List-Unsubscribe")
log = structlog.get_logger("gatehouse.mail")


def sender_of(provider: Provider, installation: Installation, rendered: RenderedMail) -> str:
    """Write whom a mail comes from: the provider, unless the template names one of its domain."""
    own = provider.from_email or f"no-reply@{installation.addresses.domain}"
    given = " ".join(rendered.headers.get("From", "").split())
    name, address = parseaddr(given) if "@" in given else (given, "")
    domain = address.rpartition("@")[2].lower()
    if address and domain != own.rpartition("@")[2].lower():
        log.warning("a template names a sender of another domain", provider_id=provider.id)
        address = ""
    return str(address_of(name or provider.name, address or own))


def headers_of(provider: Provider, rendered: RenderedMail) -> dict[str, str]:
    """List the headers beside sender, recipient and subject, each on one line."""
    wanted = {"Reply-To": provider.reply_to_email, **rendered.headers}
    return {
        name: " ".join(value.split())
        for name, value in wanted.items()
        if value and (name in TAKEN or name.startswith("X-"))
    }


def leave_url_of(ctx: NotificationContext, notification: Notification) -> str:
    """Make the address by which the reader leaves a mail; empty where he can't."""
    if notification.to is None or notification.template not in OPTIONAL:
        return ""
    addresses = ctx.installation.addresses
    code = leave_code(ctx.installation, notification.to, notification.template)
    if notification.to.audience == "provider":
        return f"{addresses.admin(ctx.provider)}/p/admin/leave_mail/{code}"
    return f"{addresses.portal(ctx.provider)}/leave_mail/{code}"


def address_of(name: str, address: str) -> Address:
    """Make what stands in a header; the address is not read, so it may be any."""
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)
