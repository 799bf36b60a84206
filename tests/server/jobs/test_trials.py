"""The end of a trial is told before it comes and when it is there: once, to whom it concerns."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from cms.rendering.mails import MailRenderer
from server.actions.accounts.accounts import suspend_account
from server.actions.accounts.subscriptions import subscribe
from server.actions.applications.applications import (
    change_application_plan,
    create_application,
    delete_application,
    suspend_application,
)
from server.actions.messages.preferences import update_preferences
from server.actions.plans.plans import APPLICATION_PLANS, SERVICE_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.messages.mails import Mail
from server.domain.messages.messages import Message
from server.jobs.mail import MailSender, MailWriter
from server.jobs.outbox import Outbox
from server.jobs.smtp import SMTPServer
from server.jobs.trials import check_trials
from server.kit.clock import FixedClock, utc_now
from tests.cms.browser import patient_renderer
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.jobs.conftest import PlainRenderer
from tests.server.jobs.mailbox import running_mailbox

JOHN = "admin+test@acme.example"
STAFF = "admin@acme.example"
TRIAL = {"cost_per_month": Decimal(5), "trial_period_days": 30}
KINDS = ("trial_ending", "trial_ended")


@dataclass
class Trial:
    """A subscription and an application that began just now, each on a trial of its plan."""

    deps: Dependencies
    acme: NewProvider
    application_id: int = 0
    other_plan_id: int = 0

    def begin(self, **values: object) -> None:
        with self.deps.database.write() as db:
            work, account_id = self.staff(db), self.acme.sample.application.account_id
            service = create_service(work, {"name": "Tides"})
            made = {"name": "Try", **TRIAL, **values}
            low = create_plan(work, SERVICE_PLANS, made, service.id, published=True)
            subscribe(work, account_id, low.id)
            plan = create_plan(work, APPLICATION_PLANS, made, service.id, published=True)
            other = create_plan(
                work,
                APPLICATION_PLANS,
                {"name": "Other", "cost_per_month": 9},
                service.id,
                published=True,
            )
            application = create_application(work, account_id, plan.id, {"name": "Radar"})
            self.application_id, self.other_plan_id = application.id, other.id

    def staff(self, db: Session) -> Work:
        return by(db, staff(self.acme), self.deps.installation)

    def after(self, days: float) -> Dependencies:
        """Make the dependencies of so many days from now."""
        clock = FixedClock(utc_now() + timedelta(days=days))
        return replace(self.deps, installation=replace(self.deps.installation, clock=clock))

    def told(self) -> list[str]:
        with self.deps.database.read() as db:
            rows = db.exec(select(EventRecord.kind).order_by(col(EventRecord.id)))
            return [kind for kind in rows if kind.endswith(KINDS)]


@pytest.fixture
def trial(deps: Dependencies, acme: NewProvider) -> Trial:
    return Trial(deps, acme)


def test_a_trial_is_told_of_once_before_its_end_and_once_at_it(trial: Trial) -> None:
    trial.begin()
    ending = [EventKind.APPLICATION_TRIAL_ENDING, EventKind.CONTRACT_TRIAL_ENDING]
    ended = [EventKind.APPLICATION_TRIAL_ENDED, EventKind.CONTRACT_TRIAL_ENDED]

    assert check_trials(trial.after(19.9)) == 0
    with ThreadPoolExecutor(2) as workers:  # as two processes
        list(workers.map(check_trials, [trial.after(20.1)] * 2))
    assert sorted(trial.told()) == sorted(ending)
    assert check_trials(trial.after(29.9)) == 0
    assert check_trials(trial.after(30.1)) == 2
    assert check_trials(trial.after(31)) == 0
    assert trial.told()[2:] == ended


def suspends_account(trial: Trial, db: Session) -> None:
    suspend_account(trial.staff(db), trial.acme.sample.application.account_id)


def suspends_application(trial: Trial, db: Session) -> None:
    suspend_application(trial.staff(db), trial.application_id)


def deletes(trial: Trial, db: Session) -> None:
    delete_application(trial.staff(db), trial.application_id)


def costs_nothing(trial: Trial, db: Session) -> None:
    plan_id = db.get_one(Application, trial.application_id).plan_id
    APPLICATION_PLANS.update(trial.staff(db), plan_id, {"cost_per_month": 0})


APPLICATION_MAIL = "cinstance_messenger_expired_trial_period_notification"
CONTRACT_MAIL = "service_contract_messenger_expired_trial_period_notification"
END_MAIL = "cinstance_expired_trial"


def moves_on(trial: Trial, db: Session) -> None:
    change_application_plan(trial.staff(db), trial.application_id, trial.other_plan_id)


def told_by_mail(trial: Trial, *days: float) -> list[tuple[str, str]]:
    """Look at trials on these days; tell which mails about them are written, and to whom."""
    for day in days:
        deps = trial.after(day)
        check_trials(deps)
        mail_writer = MailWriter(deps.installation, PlainRenderer(), None)
        Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()
    with trial.deps.database.read() as db:
        rows = db.exec(select(Mail.template, Mail.recipient).order_by(col(Mail.id)))
        return [(name, to) for name, to in rows if "trial" in name]


@pytest.mark.parametrize(
    ("happens", "values", "told"),
    [
        (None, {}, [APPLICATION_MAIL, CONTRACT_MAIL, END_MAIL]),
        (moves_on, {}, [APPLICATION_MAIL, CONTRACT_MAIL, END_MAIL]),  # the end stays
        (None, {"trial_period_days": 10}, [END_MAIL]),  # announced when it begins is no news
        (None, {"trial_period_days": 0}, []),
        (None, {"cost_per_month": 0}, []),
        (costs_nothing, {}, [CONTRACT_MAIL]),
        (suspends_account, {}, [END_MAIL]),
        (suspends_application, {}, [CONTRACT_MAIL, END_MAIL]),
        (deletes, {}, [CONTRACT_MAIL]),
    ],
)
def test_who_is_told_of_which_trials(
    trial: Trial,
    happens: Callable[[Trial, Session], None] | None,
    values: dict[str, object],
    told: list[str],
) -> None:
    trial.begin(**values)
    with trial.deps.database.write() as db:
        work = by(db, actor_of_user(trial.acme.admin), trial.deps.installation)
        update_preferences(work, {END_MAIL: True})
        if happens is not None:
            happens(trial, db)

    found = told_by_mail(trial, 1, 21, 22, 31, 32)

    assert found == [(name, STAFF if name == END_MAIL else JOHN) for name in told]


def test_the_provider_is_told_only_if_he_chose_so(trial: Trial) -> None:
    trial.begin()

    assert told_by_mail(trial, 31) == []
    assert sorted(trial.told()) == [
        EventKind.APPLICATION_TRIAL_ENDED,
        EventKind.CONTRACT_TRIAL_ENDED,
    ]  # who was away tells of the end, not of both


def test_an_account_suspended_before_its_mail_is_written_gets_none(trial: Trial) -> None:
    trial.begin()
    check_trials(trial.after(21))
    with trial.deps.database.write() as db:
        suspends_account(trial, db)

    assert told_by_mail(trial, 21) == []


def test_the_mails_arrive_with_the_days_that_are_left(trial: Trial) -> None:
    trial.begin()
    deps, posted = trial.after(20.5), list[int]()
    check_trials(deps)
    mail_writer = MailWriter(deps.installation, MailRenderer(patient_renderer(deps)), posted.append)

    Outbox(deps.database, deps.installation.clock, [mail_writer.listener()]).sweep()
    with running_mailbox() as mailbox:
        sender = MailSender(
            deps, SMTPServer.of(f"smtp://127.0.0.1:{mailbox.port}", helo="localhost")
        )
        for mail_id in posted:
            sender.send(mail_id, 0)

    mails = [mail for mail in mailbox.messages if "trial" in mail["Subject"]]
    assert {mail["Subject"]: mail["To"] for mail in mails} == {
        "The trial of Radar ends in 10 days": JOHN,
        "The trial of Tides ends in 10 days": JOHN,
    }
    for mail in mails:
        text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert text is not None
        assert html is not None
        assert "you try the plan Try of Tides." in text.get_content()
        assert "you try the plan Try of Tides." in html.get_content()
    with deps.database.read() as db:
        labels = list(db.exec(select(Message.label).where(Message.label == "trial")))
    assert len(labels) == 2  # they are in the inbox as well
