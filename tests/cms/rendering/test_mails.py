"""Every mail renders; a provider's own template comes first, and a broken one does not lose it."""

import pytest
from sqlmodel import select

from cms.content.theme import default_theme
from cms.liquid.context import OF_EMAIL
from cms.liquid.errors import TemplateError
from cms.rendering.mails import MailRenderer
from server.actions.applications.keys import user_key_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.events import EventRecord
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Message
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.forum import ForumPost, ForumTopic
from server.domain.portal.pages import Template
from server.jobs.notifications import MAILS
from tests.cms.browser import patient_renderer
from tests.kit.content import make_forum
from tests.kit.make import staff
from tests.kit.work import by

LINK = "http://localhost:8000/activate/abc"


def _renderer(deps: Dependencies) -> MailRenderer:
    return MailRenderer(patient_renderer(deps))


htmls: dict[str, str] = {}


def _render(
    deps: Dependencies, acme: NewProvider, name: str, text: str | None = None
) -> tuple[str, str]:
    with deps.database.write() as db:  # as the job that writes the mail
        application = acme.sample.application
        message = Message(provider_id=acme.provider.id, subject="Rain & shine", body="<b>Hi</b>")
        alert = Alert(
            provider_id=acme.provider.id,
            account_id=application.account_id,
            service_id=application.service_id,
            metric_id=1,
            window_start=deps.installation.clock.now(),
            application_id=application.id,
            metric_name="Hits",
            period="day",
            level=80,
            limit_value=5,
            used=4,
        )
        known: dict[str, object] = {
            "alert": alert,
            "message": message,
            "account": db.get_one(Account, application.account_id),
            "application": application,
            "application_name": application.name,
            "change": "passkey_added",
            "passkey_name": "my phone",
            "domain": "localhost:8000",
            "endpoint": "CRM",
            "leave_topic_url": LINK,
            "new_email": "j…@e….com",
            "new_username": "",
            "plan": db.get_one(ApplicationPlan, application.plan_id),
            "problem": "The record is gone.",
            "provider": acme.provider,
            "reason": "No pictures.",
            "service": acme.sample.service,
            "subscription": db.exec(select(ServiceContract)).first(),
            "support_email": "help@acme.example",
            "url": LINK,
            "user": acme.sample.user,
        }
        if "post" in OF_EMAIL[name]:
            ids = make_forum(by(db, staff(acme), deps.installation), acme)
            known["post"] = db.get_one(ForumPost, ids["post_id"])
            known["topic"] = db.get_one(ForumTopic, ids["topic_id"])
        variables = {key: known[key] for key in OF_EMAIL[name]}
        made = _renderer(deps)(db, deps.installation, acme.provider, name, variables, text=text)
        htmls[name] = made.html
        return made.subject, made.text


def _own(deps: Dependencies, acme: NewProvider, text: str) -> None:
    with deps.database.write() as db:
        row = Template(
            provider_id=acme.provider.id,
            kind="email",
            name="signup_notification_email",
            published=text,
        )
        db.add(row)


@pytest.mark.parametrize("name", OF_EMAIL)
def test_a_mail_has_a_subject_and_a_greeting_and_no_key(
    deps: Dependencies, acme: NewProvider, name: str
) -> None:
    subject, body = _render(deps, acme, name)

    key = user_key_of(deps.installation.vault, acme.sample.application)
    assert subject
    assert "\n" not in subject
    assert "News from" not in subject
    who = " John Doe" if "user" in OF_EMAIL[name] else ""
    assert body.startswith(f"Hello{who},\n")
    assert "{" not in subject + body
    assert key not in body
    assert ("url" not in OF_EMAIL[name]) or LINK in body


def test_a_text_of_mail_is_text(deps: Dependencies, acme: NewProvider) -> None:
    subject, body = _render(deps, acme, "message_for_buyer")

    assert subject == "[msg] Rain & shine"
    assert "<b>Hi</b>" in body
    assert "Rain & shine" in _render(deps, acme, "message_received")[0]


def test_the_theme_has_exactly_the_declared_mails() -> None:
    assert default_theme().names("email") == sorted(OF_EMAIL) == sorted(MAILS)


def test_a_providers_own_mail_comes_first(deps: Dependencies, acme: NewProvider) -> None:
    _own(deps, acme, "{% email %}{% subject = 'Hi\nthere' %}{% endemail %}{{ user.username }} & co")

    assert _render(deps, acme, "signup_notification_email") == ("Hi there", "john & co\n")


@pytest.mark.parametrize("text", ["{% if %}", "{{ 'a' | nowhere }}", "{% for a in (1..99999) %}"])
def test_a_broken_mail_falls_back_to_the_themes(
    deps: Dependencies, acme: NewProvider, text: str
) -> None:
    _own(deps, acme, text)

    subject, body = _render(deps, acme, "signup_notification_email")

    assert subject == "Activate your account at Acme"
    assert LINK in body
    _render(deps, acme, "signup_notification_email")
    with deps.database.read() as db:
        (event,) = db.exec(select(EventRecord).where(EventRecord.kind == "template.failed"))
    assert (event.facts["name"], event.facts["line"]) == ("signup_notification_email", 1)


def test_an_unknown_mail_is_an_error(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.read() as db, pytest.raises(TemplateError):
        _renderer(deps)(db, deps.installation, acme.provider, "nowhere", {})
