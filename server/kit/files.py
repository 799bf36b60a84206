"""Files that only their owner may read: what a data directory holds is secret or personal."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OTHERS = 0o077


def make_private(folder: Path, ours: Iterable[str]) -> None:
    """Make a folder, and keep others out of it and of what is ours in it, by patterns of names.

    From now on this process makes files that only their owner may read. A folder that others
    share, such as the one for temporary files, keeps its mode.
    """
    os.umask(OTHERS)
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    found = [path for pattern in ours for path in folder.glob(pattern)]
    if found or not any(folder.iterdir()):
        close(folder)
    for path in found:
        close(path)


def close(path: Path) -> None:
    """Take the rights of others away, where they have any. Links are left alone."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or mode & stat.S_ISVTX or not mode & OTHERS:
            return
        path.chmod(FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE)
    except FileNotFoundError:
        return  # another process took it away meanwhile
    except PermissionError:
        return  # somebody else's: who made it decides


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, also where others could until now."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(text)
