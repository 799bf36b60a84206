"""The audit log in the admin portal."""

from sqlmodel import Session

from server.actions.applications.keys import replace_user_key
from server.actions.plans.limits import set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_a_change_is_logged_with_who_and_what(acme: NewProvider, admin: Browser) -> None:
    admin.done(f"/accounts/{acme.sample.application.account_id}", org_name="<i>New</i>")

    page = admin.page("/audit")

    assert "account updated" in page
    assert ">admin</td>" in page
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
