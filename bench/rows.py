"""Lines of the table, and how they are printed."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass

from bench.load import Load
from bench.quiet import Quiet


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    target: str
    met: bool


def print_table(rows: Iterable[Row], quiet: Quiet) -> None:
    """Print lines as they come, as a Markdown table, and how quiet it was."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| What | Measured | Target | Met |\n|---|---|---|---|")
    for row in rows:
        met = "yes" if row.met else "no"
        print(f"| {row.what} | {row.measured} | {row.target} | {met} |", flush=True)
    print(f"\n{quiet.told()}")


def failed(load: Load) -> str:
    """Say how many answers were no good ones."""
    return f"{load.not_ok} not ok" if load.not_ok else "all ok"
