"""A resolver on the loopback interface: it knows the TXT records that a test gives it."""

import socket
import struct
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

HEADER = struct.Struct("!HHHHHH")
TRUNCATED = 0x0200
MOST_DATAGRAM = 512


@dataclass
class Resolver:
    """Its address, and its records by name."""

    port: int
    records: MutableMapping[str, list[str]] = field(default_factory=dict)
    code: int = 0  # of every answer, when it is none of 0 and 3

    @property
    def address(self) -> str:
        """Return what the setting takes."""
        return f"127.0.0.1:{self.port}"


def answer_to(query: bytes, records: Mapping[str, list[str]], code: int = 0) -> bytes:
    """Answer a question, with a CNAME before the texts, as hosted names have."""
    number = HEADER.unpack_from(query)[0]
    question = query[HEADER.size :]
    name, at = [], 0
    while question[at]:
        name.append(question[at + 1 : at + 1 + question[at]].decode())
        at += 1 + question[at]
    texts = records.get(".".join(name))
    code = code or (0 if texts is not None else 3)
    alias = b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 60, 4) + b"\x01x\xc0\x0c"
    found = [alias, *map(_record, texts)] if texts else []
    head = HEADER.pack(number, 0x8180 | code, 1, len(found), 0, 0)
    return head + question + b"".join(found)


def _record(text: str) -> bytes:
    raw = text.encode()
    pieces = [raw[at : at + 255] for at in range(0, len(raw), 255)]
    data = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return b"\xc0\x0c" + struct.pack("!HHIH", 16, 1, 60, len(data)) + data


def _by_datagrams(resolver: Resolver, datagrams: socket.socket) -> None:
    while True:
        query, sender = datagrams.recvfrom(MOST_DATAGRAM)
        if not query:
            return
        answer = answer_to(query, resolver.records, resolver.code)
        if len(answer) > MOST_DATAGRAM:
            head = HEADER.pack(HEADER.unpack_from(query)[0], 0x8180 | TRUNCATED, 1, 0, 0, 0)
            answer = head + query[HEADER.size :]
        datagrams.sendto(answer, sender)


def _by_streams(resolver: Resolver, streams: socket.socket) -> None:
    while True:
        stream, _ = streams.accept()
        with stream:
            query = stream.recv(MOST_DATAGRAM)[2:]
            if not query:
                return
            answer = answer_to(query, resolver.records, resolver.code)
            stream.sendall(struct.pack("!H", len(answer)) + answer)


@contextmanager
def running_resolver(records: Mapping[str, list[str]] | None = None) -> Iterator[Resolver]:
    """Answer by datagrams, and by streams what is too long for one."""
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams, socket.socket() as streams:
        streams.bind(("127.0.0.1", 0))
        port = streams.getsockname()[1]
        datagrams.bind(("127.0.0.1", port))
        streams.listen()
        resolver = Resolver(port, dict(records or {}))
        threads = [
            Thread(target=_by_datagrams, args=(resolver, datagrams), daemon=True),
            Thread(target=_by_streams, args=(resolver, streams), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield resolver
        finally:
            with socket.socket(type=socket.SOCK_DGRAM) as last:
                last.sendto(b"", ("127.0.0.1", port))
            socket.create_connection(("127.0.0.1", port)).close()
            for thread in threads:
                thread.join(5)
