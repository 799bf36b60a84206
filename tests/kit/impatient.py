"""Gatehouse with short time limits on its connections: `python -m tests.kit.impatient serve …`."""

from server.cli import listen
from server.cli.main import app
from server.runtime.connections import WireLimits

LIMITS = WireLimits(
    first_byte_s=2,
    head_s=2,
    idle_s=3,
    body_silence_s=2,
    body_window_s=4,
    body_window_bytes=400,
    write_stall_s=2,
    linger_s=1,
    sweep_s=0.2,
)

if __name__ == "__main__":
    listen.LIMITS = LIMITS
    app()
