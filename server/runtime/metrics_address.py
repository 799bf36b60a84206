"""`/metrics` on an address of its own, for whoever can reach that."""

import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST

READ_WITHIN_S = 5


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, text: Callable[[], bytes]) -> None:
        self.address_family = socket_family(host)
        self.text = text
        super().__init__((host, port), _Request)


class _Request(BaseHTTPRequestHandler):
    timeout = READ_WITHIN_S
    server: _Server

    def do_GET(self) -> None:
        if urlsplit(self.path).path != "/metrics":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        text = self.server.text()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Log nothing: it is asked every few seconds."""


def socket_family(host: str) -> socket.AddressFamily:
    """Tell what sort of socket an address needs."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def serve_metrics(address: str, text: Callable[[], bytes]) -> _Server | None:
    """Serve from a thread of its own, as long as the process runs. Raises: OSError."""
    if not address:
        return None
    parts = urlsplit(f"http://{address}")
    server = _Server(parts.hostname or "", parts.port or 0, text)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
