"""On which port a data directory was served last: what other commands tell of addresses."""

from pathlib import Path

from server.kit.files import write_private

FILE = "port"


def note_port(data_dir: Path, port: int) -> None:
    """Write down which port is served on. Raises: OSError."""
    if find_port(data_dir) != port:
        write_private(data_dir / FILE, f"{port}\n")


def find_port(data_dir: Path) -> int | None:
    """Read which port was served on last; None when nobody did, or nobody may know."""
    try:
        text = (data_dir / FILE).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    is_port = text.isascii() and text.isdecimal() and len(text) <= 5
    return int(text) if is_port and 0 < int(text) <= 65_535 else None
