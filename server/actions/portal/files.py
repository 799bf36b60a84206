"""Files of the portal. Their bytes are in the database: every process serves them."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import delete as delete_rows
from sqlalchemy import inspect
from sqlmodel import Session, col, select

from server.actions.portal.content import refuse_reserved, section_of
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.files import (
    CHUNK_BYTES,
    MOST_FILE_BYTES,
    FileChunk,
    PortalFile,
    PortalFileDraft,
)
from server.kit.paging import Listing

SHOWN = 12  # characters of a digest in the audit log
CONTENT = "attachment"  # the field that the bytes are given in


def _check_file(work: Work, file: PortalFile) -> None:
    state: Any = inspect(file)
    if not state.persistent or state.attrs.path.history.has_changes():
        refuse_reserved(work, file.path)
        if file.path == "/":
            raise Invalid("must name a file, such as /images/logo.png.", field="path")
    file.section_id = section_of(work, file.section_id)


FILES = Resource(
    name="portal_file",
    noun="file",
    model=PortalFile,
    draft=PortalFileDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.FILE_CREATED,
        updated=EventKind.FILE_UPDATED,
        deleted=EventKind.FILE_DELETED,
    ),
    listing=Listing("portal_files", PortalFile),
    unique="path",
    facts=("path", "size_bytes"),
    goes_with=(col(FileChunk.file_id),),
    prepare=_check_file,
)


def add_file(work: Work, values: Mapping[str, Any], content: bytes) -> PortalFile:
    """Make a file with its bytes. Raises: Forbidden, NotFound, Invalid, Taken."""
    _refuse_large(content)
    file = FILES.create(work, values)
    _put(work, file, content)
    return file


def change_file(
    work: Work, file_id: int, values: Mapping[str, Any], content: bytes | None = None
) -> PortalFile:
    """Change what is given of a file. Raises: Forbidden, NotFound, Invalid, Taken."""
    file = FILES.update(work, file_id, values)
    if content is None:
        return file
    _refuse_large(content)
    hold(work.db, file)
    digest = sha256(content).hexdigest()
    if digest != file.digest:
        before = file.digest
        _put(work, file, content)
        changes = {CONTENT: [before[:SHOWN], digest[:SHOWN]]}
        FILES.tell(work, EventKind.FILE_UPDATED, file, changes)
    return file


def read_file(work: Work, file_id: int) -> bytes:
    """Read all bytes of a file. Raises: Forbidden, NotFound."""
    file = FILES.get(work, file_id)
    return b"".join(read_chunks(work.db, file.id))


def read_chunks(
    db: Session, file_id: int, first: int = 0, last: int | None = None
) -> Iterator[bytes]:
    """Read a file chunk by chunk, from the first one named to the last. Cost: a query each."""
    number = first
    while last is None or number <= last:
        query = select(FileChunk.content).where(
            FileChunk.file_id == file_id, FileChunk.number == number
        )
        content = db.exec(query).first()
        if content is None:
            return
        yield content
        number += 1


def _refuse_large(content: bytes) -> None:
    if len(content) > MOST_FILE_BYTES:
        mib = MOST_FILE_BYTES // 1_048_576
        raise Invalid(f"is too large: a file holds at most {mib} MiB.", field=CONTENT)


def _put(work: Work, file: PortalFile, content: bytes) -> None:
    """Store a file's bytes in the place of those that were there."""
    work.db.execute(delete_rows(FileChunk).where(col(FileChunk.file_id) == file.id))
    work.db.flush()
    for number, start in enumerate(range(0, len(content), CHUNK_BYTES)):
        part = content[start : start + CHUNK_BYTES]
        work.db.add(FileChunk(file_id=file.id, number=number, content=part))
    file.size_bytes, file.digest = len(content), sha256(content).hexdigest()
    work.db.add(file)
    work.db.flush()  # the chunks leave the memory of the session with it
