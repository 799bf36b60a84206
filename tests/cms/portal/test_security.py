"""Second factors on the portal: set up, asked for at the login, attacked, taken away."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.actions.accounts.factors import remove_factors
from server.actions.accounts.sso_tokens import create_sso_token
from server.actions.accounts.users import PASSWORD_RESET, issue_link, reset_password
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.factors import Authenticator, Passkey, RecoveryCode
from server.domain.accounts.users import User
from server.domain.events import EventKind, EventRecord
from server.kit.clock import FixedClock
from server.kit.totp import code_at
from tests.cms.browser import BASE, open_browser
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.passkeys import Device
from tests.kit.work import by

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "/admin/account/personal_details/security"
SECOND = "/login/second_step"
NEW = "another horse of another colour"


@dataclass
class Stage:
    """John, his browser, and the time."""

    deps: Dependencies
    acme: NewProvider
    clock: FixedClock
    browser: Browser

    def __post_init__(self) -> None:
        self.password = {"current_password": self.acme.sample.password}

    def other(self) -> Browser:
        return open_browser(self.deps)

    def rows(self, model: Any) -> Any:
        with self.deps.database.read() as db:
            return db.exec(select(model)).all()

    def secret(self) -> str:
        (app,) = self.rows(Authenticator)
        return self.deps.installation.vault.unseal(app.secret_sealed)

    def code(self) -> str:
        """Wait for the next code of the app."""
        self.clock.advance(timedelta(seconds=30))
        return code_at(self.secret(), self.clock.now())

    def set_up(self) -> list[str]:
        """Set up an app; give the recovery codes."""
        self.browser.send(f"{PAGE}/authenticator", self.password, page=PAGE)
        given = {"_method": "put", "code": self.code()}
        answer = self.browser.send(f"{PAGE}/authenticator", given, page=PAGE)
        assert answer.status_code == 200, answer.text
        return re.findall(r"<code>([a-z0-9-]{14})</code>", answer.text)

    def register(self, device: Device, name: str = "my phone") -> Any:
        """Register a passkey; give the answer to it."""
        begun = self.browser.send(f"{PAGE}/passkeys", {**self.password, "name": name}, page=PAGE)
        assert begun.status_code == 200, begun.text
        given = {"_method": "put", "name": name, "credential": device.make(options_in(begun.text))}
        return self.browser.send(f"{PAGE}/passkeys", given, page=PAGE)

    def half_open(self) -> Browser:
        """Type the password in another browser."""
        browser = self.other()
        answer = browser.log_in("john", self.acme.sample.password)
        assert answer.headers["location"] == SECOND
        assert "user_session" not in answer.headers.get("set-cookie", "")
        assert browser.get("/admin").status_code == 303
        return browser

    def changes(self) -> list[str]:
        return [
            event.facts["change"]
            for event in self.rows(EventRecord)
            if event.kind == EventKind.FACTORS_CHANGED
        ]


def options_in(page: str) -> Any:
    """Read what a page has the browser ask a device."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    return json.loads(unescape(found[1]))


def second(browser: Browser, **fields: str) -> Any:
    """Send the second step."""
    return browser.send(SECOND, fields, page=SECOND)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    clock = FixedClock(NOW)
    deps = make_deps(tmp_path, clock=clock)
    acme = make_provider(deps)
    browser = open_browser(deps)
    browser.log_in_john(acme)
    yield Stage(deps, acme, clock, browser)
    deps.database.close()


def test_an_app_counts_from_its_first_code_on_and_is_asked_for(stage: Stage) -> None:
    assert (
        stage.browser.send(f"{PAGE}/authenticator", stage.password, page=PAGE).headers["location"]
        == f"{PAGE}/authenticator"
    )
    page = stage.browser.page(f"{PAGE}/authenticator")
    assert "<svg" in page
    assert "http" not in page[page.index("<svg") : page.index("</svg>")]
    assert stage.secret() in re.sub(r"\s", "", page)
    assert stage.other().log_in("john", stage.acme.sample.password).headers["location"] == "/admin"
    wrong = stage.browser.send(
        f"{PAGE}/authenticator", {"_method": "put", "code": "000000"}, page=PAGE
    )
    assert (wrong.status_code, "<svg" in wrong.text) == (422, True)

    codes = stage.set_up()

    assert len(set(codes)) == 10
    kept = stage.rows(RecoveryCode)
    assert not [row for row in kept if any(code.encode() in row.digest for code in codes)]
    assert codes[0] not in stage.browser.page(PAGE)
    browser = stage.half_open()
    assert second(browser, code=stage.code()).headers["location"] == "/admin"
    assert browser.get("/admin").status_code == 200
    assert stage.changes() == ["authenticator_added"]


def test_who_comes_by_a_one_time_address_is_asked_for_it_too(stage: Stage) -> None:
    stage.set_up()
    with stage.deps.database.write() as db:
        work = by(db, staff(stage.acme), stage.deps.installation)
        made = create_sso_token(work, {"username": "john", "redirect_url": "/plans"})
    browser = stage.other()

    answer = browser.get(made.sso_url.removeprefix(BASE))
    page = answer.headers["location"]
    was_in = browser.get("/admin").status_code == 200
    done = browser.send(SECOND, {"code": stage.code(), "return_to": "/plans"}, page=page)

    assert page == f"{SECOND}?return_to=%2Fplans"
    assert not was_in
    assert done.headers["location"] == "/plans"
    assert browser.get("/admin").status_code == 200


def test_a_code_works_once_within_its_window_and_no_step_further(stage: Stage) -> None:
    stage.set_up()
    code = stage.code()
    first, again, early = stage.half_open(), stage.half_open(), stage.half_open()

    assert second(first, code=code).status_code == 303
    assert second(again, code=code).status_code == 422
    late = code_at(stage.secret(), stage.clock.now() + timedelta(seconds=60))
    assert second(early, code=late).status_code == 422
    drifted = code_at(stage.secret(), stage.clock.now() + timedelta(seconds=30))
    assert second(early, code=f"{drifted[:3]} {drifted[3:]}").status_code == 303


def test_codes_are_counted_for_the_person_whatever_the_browser(stage: Stage) -> None:
    stage.set_up()

    answers = [second(stage.half_open(), code="000000").status_code for _ in range(6)]
    refused = second(stage.half_open(), code=stage.code())

    assert answers == [422] * 5 + [429]  # the setup was the first
    assert refused.status_code == 429


def test_a_half_open_login_is_of_one_browser_and_short(stage: Stage) -> None:
    codes = stage.set_up()
    victim = stage.half_open()
    thief = stage.other()
    thief.page("/login")
    thief.client.cookies.set("login_pending", victim.client.cookies["login_pending"])

    stolen = thief.send(SECOND, {"code": codes[0]}, page="/login")
    assert stolen.headers["location"] == "/login"
    assert thief.get("/admin").status_code == 303
    for text in ("", "x", "~~~~", "AAAA", "A" * 5_000):
        thief.client.cookies.set("login_pending", text)
        assert thief.get(SECOND).headers["location"] == "/login"
    stage.clock.advance(timedelta(minutes=11))
    assert second(victim, code=codes[0]).headers["location"] == "/login"
    assert victim.get(SECOND).headers["location"] == "/login"


def test_a_changed_password_ends_half_open_logins(stage: Stage) -> None:
    codes, browser = stage.set_up(), stage.half_open()
    with stage.deps.database.write() as db:
        user = db.get_one(User, stage.acme.sample.user.id)
        link = issue_link(db, stage.deps.installation, user, PASSWORD_RESET)
    with stage.deps.database.write() as db:
        reset_password(db, stage.deps.installation, user.provider_id, link, NEW)

    assert second(browser, code=codes[0]).headers["location"] == "/login"
    again = stage.other().log_in("john", NEW)
    assert again.headers["location"] == SECOND  # a new password takes no factor away


def test_each_recovery_code_works_once_and_new_ones_end_the_old(stage: Stage) -> None:
    codes = stage.set_up()

    used = second(stage.half_open(), code=codes[0].upper().replace("-", " "))
    again = second(stage.half_open(), code=codes[0])
    renewed = stage.browser.send(f"{PAGE}/recovery_codes", stage.password, page=PAGE)
    old = second(stage.half_open(), code=codes[1])
    fresh = re.findall(r"<code>([a-z0-9-]{14})</code>", renewed.text)

    assert (used.status_code, again.status_code, old.status_code) == (303, 422, 422)
    assert len(fresh) == 10
    assert second(stage.half_open(), code=fresh[0]).status_code == 303
    assert "9 of 10" in stage.browser.page(PAGE)
    assert stage.changes()[1:] == ["recovery_code_used", "recovery_codes_renewed"] + [
        "recovery_code_used"
    ]


def test_a_stolen_session_changes_no_factor(stage: Stage) -> None:
    stage.set_up()
    stage.register(Device())
    (passkey,) = stage.rows(Passkey)
    tries: tuple[tuple[str, dict[str, str]], ...] = (
        ("authenticator", {"_method": "delete"}),
        ("authenticator", {}),
        ("recovery_codes", {}),
        ("passkeys", {"name": "mine"}),
        (f"passkeys/{passkey.id}", {"_method": "delete"}),
    )

    for path, form in tries:
        for password in ({}, {"current_password": "wrong"}):
            answer = stage.browser.send(f"{PAGE}/{path}", {**form, **password}, page=PAGE)
            assert answer.status_code == 403, (path, answer.text)
    made = Device(credential_id=b"another").make({"user": {"id": "AA"}, "challenge": "MTc3.aa.bb"})
    forged = {"_method": "put", "name": "mine", "credential": made}
    assert stage.browser.send(f"{PAGE}/passkeys", forged, page=PAGE).status_code == 422
    assert len(stage.rows(Passkey)) == 1
    assert stage.secret()


def test_an_app_goes_with_the_password_and_codes_with_the_last_factor(stage: Stage) -> None:
    stage.set_up()
    gone = {"_method": "delete", **stage.password}

    assert stage.browser.send(f"{PAGE}/authenticator", gone, page=PAGE).status_code == 303

    assert stage.rows(RecoveryCode) == []
    assert stage.other().log_in("john", stage.acme.sample.password).headers["location"] == "/admin"


def test_a_passkey_logs_in_alone_and_as_second_step(stage: Stage) -> None:
    device = Device()
    shown = stage.register(device)
    assert shown.status_code == 200
    assert "my phone" in stage.browser.page(PAGE)

    alone = stage.other()
    answer = device.sign(options_in(alone.page("/login")))
    done = alone.send("/login/passkey", {"credential": answer}, page="/login")
    assert done.headers["location"] == "/admin"
    assert alone.get("/admin").status_code == 200
    again = stage.other().send("/login/passkey", {"credential": answer}, page="/login")
    assert again.status_code == 422

    browser = stage.half_open()
    given = device.sign(options_in(browser.page(SECOND)))
    assert second(browser, credential=given).status_code == 303
    assert browser.get("/admin").status_code == 200


def test_passkeys_are_named_several_and_deleted(stage: Stage) -> None:
    stage.register(Device(), "phone")
    known = Device(credential_id=b"a second one")
    assert stage.register(known, "key").status_code == 303
    twice = stage.register(known, "again")
    assert twice.status_code == 409
    first = stage.rows(Passkey)[0]

    gone = {"_method": "delete", **stage.password}
    assert stage.browser.send(f"{PAGE}/passkeys/{first.id}", gone, page=PAGE).status_code == 303
    assert stage.browser.send(f"{PAGE}/passkeys/{first.id}", gone, page=PAGE).status_code == 404
    assert [row.name for row in stage.rows(Passkey)] == ["key"]
    blank = stage.browser.send(f"{PAGE}/passkeys", {**stage.password, "name": " "}, page=PAGE)
    assert (blank.status_code, "be blank" in blank.text) == (422, True)
    none = stage.browser.send(f"{PAGE}/passkeys", {"_method": "put", "name": "x"}, page=PAGE)
    assert (none.status_code, "made no passkey" in none.text) == (422, True)


def test_staff_takes_factors_away_and_sessions_end(stage: Stage) -> None:
    stage.set_up()
    stage.register(Device())

    with stage.deps.database.write() as db:
        remove_factors(by(db, staff(stage.acme)), stage.acme.sample.user.id)

    assert [stage.rows(model) for model in (Authenticator, Passkey, RecoveryCode)] == [[], [], []]
    assert stage.browser.get("/admin").status_code == 303
    assert stage.other().log_in("john", stage.acme.sample.password).headers["location"] == "/admin"
    assert stage.changes()[-1] == "taken_away"


def test_a_form_of_an_ended_session_waits_for_the_second_step(stage: Stage) -> None:
    codes = stage.set_up()
    typed = {"_method": "put", "account[org_name]": "Sunny"}
    stage.browser.client.cookies.delete("user_session")

    asked = stage.browser.send("/admin/account", typed, page="/login")
    hidden = {
        name: found[1]
        for name in ("authenticity_token", "kept_form")
        if (found := re.search(rf'name="{name}" value="([^"]+)"', asked.text))
    }
    login = {"username": "john", "password": stage.acme.sample.password}
    second_page = stage.browser.post("/admin/account", {**hidden, **login})
    assert "One more step" in second_page.text
    shown = stage.browser.post("/admin/account", {**hidden, "code": codes[0]})

    assert "Sunny" in shown.text
    assert stage.browser.get("/admin").status_code == 200
