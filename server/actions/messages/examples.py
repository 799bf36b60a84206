"""What a mail's template is tried with: rows of the provider, and a link that opens nothing."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from server.actions.rows import get_owned, within_services
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.errors import Conflict
from server.domain.events import Event, EventKind
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Message
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.forum import ForumPost, ForumTopic
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.clock import Clock

MOST_CHOICES = 100
NO_APPLICATION = "There is no application yet to try a mail with. Create one first."


def list_examples(work: Work) -> list[Application]:
    """List the newest applications that mails can be tried with."""
    work.actor.require(Permission.PORTAL_READ)
    query = select(Application).where(Application.provider_id == work.actor.provider_id)
    query = query.where(*within_services(work.actor, Application))
    return list(work.db.exec(query.order_by(col(Application.id).desc()).limit(MOST_CHOICES)).all())


def get_example(work: Work, application_id: int | None) -> Application:
    """Find the application to try a mail with, the newest when none is named.

    Raises: NotFound, Forbidden, Conflict when there is none.
    """
    work.actor.require(Permission.PORTAL_READ)
    if application_id is not None:
        return get_owned(work, Application, application_id)
    found = list_examples(work)
    if not found:
        raise Conflict(NO_APPLICATION)
    return found[0]


def ask_for_test_mail(work: Work, template: str, application_id: int | None = None) -> None:
    """Have a mail sent to oneself, filled with an application. Raises: Conflict, NotFound."""
    work.actor.require(Permission.PORTAL_EDIT)
    user = work.db.get(User, work.actor.user_id) if work.actor.user_id else None
    if user is None or not user.email:
        raise Conflict("You have no mail address that a test could go to. Set one under You.")
    application = get_example(work, application_id)
    facts = {"template": template, "application_id": application.id}
    work.record(Event(EventKind.TEST_MAIL_ASKED, user.id, facts=facts))


def example_variables(
    db: Session, clock: Clock, application: Application, portal_url: str
) -> Mapping[str, Any]:
    """Make what templates of mails may name, of one application and its people."""
    account = db.get_one(Account, application.account_id)
    provider = db.get_one(Provider, application.provider_id)
    people = select(User).where(User.account_id == account.id).order_by(col(User.id))
    user = db.exec(people).first() or User(
        provider_id=provider.id, audience="developer", username="jo", email="jo@example.com"
    )
    now = clock.now()
    message = Message(
        id=0,
        provider_id=provider.id,
        account_id=account.id,
        author=user.username,
        subject="A question",
        body="Hello,\n\nhow do I page through a long list?",
        created_at=now,
    )
    topic, post = _example_post(provider, user, clock)
    return {
        "account": account,
        "alert": _example_alert(application, clock),
        "application": application,
        "application_name": application.name,
        "domain": portal_url.partition("://")[2],
        "message": message,
        "new_email": "j…@e….com",
        "new_username": "",
        "plan": db.get_one(ApplicationPlan, application.plan_id),
        "provider": provider,
        "reason": "The link leads nowhere.",
        "service": db.get_one(Service, application.service_id),
        "subscription": _subscription_of(db, application),
        "support_email": provider.support_email,
        "url": f"{portal_url}/admin",
        "user": user,
        "leave_url": "",
        "leave_topic_url": f"{portal_url}/forum",
        "post": post,
        "topic": topic,
    }


def _subscription_of(db: Session, application: Application) -> ServiceContract | None:
    query = select(ServiceContract).where(
        ServiceContract.account_id == application.account_id,
        ServiceContract.service_id == application.service_id,
    )
    return db.exec(query).first()


def _example_post(provider: Provider, user: User, clock: Clock) -> tuple[ForumTopic, ForumPost]:
    topic = ForumTopic(
        id=0, provider_id=provider.id, title="Paging through a list", created_at=clock.now()
    )
    post = ForumPost(
        id=0,
        provider_id=provider.id,
        topic_id=0,
        user_id=user.id,
        writer="developer",
        body="With the cursor: `?after=…`.",
        created_at=clock.now(),
    )
    return topic, post


def _example_alert(application: Application, clock: Clock) -> Alert:
    return Alert(
        id=0,
        provider_id=application.provider_id,
        account_id=application.account_id,
        application_id=application.id,
        service_id=application.service_id,
        metric_id=0,
        metric_name="Hits",
        period="day",
        window_start=clock.now(),
        level=90,
        limit_value=1000,
        used=912,
        created_at=clock.now(),
    )
