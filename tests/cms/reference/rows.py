"""Rows that both worlds have: what a developer was written, told, sold and asked."""

from datetime import datetime

from sqlmodel import Session, select

from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.authentication_providers import (
    AuthenticationProvider,
    IdentityKind,
    SSOAuthorization,
)
from server.domain.accounts.invitations import INVITATION_LIFETIME, Invitation
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Folder, Message, MessageCopy
from server.domain.plans.plans import ServicePlan
from server.domain.portal.forum import ForumCategory, ForumPost, ForumTopic, Writer
from server.domain.portal.legal import LegalTerms, TermsKind
from server.domain.provider.settings import Setting
from server.domain.services.metrics import Metric
from server.domain.services.services import Service

BILLS = {
    "name": "Acme Inc.",
    "address1": "Main Street 1",
    "address2": "2nd floor",
    "city": "Springfield",
    "state": "Oregon",
    "country": "US",
    "zip": "97477",
    "phone": "555-0100",
}


def add_rows(db: Session, account: Account, application: Application, now: datetime) -> None:
    """Add a message, an alert, a subscription, an invitation and a legal text."""
    db.get_one(Service, application.service_id).web_buyer_levels = "50 80 100"
    account.billing_address = BILLS
    _write_message(db, account, now)
    _subscribe(db, account, application)
    _connect(db, account)
    metric = db.exec(select(Metric).where(Metric.service_id == application.service_id)).first()
    db.add(
        Alert(
            provider_id=account.provider_id,
            account_id=account.id,
            application_id=application.id,
            service_id=application.service_id,
            metric_id=metric.id if metric else 0,
            metric_name="hits",
            period="day",
            window_start=now,
            level=50,
            limit_value=100,
            used=50,
            created_at=now,
        )
    )
    db.add(
        Invitation(
            provider_id=account.provider_id,
            account_id=account.id,
            email="ann@developer.example",
            sent_at=now,
            expires_at=now + INVITATION_LIFETIME,
        )
    )
    for kind in (TermsKind.SIGNUP, TermsKind.PRIVACY, TermsKind.REFUNDS):
        terms = LegalTerms(provider_id=account.provider_id, kind=kind, version=1, text="Be *kind*.")
        db.add(terms)
    _write_post(db, account, now)
    db.flush()


def _connect(db: Session, account: Account) -> None:
    """Let the developer come in by a provider of identity too."""
    login = AuthenticationProvider(
        provider_id=account.provider_id,
        kind=IdentityKind.OIDC,
        name="Acme Id",
        system_name="acme-id",
        client_id="portal",
        client_secret_sealed=b"",
        site="https://id.acme.example",
        published=True,
    )
    db.add(login)
    db.flush()
    for user in db.exec(select(User).where(User.account_id == account.id)):
        db.add(
            SSOAuthorization(
                provider_id=account.provider_id,
                authentication_provider_id=login.id,
                user_id=user.id,
                uid=f"person-{user.id}",
            )
        )


def _write_post(db: Session, account: Account, now: datetime) -> None:
    """Switch the forum on, and begin a topic in a category of it."""
    settings = db.get_one(Setting, account.provider_id)
    settings.forum_enabled = settings.app_gallery_enabled = True
    category = ForumCategory(
        provider_id=account.provider_id, name="Questions", system_name="questions", created_at=now
    )
    db.add(category)
    db.flush()
    topic = ForumTopic(
        provider_id=account.provider_id,
        category_id=category.id,
        title="Paging",
        tags="lists",
        last_post_at=now,
        created_at=now,
    )
    db.add(topic)
    db.flush()
    user = db.exec(select(User).where(User.account_id == account.id)).first()
    db.add(
        ForumPost(
            provider_id=account.provider_id,
            topic_id=topic.id,
            account_id=account.id,
            user_id=user.id if user else None,
            writer=Writer.DEVELOPER,
            body="How do I **page**?",
            is_first=True,
            created_at=now,
        )
    )


def _write_message(db: Session, account: Account, now: datetime) -> None:
    message = Message(
        provider_id=account.provider_id,
        subject="Maintenance",
        body="On Sunday.",
        state="sent",
        created_at=now,
    )
    db.add(message)
    db.flush()
    db.add(
        MessageCopy(
            provider_id=account.provider_id,
            message_id=message.id,
            account_id=account.id,
            role="recipient",
            folder=Folder.INBOX,
        )
    )


def _subscribe(db: Session, account: Account, application: Application) -> None:
    """Subscribe the account to the API of the application, unless it is."""
    of_service = ServiceContract.service_id == application.service_id
    query = select(ServiceContract).where(ServiceContract.account_id == account.id, of_service)
    if db.exec(query).first() is None:
        plans = select(ServicePlan).where(ServicePlan.service_id == application.service_id)
        db.add(
            ServiceContract(
                provider_id=account.provider_id,
                account_id=account.id,
                service_id=application.service_id,
                service_plan_id=db.exec(plans).one().id,
            )
        )
