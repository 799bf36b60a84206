"""What comes from people comes out as text, on every page that shows it."""

import re

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.admin.render import TEMPLATES
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.plans.features import Feature
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.kit.browser import Browser

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"


def poison(deps: Dependencies, acme: NewProvider) -> None:
    """Put the text into every column that a name or a description stands in."""
    with deps.database.write() as db:
        db.get_one(Provider, acme.provider.id).name = EVIL
        service = db.get_one(Service, acme.sample.service.id)
        service.name = service.description = service.support_email = EVIL
        for metric in db.exec(select(Metric)):
            metric.friendly_name = metric.unit = metric.description = EVIL
        for plan in db.exec(select(ApplicationPlan)):
            plan.name = plan.description = EVIL
        for feature in db.exec(select(Feature)):
            feature.name = feature.description = EVIL
        for user in db.exec(select(User).where(User.audience == "developer")):
            user.first_name = user.email = EVIL


def test_poisoned_names_come_out_as_text_everywhere(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    account, application = acme.sample.application.account_id, acme.sample.application.id
    service, plan = f"/services/{acme.sample.service.id}", acme.sample.application.plan_id
    admin.done(f"/accounts/{account}", org_name=EVIL)
    admin.done(f"/applications/{application}", name=EVIL, description=EVIL)
    admin.done(f"{service}/integration", error_no_match="<script>x</script>")
    poison(deps, acme)
    pages = ["", "/accounts", f"/accounts/{account}", f"/accounts/{account}/edit", "/applications"]
    pages += [f"/applications/{application}{end}" for end in ("", "/edit")]
    pages += [f"/accounts/{account}/applications/new", "/accounts/new", "/services", "/audit"]
    pages += [f"{service}{end}" for end in ("", "/settings", "/integration", "/metrics/1")]
    pages += [f"{service}{end}" for end in ("/plans", f"/plans/{plan}", "/usage", "/metrics")]

    for path in pages:
        page = admin.page(path)

        assert "&lt;script&gt;" in page, path  # it is shown, the provider's name on every page
        assert "<script>" not in page, path
        assert "<img src=x" not in page, path
        assert "49" not in page.split("<h1>")[1].split("</h1>")[0], path


def test_a_search_comes_back_as_text(admin: Browser) -> None:
    page = admin.page("/accounts?search=%22%3E%3Cscript%3E&state=%22%3E%3Cscript%3E")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_no_template_sets_a_name_that_jinja_keeps_for_itself() -> None:
    """In a block `self` is the template, whatever was set outside: it is always true."""
    kept = re.compile(r"\{%-? *set +(self|super|caller|loop|varargs|kwargs)\b")
    templates = [*TEMPLATES.rglob("*.j2")]

    assert len(templates) > 50
    assert [file.name for file in templates if kept.search(file.read_text())] == []
