"""The audit log in the admin portal."""

from sqlmodel import Session, select

from server.actions.applications.applications import change_application_plan
from server.actions.applications.keys import replace_user_key
from server.actions.plans.limits import set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.plans.plans import ApplicationPlan
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_a_change_is_logged_with_who_and_what(acme: NewProvider, admin: Browser) -> None:
    admin.done(f"/accounts/{acme.sample.application.account_id}", org_name="<i>New</i>")

    page = admin.page("/audit")

    assert "account updated" in page
    assert ">admin<br>" in page
    assert "admin portal" in page
    assert "<ins>&lt;i&gt;New&lt;/i&gt;</ins>" in page


def limit_hits(db: Session, acme: NewProvider) -> None:
    hits = list_metrics(db, acme.sample.service.id)[0]
    values = {"metric_id": hits.id, "period": "hour", "value": 5}
    set_limit(by(db, staff(acme)), values, acme.sample.application.plan_id)


def test_facts_are_shown_beside_changes_and_not_as_changes(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        limit_hits(db, acme)

    page = admin.page("/audit")

    assert "<div><code>period</code>: hour</div>" in page
    assert "hour</del>" not in page


def test_a_changed_secret_is_shown_as_changed(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        replace_user_key(by(db, staff(acme), deps.installation), acme.sample.application.id)

    page = admin.page("/audit")

    assert "<code>user_key</code> changed" in page
    assert "(hidden)" not in page


def test_what_the_first_version_wrote_as_a_pair_of_equals_is_shown_as_a_fact(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    pairs = {"period": ["day", "day"], "value": [1, 2]}
    with deps.database.write() as db:
        provider_id, kind = acme.provider.id, EventKind.LIMIT_SET
        db.add(EventRecord(provider_id=provider_id, kind=kind, actor="admin", payload=pairs))

    page = admin.page("/audit")

    assert "<div><code>period</code>: day</div>" in page
    assert "<del>1</del> → <ins>2</ins>" in page


def test_names_lead_to_what_they_stand_for(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    service, sample = acme.sample.service, acme.sample.application
    admin.done(f"/services/{service.id}/integration", api_test_path="/new")
    admin.done(f"/services/{service.id}/promote")
    with deps.database.write() as db:
        limit_hits(db, acme)
        other = db.exec(select(ApplicationPlan).where(ApplicationPlan.id != sample.plan_id)).one()
        change_application_plan(by(db, staff(acme), deps.installation), sample.id, other.id)

    admin.done("/team", username="ann", email="ann@acme.example")
    with deps.database.read() as db:
        ann = db.exec(select(User.id).where(User.username == "ann")).one()

    page = admin.page("/audit")

    home = "/p/admin"
    for path, name in {
        f"/applications/{sample.id}": "Developer&#39;s App",
        f"/services/{service.id}/plans/{sample.plan_id}": "Basic",
        f"/services/{service.id}/integration": "Integration of API",
        f"/services/{service.id}": "API",
        f"/team/{ann}": "ann",
    }.items():
        assert f'<a href="{home}{path}">{name}</a>' in page
        assert admin.get(path).status_code == 200
    plans = f"{home}/services/{service.id}/plans"
    assert (
        f'<del><a href="{plans}/{sample.plan_id}">Basic</a></del> → '
        f'<ins><a href="{plans}/{other.id}">Unlimited</a></ins>'
    ) in page
    assert "Version 2 in production</a>" in page


def test_what_is_gone_keeps_its_name(acme: NewProvider, admin: Browser) -> None:
    service = f"/services/{acme.sample.service.id}"
    admin.done(f"{service}/features", name="Bells")
    page = admin.page(f"{service}/plans")
    feature = page.split(f"{service}/features/")[-1].split("/delete")[0]
    admin.done(f"{service}/features/{feature}/delete")
    admin.done(f"/applications/{acme.sample.application.id}/delete")

    shown = admin.page("/audit")

    assert "Bells (deleted)" in shown
    assert "Developer&#39;s App (deleted)" in shown


def test_texts_are_told_before_and_after(acme: NewProvider, admin: Browser) -> None:
    path = f"/services/{acme.sample.service.id}/settings"
    admin.done(path, description="Now with rain.")

    assert "<del>Your first API.</del> → <ins>Now with rain.</ins>" in admin.page("/audit")


def test_another_providers_names_are_not_told(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, admin: Browser
) -> None:
    foreign = globex.sample.application
    with deps.database.write() as db:
        kind, owner = EventKind.APPLICATION_UPDATED, acme.provider.id
        db.get_one(Application, foreign.id).name = "Foreign"
        db.add(EventRecord(provider_id=owner, kind=kind, actor="admin", subject_id=foreign.id))

    shown = admin.page("/audit")

    assert "Foreign" not in shown
    assert f"#{foreign.id} (deleted)" in shown
