"""URLs are taken apart strictly, and shown without what is secret in them."""

from itertools import product

import pytest

from server.kit.urls import masked, parse_address

SECRET = "hunter2"  # in all its spellings below
HEADS = ["redis://", "rediss://user", "smtp://user%40x", "postgresql://u", "http://", "//u"]
SPELLINGS = [SECRET, f"{SECRET}@more", f"a:{SECRET}", f"a/{SECRET}", f"a?{SECRET}", f"a#{SECRET}"]
PLACES = ["h:6379/0", "[::1]:1", "h/name?sslmode=require", "h,h2/x", ""]
NAMES = ["password", "PASSWORD", "auth", "sslpassword", "%70assword", "pass%77ord", "token", "pwd"]
KEYWORDS = [
    f"host=h password={SECRET} user=u",
    f"password='{SECRET}'",
    f"host=h password = 'a b {SECRET}' dbname=x",
    f"sslpassword='it\\'s {SECRET}' host=h",
    f"password=a\\ {SECRET}",
    f"host=h\tPassword={SECRET}",
    f"password='{SECRET}",
]


@pytest.mark.parametrize(("head", "word"), list(product(HEADS, SPELLINGS)))
def test_a_password_before_the_host_is_not_shown(head: str, word: str) -> None:
    for place in PLACES:
        shown = masked(f"{head}:{word}@{place}")

        assert SECRET not in shown
        assert shown.endswith(f"***@{place}")


@pytest.mark.parametrize(("head", "name"), list(product(HEADS, NAMES)))
def test_a_password_among_parameters_is_not_shown(head: str, name: str) -> None:
    for mark in "?&;":
        shown = masked(f"{head}h:1/0{mark}a=b&{name}={SECRET}&c=d".replace("&", mark, 1))

        assert SECRET not in shown
        assert "c=d" in shown


@pytest.mark.parametrize("text", KEYWORDS)
def test_a_password_in_the_keyword_form_is_not_shown(text: str) -> None:
    assert SECRET not in masked(text)


@pytest.mark.parametrize(
    "text", ["redis://host:6379/0", "smtp://user@host:25", "sqlite:////var/a.db", "", "nonsense"]
)
def test_what_holds_no_secret_is_shown_as_it_is(text: str) -> None:
    assert masked(text) == text


def test_the_parts_are_as_they_are_meant() -> None:
    address = parse_address("redis://a%40b:c%2Fd@[::1]:7/3?db=4", ["redis"])

    assert (address.host, address.port, address.path) == ("::1", 7, "/3")
    assert (address.username, address.password) == ("a@b", "c/d")
    assert address.parameters == {"db": "4"}


@pytest.mark.parametrize(
    "text",
    [
        "x://host", "redis:host", "redis:/host", "redis://", "redis://:1", "redis://host:",
        "redis://host:0", "redis://host:65536", "redis://host:x", "redis://host:-1", "redis://[",
        "redis://[::1", "redis://[::g]", "redis://::1", "redis://[host]", "redis://ho st",
        "redis://host\n", "redis://host/%", "redis://host/%zz", "redis://u:%ff@host",
        "redis://u:%00@host", "redis://u:%0a@host", "redis://u:p#@host", "redis://host#x",
        "redis://-host", "redis://a..b", "redis://a_b!c", "redis://" + "a" * 300,
        "redis://u:a/b@host", "redis://host?a=1&a=2", "redis://h\u00a0x", "redis://\u2028h",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_url_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(holds|has|may|names)") as refused:
        parse_address(text, ["redis"])

    assert "\n" not in str(refused.value)
