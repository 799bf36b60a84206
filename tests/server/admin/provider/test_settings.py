"""The provider's switches in the admin portal."""

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import approval_required
from server.auth.dependencies import Dependencies
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting
from tests.kit.browser import Browser


def test_switches_are_set_and_cleared(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    sent = {"account_approval_required": "yes", "signups_enabled": "no"}

    admin.done("/settings", **sent)

    with deps.database.read() as db:
        settings = db.get_one(Setting, acme.provider.id)
        assert approval_required(db, acme.provider.id)
        provider = db.get_one(Provider, acme.provider.id)
    assert settings.multiple_applications
    assert not settings.signups_enabled
    assert provider.currency == "USD"


def test_a_bad_choice_is_refused_and_what_was_typed_stays(admin: Browser) -> None:
    sent = {"currency": "magic", "multiple_applications": "no", "signups_enabled": "no"}

    refused = admin.send("/settings", "settings", **sent)

    assert refused.status_code == 422
    assert "settings-currency-error" in refused.text
    box = refused.text.split('name="signups_enabled" type="checkbox"')[1].split(">")[0]
    assert "checked" not in box


def test_the_provider_key_is_there_to_copy(acme: NewProvider, admin: Browser) -> None:
    assert acme.provider_key in admin.page("/settings")


def test_prices_are_shown_in_the_currency_that_is_chosen(acme: NewProvider, admin: Browser) -> None:
    plans = f"/services/{acme.sample.service.id}/plans"
    admin.done(plans, name="Gold", cost_per_month="12.50")

    assert "USD 12.50" in admin.page(plans)
    refused = admin.send("/settings", "settings", currency="JPY")
    admin.done("/settings", currency="KWD")

    assert "settings-currency-error" in refused.text
    assert "KWD 12.500" in admin.page(plans)
    assert "Setup fee in KWD" in admin.page(f"{plans}/new")


def test_names_and_times_are_those_of_the_settings(admin: Browser) -> None:
    shown = admin.page("/audit")
    assert " UTC</time>" in shown

    admin.done(
        "/settings",
        name="Weather Office",
        from_email="sky@weather.example",
        support_email="help@weather.example",
        timezone="Asia/Kolkata",
    )

    assert "Weather Office" in admin.page("")
    told = admin.page("/audit")
    assert " IST</time>" in told
    assert " UTC</time>" not in told
    settings = admin.page("/settings")
    for value in ("Weather Office", "sky@weather.example", "help@weather.example"):
        assert f'value="{value}"' in settings
    refused = admin.send("/settings", "settings", name="", timezone="UTC")
    assert "settings-name-error" in refused.text


def test_headers_and_a_login_page_of_ones_own_are_set_and_refused(admin: Browser) -> None:
    sent = {"permissions_policy": "camera=()", "sso_login_url": "https://www.example.com/login"}

    admin.done("/settings", **sent)
    refused = admin.send("/settings", "settings", content_security_policy="img_src x")

    settings = admin.page("/settings")
    assert all(f'value="{value}"' in settings for value in sent.values())
    assert refused.status_code == 422
    assert "settings-content_security_policy-error" in refused.text
    assert 'value="img_src x"' in refused.text
