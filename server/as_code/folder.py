"""A folder on disk: read whole, written file by file, never more than is ours."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from server.as_code.entries import BadFolder
from server.as_code.layout import AS_THEY_ARE, FOLDERS, MARKER, YAML, is_ours

MOST_BYTES = 33_554_432  # of one file: the largest specification fits
MOST_FILES = 10_000


def read_folder(folder: Path) -> dict[str, str]:
    """Read the files of an exported folder, by their path in it. Raises: BadFolder."""
    if not folder.is_dir():
        raise BadFolder(f"{folder} is not a folder.")
    texts: dict[str, str] = {}
    try:
        for file in _files(folder):
            path = file.relative_to(folder).as_posix()
            if is_ours(path) or file.suffix in YAML:
                texts[path] = read_text(file, path)
            if len(texts) > MOST_FILES:
                raise BadFolder(f"{folder} has more than {MOST_FILES} files.")
    except OSError as error:
        raise BadFolder(f"{error.filename}: {error.strerror}.") from error
    return texts


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files by their path, each whole or not at all; then remove stale ones of ours.

    Raises: BadFolder, for a folder that holds something else and is no export.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise BadFolder(
                f"{folder} is not empty and no export: it has no {MARKER}. Choose another folder."
            )
        before = [file for file in _files(folder) if is_ours(file.relative_to(folder).as_posix())]
        for path, text in texts.items():
            write_text(folder / path, text)
        for file in before:
            if file.relative_to(folder).as_posix() not in texts:
                remove_file(file, folder)
    except OSError as error:
        raise BadFolder(f"{error.filename}: {error.strerror}.") from error


def _files(folder: Path) -> Iterator[Path]:
    """Find the files beside the marker, and all of the folders that are ours; follow no links."""
    yield from sorted(file for file in folder.iterdir() if file.is_file())
    for name in FOLDERS:
        if (folder / name).is_symlink():
            raise BadFolder(f"{folder / name}: must not be a link.")
        if (folder / name).exists():
            yield from files_below(folder / name)


def files_below(folder: Path) -> Iterator[Path]:
    """Find all files of a folder. Raises: BadFolder for a link, OSError."""
    for place, folders, files in os.walk(folder, onerror=_fail):
        for each in (Path(place) / name for name in (*folders, *files)):
            if each.is_symlink():
                raise BadFolder(f"{each}: must not be a link.")
        folders.sort()
        yield from sorted(Path(place) / file for file in files)


def _fail(error: OSError) -> None:
    raise error  # a folder that can't be read is not an empty one


def read_text(file: Path, path: str) -> str:
    """Read a file of a folder. Raises: BadFolder, OSError."""
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadFolder(f"{path}: is larger than {MOST_BYTES // 1_048_576} MiB.")
    try:
        if path.startswith(AS_THEY_ARE):
            return content.decode("utf-8", "surrogateescape")
        return content.decode("utf-8-sig" if file.suffix in YAML else "utf-8")
    except UnicodeDecodeError as error:
        raise BadFolder(f"{path}: is not UTF-8 text.") from error


def write_text(file: Path, text: str) -> None:
    """Write a file whole, unless it is so already. Raises: OSError."""
    content = text.encode("utf-8", "surrogateescape")
    if file.is_file() and not file.is_symlink() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def remove_file(file: Path, folder: Path) -> None:
    """Remove a file, and the folders that are empty without it. Raises: OSError."""
    file.unlink()
    for parent in file.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
