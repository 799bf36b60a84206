"""What a reader sees of a text."""

import pytest

from server.kit.letters import is_all_seen, is_in_order, is_one_line, is_seen


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u2000\u200b\u200d\u200e\u2028\u202e\u2060",
        *"\u2800\u3000\u3164\ufe0f\ufeff\uffa0\U0001d159\U000e0041\U000e0100\ue000",
        "\u200b \u3164\u00a0",
    ],
)
def test_nothing_is_seen_of_these(text: str) -> None:
    assert not is_seen(text)


@pytest.mark.parametrize(
    "text", ["a", "نام\u200cها", "❤\ufe0f", "👩\u200d🚀", "é", "\u200b.", "한"]
)
def test_something_is_seen_of_these(text: str) -> None:
    assert is_seen(text)
    assert is_in_order(text)
    assert is_one_line(text)


@pytest.mark.parametrize("letter", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_the_direction_is_told(letter: str) -> None:
    assert not is_in_order(f"a{letter}b")


@pytest.mark.parametrize("letter", "\n\r\t\x0b\x0c\x1b\x7f\x85\x9f\u2028\u2029")
def test_what_breaks_a_line_is_told(letter: str) -> None:
    assert not is_one_line(f"a{letter}b")


def test_no_letter_of_an_address_may_be_hidden() -> None:
    assert is_all_seen("jo@müller.example")
    assert is_all_seen("jo@mu\u0308ller.example")
    for hidden in "\u200b\u3164\u202e\u00ad":
        assert not is_all_seen(f"jo@exa{hidden}mple.example")
