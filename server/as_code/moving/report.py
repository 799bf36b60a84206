"""What a move did and what it could not do, told as it goes and written down at the end."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from server.as_code.moving.tenant import Untaken


@dataclass(slots=True)
class Report:
    """What happened, by object. `say` gets each line as it comes."""

    say: Callable[[str], object] = lambda _line: None
    lines: list[str] = field(default_factory=list)  # what was done, or would be
    untaken: list[Untaken] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)  # "created service" -> how many

    def did(self, act: str, noun: str, line: str) -> None:
        """Tell one thing that was done; `act` is created, changed or deleted."""
        self.done[f"{act} {noun}"] += 1
        self.lines.append(line)
        self.say(line)

    def miss(self, what: str, why: str, way_out: str = "") -> None:
        """Tell what could not be taken over, once."""
        missed = Untaken(what, why, way_out)
        if missed not in self.untaken:
            self.untaken.append(missed)

    def missed(self, all_of_it: Iterable[Untaken]) -> None:
        """Tell all that a reader could not have."""
        for each in all_of_it:
            self.miss(each.what, each.why, each.way_out)

    def summary(self) -> list[str]:
        """Say in lines what was done, and what was not taken over and why."""
        told = [f"{count} {what}" for what, count in sorted(self.done.items())]
        lines = [f"{', '.join(told)}." if told else "Nothing to change."]
        if self.untaken:
            lines.append(f"Not taken over ({len(self.untaken)}):")
            lines += [f"  {one.what}: {one.why} {one.way_out}".rstrip() for one in self.untaken]
        return lines

    def document(self, origin: str, *, dry_run: bool) -> str:
        """Write all of it as JSON."""
        body: dict[str, Any] = {
            "origin": origin,
            "dry_run": dry_run,
            "done": dict(self.done),
            "changes": self.lines,
            "not_taken_over": [asdict(one) for one in self.untaken],
        }
        return json.dumps(body, indent=2, ensure_ascii=False) + "\n"
