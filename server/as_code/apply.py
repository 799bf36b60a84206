"""Between entries and the database: reads the provider's state, and makes a changeset's edits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from server.actions.services.configs import stage_if_ready
from server.as_code.changeset import Changeset, Edit, compare
from server.as_code.entries import Entry, Key, State, nested, title_of
from server.as_code.topic import BACKEND, HOME, Row, Topic, Workspace
from server.as_code.topics import OF_WORD, TOPICS
from server.domain.errors import DomainError, Invalid
from server.domain.events import savepoint
from server.domain.services.backend_apis import BackendUsage
from server.kit.bulk import in_bulk


class Refused(Exception):
    """An edit that the rules do not allow; the message names file, entry and field."""


def read_state(workspace: Workspace) -> State:
    """Read all of the workspace's provider, and keep in the workspace which row each entry is."""
    workspace.ids.clear()
    workspace.keys.clear()
    workspace.last.clear()
    entries: State = {}
    for topic in TOPICS:
        for parent, row_id, values in _in_order(topic, topic.rows(workspace)):
            entry = topic.entry(entries, parent, values)
            entries[entry.key] = entry
            workspace.keep(entry.key, row_id)
    return nested(entries)


def _in_order(topic: Topic, rows: Iterable[Row]) -> Iterable[Row]:
    """Sort what has no order of its own here, where all databases sort alike."""
    return rows if topic.ordered else sorted(rows, key=lambda row: topic.rank(row[2]))


def run(workspace: Workspace, changeset: Changeset, wanted: State, *, prune: bool) -> None:
    """Make all edits and then staging versions of what changed.

    Raises: Refused, also when the database is not as the folder says afterwards.
    """
    if not changeset.edits:
        return
    try:
        _make(workspace, changeset, ahead=True)
    except IntegrityError:
        # A name that is taken is told late where rows are written together: write them one by one.
        read_state(workspace)
        _make(workspace, changeset, ahead=False)
    left = compare(wanted, read_state(workspace), prune=prune).edits
    if left:
        line = next(left[0].lines(), title_of(left[0].entry.key)).lstrip("~+-! ")
        place = f"{left[0].entry.where}: " if left[0].entry.where else ""
        raise Refused(f"{place}{line}: can't be set. Another entry has to take its place first.")


def _make(workspace: Workspace, changeset: Changeset, *, ahead: bool) -> None:
    with savepoint(workspace.db), in_bulk(workspace.db, ahead=ahead):
        for edit in changeset.edits:
            _try(workspace, edit)
        _stage(workspace, changeset)


Refusing = Callable[[Edit, DomainError], Edit | None]


def run_each(workspace: Workspace, changeset: Changeset, refused: Refusing) -> list[Edit]:
    """Make the edits that the rules allow, and then staging versions.

    `refused` is told of each other one, and may answer what of it shall be tried instead. Whatever
    belongs to something that is refused is left out with it. Answers what was done.
    """
    left_out: set[Key] = set()
    done: list[Edit] = []
    for edit in changeset.edits:
        key = edit.entry.key
        if any(key[:length] in left_out for length in range(1, len(key))):
            left_out.add(key)
        elif made := _make_what_goes(workspace, edit, refused):
            done.append(made)
        elif edit.act == "create":
            left_out.add(key)
    for key, service_id in _changed_services(workspace, done):
        try:
            with savepoint(workspace.db):
                stage_if_ready(workspace, service_id)
        except DomainError as error:
            refused(Edit("change", Entry(key, {})), error)
    return done


def _make_what_goes(workspace: Workspace, edit: Edit, refused: Refusing) -> Edit | None:
    """Make an edit, or what is left of it; None when nothing is."""
    wanted: Edit | None = edit
    while wanted is not None:
        if wanted.act == "order":
            there = tuple(each for each in wanted.keys if each in workspace.ids)
            wanted = replace(wanted, keys=there)
        try:
            with savepoint(workspace.db):
                _do(workspace, wanted)
        except DomainError as error:
            wanted = refused(wanted, error)
        except KeyError as error:  # what it names was refused itself
            wanted = refused(wanted, Invalid(f"needs {error.args[0]}, which is not here."))
        else:
            return wanted
    return None


def _try(workspace: Workspace, edit: Edit) -> None:
    try:
        _do(workspace, edit)
    except DomainError as error:
        at = f"{error.field}: " if error.field else ""
        place = f"{edit.entry.where}: " if edit.entry.where else ""
        raise Refused(f"{place}{title_of(edit.entry.key)}: {at}{error.message}") from error


def _do(workspace: Workspace, edit: Edit) -> None:
    entry, topic = edit.entry, OF_WORD[edit.entry.word]
    match edit.act:
        case "create" if topic.is_single:  # it came with what it belongs to
            topic.change(workspace, entry, entry.values)
        case "create":
            workspace.keep(entry.key, topic.create(workspace, entry))
        case "change":
            topic.change(
                workspace, entry, {name: after for name, (_, after) in edit.changes.items()}
            )
        case "delete":
            topic.delete(workspace, entry)
            workspace.db.flush()  # what follows may take its name
            workspace.drop(entry.key)
        case "order":
            _arrange(workspace, topic, entry.parent, edit.keys)


def _arrange(workspace: Workspace, topic: Topic, parent: Key, keys: tuple[Key, ...]) -> None:
    """Put rows in order; one that the folder does not name stays behind the one before it."""
    places = topic.places(workspace, parent)
    there = list(places)
    order = [workspace.ids[key] for key in keys]
    named = set(order)
    for number, row_id in enumerate(there):
        if row_id not in named:
            order.insert(order.index(there[number - 1]) + 1 if number else 0, row_id)
    if order != there:
        for position, row_id in enumerate(order, 1):
            if places[row_id] != position:
                topic.place(workspace, row_id, position)


def _stage(workspace: Workspace, changeset: Changeset) -> None:
    """Make a staging version of each service that changed, or whose backend API did."""
    for _, service_id in _changed_services(workspace, changeset.edits):
        stage_if_ready(workspace, service_id)


def _changed_services(workspace: Workspace, edits: Sequence[Edit]) -> list[tuple[Key, int]]:
    """List the services that edits changed, or whose backend APIs they did."""
    changed = dict.fromkeys(edit.entry.key[:HOME] for edit in edits)
    there = [home for home in changed if home in workspace.ids]
    ids = [workspace.ids[home] for home in there if home[0][0] == "service"]
    backends = [workspace.ids[home] for home in there if home[0][0] == BACKEND]
    if backends:
        used = select(BackendUsage.service_id).where(col(BackendUsage.backend_api_id).in_(backends))
        ids += sorted(workspace.db.exec(used))
    return [(workspace.keys["service", each], each) for each in dict.fromkeys(ids)]
