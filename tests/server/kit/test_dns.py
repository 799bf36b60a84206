"""TXT records: found, also long ones and behind an alias; what is no answer is told as such."""

import socket
from pathlib import Path

import pytest

from server.kit import dns
from server.kit.dns import NoAnswer, find_texts, list_resolvers
from tests.kit.dns import running_resolver

NAME = "_gatehouse.developers.acme.example"


def test_texts_are_found_whatever_their_number_and_length() -> None:
    long = "gatehouse-domain=" + "x" * 600
    with running_resolver({NAME: ["v=spf1 -all", "two"], f"long.{NAME}": [long]}) as resolver:
        servers = list_resolvers(resolver.address)

        assert find_texts(NAME, servers, 2) == ["v=spf1 -all", "two"]
        assert find_texts(f"long.{NAME}", servers, 2) == [long]
        assert find_texts("nobody.example", servers, 2) == []
        resolver.records["empty.example"] = []
        assert find_texts("empty.example", servers, 2) == []
        # one that fails is no reason not to ask the next
        assert find_texts(NAME, [("127.0.0.1", 1), *servers], 2) == ["v=spf1 -all", "two"]


def test_a_resolver_that_fails_is_no_missing_record() -> None:
    with running_resolver() as resolver:
        resolver.code = 2
        with pytest.raises(NoAnswer, match="code 2"):
            find_texts(NAME, list_resolvers(resolver.address), 2)
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer):
            find_texts(NAME, [silent.getsockname()], 0.1)
    for name in ("a..example", "a" * 64 + ".example", "b\xfccher.example"):
        with pytest.raises(NoAnswer):
            find_texts(name, [("127.0.0.1", 1)], 0.1)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0" * 11,
        b"\x12\x34\x81\x80\0\1\0\1\0\0\0\0" + b"\1a\0\0\x10\0\1",  # no record where one is told
        b"\x12\x34\x81\x80\0\1\0\1\0\0\0\0" + b"\1a\0\0\x10\0\1" + b"\1b" * 200,  # endless
        b"\x12\x34\x81\x80\0\1\0\0\0\0\0\0" + b"\1b\0\0\x10\0\1",  # another question
        b"\x12\x34\x01\x00\0\1\0\0\0\0\0\0" + b"\1a\0\0\x10\0\1",  # no answer at all
    ],
)
def test_an_answer_that_is_broken_is_none(broken: bytes) -> None:
    query = b"\x12\x34\x01\x00\0\1\0\0\0\0\0\0" + b"\1a\0\0\x10\0\1"

    with pytest.raises(ValueError, match="resolver"):
        dns._texts_of(broken, query)


def test_the_resolvers_of_the_system_are_asked_unless_one_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "resolv.conf"
    file.write_text("# x\nsearch a.example\nnameserver 10.0.0.2\nnameserver ::1\n")
    monkeypatch.setattr(dns, "CONFIGURATION", file)

    assert list_resolvers("") == [("10.0.0.2", 53), ("::1", 53)]
    assert list_resolvers("[::1]:5353") == [("::1", 5353)]
    file.unlink()
    assert list_resolvers("") == [("127.0.0.1", 53)]
