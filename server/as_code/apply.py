"""Between entries and the database: reads the provider's state, and makes a changeset's edits."""

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError

from server.actions.services.configs import deploy_to_staging
from server.as_code.changeset import Changeset, Edit, compare
from server.as_code.entries import Key, State, nested, title_of
from server.as_code.topic import HOME, Row, Topic, Workspace
from server.as_code.topics import OF_WORD, TOPICS
from server.domain.errors import DomainError
from server.domain.events import savepoint
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
        line = next(left[0].lines(), title_of(left[0].entry.key)).lstrip("~+- ")
        place = f"{left[0].entry.where}: " if left[0].entry.where else ""
        raise Refused(f"{place}{line}: can't be set. Another entry has to take its place first.")


def _make(workspace: Workspace, changeset: Changeset, *, ahead: bool) -> None:
    with savepoint(workspace.db), in_bulk(workspace.db, ahead=ahead):
        for edit in changeset.edits:
            _try(workspace, edit)
        _stage(workspace, changeset)


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
    """Make a staging version of each service that changed, if its document did."""
    changed = dict.fromkeys(edit.entry.key[:HOME] for edit in changeset.edits)
    for home in changed:
        if home[0][0] == "service" and home in workspace.ids:
            deploy_to_staging(workspace, workspace.ids[home])
