"""The provider's switches in the admin portal."""

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import approval_required
from server.auth.dependencies import Dependencies
from server.domain.provider.settings import Setting
from tests.server.admin.browser import Browser

PLANS = {"change_account_plan_permission": "none", "change_service_plan_permission": "direct"}


def test_switches_are_set_and_cleared(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    admin.done("/settings", **PLANS, public_search="yes", account_approval_required="yes")

    with deps.database.read() as db:
        settings = db.get_one(Setting, acme.provider.id)
        assert approval_required(db, acme.provider.id)
    assert settings.public_search
    assert not settings.signups_enabled
    assert settings.change_account_plan_permission == "none"


def test_a_bad_choice_is_refused_and_what_was_typed_stays(admin: Browser) -> None:
    sent = {**PLANS, "change_service_plan_permission": "magic", "public_search": "yes"}

    refused = admin.send("/settings", "settings", **sent)

    assert refused.status_code == 422
    assert "settings-change_service_plan_permission-error" in refused.text
    assert "checked" in refused.text.split('name="public_search"')[1].split(">")[0]


def test_the_provider_key_is_there_to_copy(acme: NewProvider, admin: Browser) -> None:
    assert acme.provider_key in admin.page("/settings")
