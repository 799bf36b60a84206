"""The TXT records of a name, asked of a resolver: one question and its answer, no more of DNS.

The resolver does all the work (it follows CNAMEs and asks others); we believe it as all programs of
this machine do. Source: RFC 1035.
"""

import secrets
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

TXT, INTERNET, PORT = 16, 1, 53
RECURSION = 0x0100
TRUNCATED, CODE, IS_ANSWER = 0x0200, 0x000F, 0x8000
NO_SUCH_NAME = 3
MOST_BYTES = 65_535
MOST_JUMPS = 100  # of a name in an answer, which may point to an earlier one
HEADER = struct.Struct("!HHHHHH")
RECORD = struct.Struct("!HHIH")
CONFIGURATION = Path("/etc/resolv.conf")

Server = tuple[str, int]


class NoAnswer(Exception):
    """No resolver told whether there is such a record."""


def find_texts(name: str, servers: Sequence[Server], timeout_s: float) -> list[str]:
    """Find the texts of a name in ASCII; none when there is no such name or record.

    Each server is asked in turn until one answers. Raises: NoAnswer. Cost: it waits.
    """
    last: Exception = NoAnswer("there is no resolver to ask")
    for server in servers:
        try:
            return _ask(name, server, timeout_s)
        except (OSError, ValueError, NoAnswer) as error:
            last = error
    raise NoAnswer(str(last) or "it took too long") from last


def list_resolvers(text: str) -> list[Server]:
    """Read `address:port` of one resolver; those of the system for an empty text."""
    if text:
        host, _, port = text.rpartition(":")
        return [(host.strip("[]"), int(port))]
    found = []
    with suppress(OSError):
        for line in CONFIGURATION.read_text("utf-8", "replace").splitlines():
            words = line.split()
            if len(words) >= 2 and words[0] == "nameserver":
                found.append((words[1], PORT))
    return found[:3] or [("127.0.0.1", PORT)]


def _ask(name: str, server: Server, timeout_s: float) -> list[str]:
    """Ask one server, by a datagram, and again by a stream where that was too short."""
    question = _question(name)
    number = secrets.randbits(16)
    query = HEADER.pack(number, RECURSION, 1, 0, 0, 0) + question
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as datagrams:
        datagrams.settimeout(timeout_s)
        datagrams.connect(server)  # answers of others are not seen
        datagrams.send(query)
        while True:
            answer = datagrams.recv(MOST_BYTES)
            if answer[:2] == query[:2]:
                break
    if len(answer) >= HEADER.size and HEADER.unpack_from(answer)[1] & TRUNCATED:
        answer = _ask_by_stream(query, server, timeout_s)
    return _texts_of(answer, query)


def _ask_by_stream(query: bytes, server: Server, timeout_s: float) -> bytes:
    with socket.create_connection(server, timeout_s) as stream:
        stream.sendall(struct.pack("!H", len(query)) + query)
        with stream.makefile("rb") as reader:
            (length,) = struct.unpack("!H", reader.read(2).ljust(2, b"\0"))
            return reader.read(length)


def _question(name: str) -> bytes:
    labels = [label.encode("ascii") for label in name.split(".")]
    if not all(0 < len(label) < 64 for label in labels):
        raise ValueError("no name has such labels")
    return b"".join(bytes([len(each)]) + each for each in labels) + b"\0" + _kind()


def _kind() -> bytes:
    return struct.pack("!HH", TXT, INTERNET)


def _texts_of(answer: bytes, query: bytes) -> list[str]:
    """Read the texts of an answer to our question. Raises: NoAnswer, ValueError."""
    try:
        return _read(answer, query)
    except (struct.error, IndexError) as error:
        raise ValueError("the resolver's answer is broken") from error


def _read(answer: bytes, query: bytes) -> list[str]:
    number, flags, questions, records, _, _ = HEADER.unpack_from(answer)
    asked = answer[HEADER.size : len(query)].lower()
    is_ours = number == HEADER.unpack_from(query)[0] and flags & IS_ANSWER and questions == 1
    if not is_ours or asked != query[HEADER.size :].lower():
        raise ValueError("the resolver answered another question")
    if flags & CODE == NO_SUCH_NAME:
        return []
    if flags & CODE:
        raise NoAnswer(f"the resolver answered with code {flags & CODE}")
    at, texts = len(query), []
    for _ in range(records):
        at = _after_name(answer, at)
        kind, _, _, length = RECORD.unpack_from(answer, at)
        at += RECORD.size
        if kind == TXT:
            texts.append(_text_of(answer[at : at + length]))
        at += length
    return texts


def _after_name(answer: bytes, at: int) -> int:
    """Tell where a name ends: at an empty label, or a pointer to an earlier name."""
    for _ in range(MOST_JUMPS):
        length = answer[at]
        if length >= 0xC0:
            return at + 2
        at += 1 + length
        if length == 0:
            return at
    raise ValueError("the resolver's answer holds an endless name")


def _text_of(data: bytes) -> str:
    """Put together the pieces that a text is in."""
    text, at = b"", 0
    while at < len(data):
        text += data[at + 1 : at + 1 + data[at]]
        at += 1 + data[at]
    return text.decode("utf-8", "replace")
