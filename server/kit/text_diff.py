"""What differs between two texts, line by line and within lines; and merging two changes of one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

KEPT_LINES = 3  # around what differs; what is far from it is folded
MOST_LINES = 20_000
MOST_WORDS = 400  # of a line: a longer one is shown as another line
WORD = re.compile(r"\w+|\s+|[^\w\s]")
Kind = Literal["same", "gone", "new", "changed", "fold"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line; marked when the other side has not got it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of both sides; a side without a number has no such line.

    A fold stands for `folded` lines that are the same.
    """

    kind: Kind
    old_number: int | None = None
    new_number: int | None = None
    old: tuple[Part, ...] = ()
    new: tuple[Part, ...] = ()
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side, with how many lines came and went."""

    lines: tuple[DiffLine, ...]
    added: int
    removed: int

    @property
    def is_none(self) -> bool:
        """Return whether both are the same."""
        return not self.added and not self.removed


def difference_of(old: str, new: str) -> Difference:
    """Compare two texts; line ends of any kind are the same.

    Cost: about linear for texts that are alike; what has more than 20 000 lines is another whole.
    """
    before, after = _lines(old), _lines(new)
    lines = list(_folded(_compared(before, after)))
    added = sum(line.kind in {"new", "changed"} for line in lines)
    removed = sum(line.kind in {"gone", "changed"} for line in lines)
    return Difference(tuple(lines), added, removed)


def merged(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """Put two changes of one text together.

    Where both changed the same lines differently, both stand there, theirs first: the number of
    such places is told.
    """
    old, own, other = _lines(base), _lines(mine), _lines(theirs)
    if max(map(len, (old, own, other))) > MOST_LINES:
        return theirs + "\n" + mine, 1
    ours, clashes, result = _changes(old, own), 0, list[str]()
    foreign = _changes(old, other)
    position = 0
    while position <= len(old):
        left = next((each for each in ours if each.start == position), None)
        right = next((each for each in foreign if each.start == position), None)
        if left is None and right is None:
            result += old[position : position + 1]
            position += 1
            continue
        end, left_lines, right_lines = _region(position, ours, foreign, old)
        kept = left_lines is None or right_lines is None or left_lines == right_lines
        if kept:
            result += (right_lines if left_lines is None else left_lines) or []
        else:
            clashes += 1
            result += [*(right_lines or []), *(left_lines or [])]
        ours = [each for each in ours if each.start >= end and each not in (left,)]
        foreign = [each for each in foreign if each.start >= end and each not in (right,)]
        if end == position:  # only something was put in here: the line itself follows
            result += old[position : position + 1]
            end = position + 1
        position = end
    return "\n".join(result), clashes


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    lines: list[str]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > 1_000)
    return [
        _Change(i1, i2, list(new[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _region(
    start: int, ours: Sequence[_Change], foreign: Sequence[_Change], old: Sequence[str]
) -> tuple[int, list[str] | None, list[str] | None]:
    """Find how far changes of both that touch each other reach, and what each makes of it."""
    end, grows = start, True
    while grows:
        touching = [
            each for each in (*ours, *foreign) if each.start == start or start <= each.start < end
        ]
        reach = max((each.end for each in touching), default=end)
        grows, end = reach > end, max(reach, end)
    return end, _applied(start, end, ours, old), _applied(start, end, foreign, old)


def _applied(
    start: int, end: int, changes: Sequence[_Change], old: Sequence[str]
) -> list[str] | None:
    """Write a region as one side has it; None when that side left it alone."""
    inside = [each for each in changes if each.start == start or start <= each.start < end]
    if not inside:
        return None
    lines, position = list[str](), start
    for change in inside:
        lines += old[position : change.start]
        lines += change.lines
        position = max(position, change.end)
    return [*lines, *old[position:end]]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[DiffLine]:
    if max(len(before), len(after)) > MOST_LINES:
        yield from _replaced(before, after, 0, 0)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 1_000)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for offset, text in enumerate(before[i1:i2]):
                part = (Part(text),)
                yield DiffLine("same", i1 + offset + 1, j1 + offset + 1, part, part)
        else:
            yield from _replaced(before[i1:i2], after[j1:j2], i1, j1)


def _replaced(
    gone: Sequence[str], new: Sequence[str], old_start: int, new_start: int
) -> Iterator[DiffLine]:
    """Pair the lines of a place that was changed; what is left over came or went."""
    paired = min(len(gone), len(new)) if len(gone) + len(new) <= MOST_WORDS else 0
    for number in range(paired):
        old_parts, new_parts = _words(gone[number], new[number])
        yield DiffLine(
            "changed", old_start + number + 1, new_start + number + 1, old_parts, new_parts
        )
    for number, text in enumerate(gone[paired:], start=paired):
        yield DiffLine("gone", old_start + number + 1, None, (Part(text, is_marked=True),))
    for number, text in enumerate(new[paired:], start=paired):
        yield DiffLine("new", None, new_start + number + 1, (), (Part(text, is_marked=True),))


def _words(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return (Part(old, is_marked=True),), (Part(new, is_marked=True),)
    left, right = list[Part](), list[Part]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        is_marked = tag != "equal"
        left += [Part("".join(before[i1:i2]), is_marked)] if i2 > i1 else []
        right += [Part("".join(after[j1:j2]), is_marked)] if j2 > j1 else []
    return tuple(left), tuple(right)


def _folded(lines: Iterable[DiffLine]) -> Iterator[DiffLine]:
    """Fold what is the same and far from what is not."""
    run, is_first = list[DiffLine](), True
    for line in lines:
        if line.kind == "same":
            run.append(line)
            continue
        yield from _fold(run, 0 if is_first else KEPT_LINES, KEPT_LINES)
        run, is_first = [], False
        yield line
    yield from _fold(run, 0 if is_first else KEPT_LINES, 0)


def _fold(run: Sequence[DiffLine], head: int, tail: int) -> Iterator[DiffLine]:
    hidden = len(run) - head - tail
    if hidden < 2:
        yield from run
        return
    yield from run[:head]
    yield DiffLine("fold", folded=hidden)
    yield from run[len(run) - tail :]
