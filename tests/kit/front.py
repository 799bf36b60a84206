"""A gateway of somebody's own: a stock nginx that asks for each call at an address it is given."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx2 as httpx

from tests.kit.services import accepts_connections, free_port, program, stop, wait_until

CONF = """\
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server { listen 127.0.0.1:%(api_port)d; location / { return 200 "pets"; } }
  server {
    listen 127.0.0.1:%(port)d;
    location / {
      set $key $arg_user_key;
      auth_request /ask;
      proxy_pass http://127.0.0.1:%(api_port)d;
    }
    location = /ask {
      internal;
      proxy_pass %(address)s/transactions/authrep.xml?%(asked)s&user_key=$key;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_intercept_errors on;
      error_page 409 = @limited;
    }
    location @limited { return 403; }
  }
}
"""


@dataclass(frozen=True)
class Front:
    """It lets in what the Service Management API lets in, counting one hit a call."""

    folder: Path
    port: int
    api_port: int
    asked: Mapping[str, str]  # service id and token

    def point(self, address: str) -> None:
        """Write its configuration; the address is all that ever changes."""
        values = {"port": self.port, "api_port": self.api_port, "address": address}
        asked = urlencode({**self.asked, "usage[hits]": "1"})
        (self.folder / "nginx.conf").write_text(CONF % {**values, "asked": asked})

    def turn(self, address: str) -> None:
        """Have the running nginx ask elsewhere from now on."""
        self.point(address)
        os.kill(int((self.folder / "nginx.pid").read_text()), signal.SIGHUP)

    def call(self, user_key: str) -> int:
        """Call the API; answers the status."""
        url = f"http://127.0.0.1:{self.port}/pets"
        return httpx.get(url, params={"user_key": user_key}, timeout=30).status_code


@contextmanager
def running_front(folder: Path, address: str, asked: Mapping[str, str]) -> Iterator[Front]:
    """Start one that asks at an address."""
    folder.mkdir(mode=0o700)
    front = Front(folder, free_port(), free_port(), asked)
    front.point(address)
    command = [program("nginx"), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_until(lambda: accepts_connections(front.port), process)
        yield front
    finally:
        stop(process)
