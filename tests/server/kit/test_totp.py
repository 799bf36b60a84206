"""Codes of authenticator apps, compared with those of RFC 6238."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from server.kit.totp import STEP_S, code_at, find_step, new_secret, setup_uri

OF_RFC = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // STEP_S


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    moment = datetime.fromtimestamp(at, UTC)

    assert code_at(OF_RFC, moment) == code
    assert find_step(OF_RFC, code, moment, 0) == at // STEP_S


def test_a_clock_may_be_one_step_early_or_late_and_no_more() -> None:
    found = {
        steps: find_step(OF_RFC, code_at(OF_RFC, NOW + timedelta(seconds=steps * STEP_S)), NOW, 0)
        for steps in range(-2, 3)
    }

    assert found == {-2: None, -1: STEP - 1, 0: STEP, 1: STEP + 1, 2: None}


@pytest.mark.parametrize("after", [0, 1])
def test_no_code_is_taken_after_a_later_one(after: int) -> None:
    code = code_at(OF_RFC, NOW)

    assert find_step(OF_RFC, code, NOW, STEP + after) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800" * 6])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert find_step(OF_RFC, typed, NOW, 0) is None


def test_an_app_reads_secret_name_and_issuer() -> None:
    secret = new_secret()

    assert len(base64.b32decode(secret)) == 20
    assert setup_uri(secret, "jo@x.example", "Acme & Co").startswith(
        "otpauth://totp/Acme%20%26%20Co:jo%40x.example?"
    )
    assert f"secret={secret}" in setup_uri(secret, "jo", "Acme")
