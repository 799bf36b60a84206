"""Between entries and the database: reads the provider's state, and does a plan's steps."""

from collections.abc import Iterable

from server.actions.services.proxies import deploy_to_staging
from server.as_code.entries import Entry, Key, State, title_of
from server.as_code.plan import Plan, Step, compare
from server.as_code.topic import HOME, Desk, Row, Topic
from server.as_code.topics import OF_WORD, TOPICS
from server.domain.errors import DomainError


class Refused(Exception):
    """A step that the rules do not allow; the message names file, entry and field."""


def read_state(desk: Desk) -> State:
    """Read all of the desk's provider, and put on the desk which row each entry is."""
    desk.ids.clear()
    desk.keys.clear()
    entries: State = {}
    for topic in TOPICS:
        for parent, row_id, values in _in_order(topic, topic.rows(desk)):
            entry = topic.entry(entries, parent, values)
            entries[entry.key] = entry
            desk.keep(entry.key, row_id)
    return _nested(entries)


def _in_order(topic: Topic, rows: Iterable[Row]) -> Iterable[Row]:
    """Sort what has no order of its own here, where all databases sort alike."""
    return rows if topic.ordered else sorted(rows, key=lambda row: topic.rank(row[2]))


def _nested(entries: State) -> State:
    """Put each entry behind what it belongs to."""
    below: dict[Key, list[Entry]] = {}
    for entry in entries.values():
        below.setdefault(entry.parent, []).append(entry)
    nested: State = {}
    waiting = list(reversed(below.get((), [])))
    while waiting:
        entry = waiting.pop()
        nested[entry.key] = entry
        waiting.extend(reversed(below.get(entry.key, [])))
    return nested


def run(desk: Desk, plan: Plan, wanted: State, *, prune: bool) -> None:
    """Do all steps and make staging versions of what changed.

    Raises: Refused, also when the database is not as the folder says afterwards.
    """
    for step in plan.steps:
        try:
            _do(desk, step)
        except DomainError as error:
            at = f"{error.field}: " if error.field else ""
            place = f"{step.entry.where}: " if step.entry.where else ""
            raise Refused(f"{place}{title_of(step.entry.key)}: {at}{error.message}") from error
    _stage(desk, plan)
    left = compare(wanted, read_state(desk), prune=prune).steps
    if left:
        line = next(left[0].lines(), title_of(left[0].entry.key)).lstrip("~+- ")
        place = f"{left[0].entry.where}: " if left[0].entry.where else ""
        raise Refused(f"{place}{line}: can't be set. Another entry has to take its place first.")


def _do(desk: Desk, step: Step) -> None:
    entry, topic = step.entry, OF_WORD[step.entry.word]
    match step.act:
        case "create" if topic.is_single:  # it came with what it belongs to
            topic.change(desk, entry, entry.values)
        case "create":
            desk.keep(entry.key, topic.create(desk, entry))
        case "change":
            topic.change(desk, entry, {name: after for name, (_, after) in step.changes.items()})
        case "delete":
            topic.delete(desk, entry)
            desk.db.flush()  # what follows may take its name
            desk.drop(entry.key)
        case "order":
            _arrange(desk, topic, entry.parent, step.keys)


def _arrange(desk: Desk, topic: Topic, parent: Key, keys: tuple[Key, ...]) -> None:
    """Put rows in order; one that the folder does not name stays behind the one before it."""
    places = topic.places(desk, parent)
    there = list(places)
    order = [desk.ids[key] for key in keys]
    named = set(order)
    for number, row_id in enumerate(there):
        if row_id not in named:
            order.insert(order.index(there[number - 1]) + 1 if number else 0, row_id)
    if order != there:
        for position, row_id in enumerate(order, 1):
            if places[row_id] != position:
                topic.place(desk, row_id, position)


def _stage(desk: Desk, plan: Plan) -> None:
    """Make a staging version of each service that changed, if its document did."""
    changed = dict.fromkeys(step.entry.key[:HOME] for step in plan.steps)
    for home in changed:
        if home[0][0] == "service" and home in desk.ids:
            deploy_to_staging(desk.db, desk.actor, desk.installation, desk.ids[home])
