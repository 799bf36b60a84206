"""What is written down loses its secrets, by what stands around them and by their look."""

import pytest

from server.kit.redaction import keep_quiet, redact, redacted

C = "cAnArY-4"


@pytest.mark.parametrize(
    "text",
    [
        f"error sending request for url (http://127.0.0.1:1/p?user_key={C})",
        f"GET /a/b?x=1&app_key={C}&y=2 failed",
        f"http://h/x?{C}",
        f"redis://me:{C}@127.0.0.1:6379/0 is away",
        f"smtp://me:p/{C}@x@mail.example:587",
        f"postgresql+psycopg://u:{C}@h/db",
        f"Authorization: Bearer {C}",
        f"Basic {C}==",
        f"{{'authorization': '{C}', 'x': 1}}",
        f'{{"user_key": "{C}"}}',
        f"connection failed: password={C} host=h",
        f"X-3scale-proxy-secret-token: {C}",
        f"[(b'cookie', b'{C}')]",
        f'login(password: "{C} with words")',
        f"secret_token={C}; next",
        f"provider_key = '{C}'",
    ],
)
def test_a_secret_is_taken_out_by_what_stands_around_it(text: str) -> None:
    assert C not in redact(text)


@pytest.mark.parametrize("length", [24, 32, 48, 64])
def test_what_we_make_at_random_is_known_by_its_look(length: int) -> None:
    assert redact(f"the code {'0af3' * (length // 4)} is wrong") == "the code … is wrong"


@pytest.mark.parametrize(
    "text",
    [
        "client error (Connect): tcp connect error: Connection refused (os error 111)",
        "Redis is away: attempts are counted in this process",
        "no such table: users",
        "request 1a2b3c4d5e6f7a8b took 12.5 ms",
        "/p/admin/services/1/integration",
    ],
)
def test_words_without_secrets_stay(text: str) -> None:
    assert redact(text) == text


def test_words_to_keep_quiet_are_found_anywhere() -> None:
    keep_quiet(["a-word-of-the-settings"])

    assert "a-word" not in redact("it said a-word-of-the-settings, twice")
    assert redacted({"a": ["x chosen y"]}, ["chosen"]) == {"a": ["x … y"]}
