"""Where the portal's own pages are seen when a preview names none."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.forum import ForumTopic
from server.domain.services.services import Service

# `{…}` is the first one that who looks may see.
SEEN_AT: Mapping[str, str] = {
    "signup/show": "/signup",
    "signup/success": "/signup/success",
    "activations/show": "/activate",
    "login/new": "/login?with=password",
    "password/new": "/admin/account/password/new",
    "dashboards/show": "/admin",
    "applications/index": "/admin/applications",
    "applications/new": "/admin/applications/new",
    "applications/choose_service": "/admin/applications/new",
    "applications/show": "/admin/applications/{application}",
    "applications/edit": "/admin/applications/{application}/edit",
    "applications/alerts/index": "/admin/applications/{application}/alerts",
    "stats/index": "/buyer/stats",
    "account/show": "/admin/account",
    "account/edit": "/admin/account/edit",
    "account_plans/index": "/admin/account/account_plans",
    "accounts/users/index": "/admin/account/users",
    "accounts/users/edit": "/admin/account/users/{user}/edit",
    "invitations/index": "/admin/account/invitations",
    "invitations/new": "/admin/account/invitations/new",
    "services/index": "/admin/services",
    "services/new": "/admin/service_contracts/new?service_id={service}",
    "messages/inbox/index": "/admin/messages/received",
    "messages/outbox/index": "/admin/messages/sent",
    "messages/outbox/new": "/admin/messages/new",
    "messages/trash/index": "/admin/messages/trash",
    "user/show": "/admin/account/personal_details",
    "user/security": "/admin/account/personal_details/security",
    "user/tokens": "/admin/account/personal_details/tokens",
    "search/index": "/search?q=api",
    "legal/show": "/terms",
    "api_docs/index": "/api_docs",
    "api_docs/show": "/api_docs/specs/{spec}",
    "api_docs/changes": "/api_docs/specs/{spec}/changes",
    "forum/index": "/forum",
    "forum/topics/new": "/forum/topics/new",
    "forum/topics/show": "/forum/topics/{topic}",
    "forum/subscriptions/index": "/forum/subscriptions",
    "gallery/index": "/gallery",
    "gallery/edit": "/admin/applications/{application}/gallery",
    "errors/not_found": "/there-is-no-such-page",
}


def find_path(db: Session, provider_id: int, account_id: int | None, name: str) -> str:
    """Find where a page is seen; empty for one that no address leads to yet."""
    path = SEEN_AT.get(name, "")
    for kind, (column, wanted) in _rows(account_id).items():
        if f"{{{kind}}}" in path:
            mine = select(column).where(column.class_.provider_id == provider_id, *wanted)
            found = db.exec(mine.order_by(col(column.class_.id))).first()
            path = path.replace(f"{{{kind}}}", str(found)) if found else ""
    return path


def _rows(account_id: int | None) -> Mapping[str, tuple[Any, tuple[Any, ...]]]:
    """Tell what stands for each word of a path, and which rows may."""
    return {
        "application": (Application.id, (col(Application.account_id) == account_id,)),
        "user": (User.id, (col(User.account_id) == account_id,)),
        "service": (Service.id, (col(Service.state) == "published",)),
        "spec": (ApiDocs.system_name, (col(ApiDocs.published).is_(True),)),
        "topic": (ForumTopic.id, (col(ForumTopic.is_hidden).is_(False),)),
    }
