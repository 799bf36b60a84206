"""`gatehouse theme`: a portal's content as a folder of plain files, kept the same both ways."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from server.as_code.apply import Refused, read_state, run
from server.as_code.entries import BadFolder, State
from server.as_code.portal import sync
from server.cli.as_code import FOLDER, explained, opened, workspace_of
from server.cli.providers import PROVIDER
from server.runtime.storage import Storage

FORCE = Annotated[bool, typer.Option("--force", help="Write over what changed on the other side.")]
DRAFT = Annotated[
    bool, typer.Option("--draft", help="Keep texts as drafts instead of publishing them.")
]
PRUNE = Annotated[bool, typer.Option("--prune", help="Delete what the folder does not have.")]
LOOK_S = 0.5  # between two looks at the folder
ASK_S = 3.0  # between two looks at the portal
theme_app = typer.Typer(
    no_args_is_help=True, help="The content of a portal as a folder of plain files."
)


class _Drift(Exception):
    """The other side changed meanwhile; the message says what, and the way out."""


@theme_app.command()
def pull(folder: FOLDER, provider: PROVIDER = "", force: FORCE = False) -> None:
    """Write the portal's content into a folder."""
    with _told(), opened() as storage:
        memory = sync.read_memory(folder)
        here = sync.read_content(folder) if folder.is_dir() else {}
        changed = sync.local_changes(memory, here)
        present = _present(storage, provider)
        texts = sync.texts_of_content(present)
        lost = [path for path in changed if here.get(path) != texts.get(path)]
        if lost and not force:
            raise _Drift(_list(lost, "changed in the folder", "Push them first"))
        sync.write_content(folder, texts, memory)
        sync.remember(folder, texts, present)
        typer.echo(f"{len(texts)} files are in {folder}.")


@theme_app.command()
def push(  # noqa: PLR0913 - a command has as many options as it has
    folder: FOLDER,
    provider: PROVIDER = "",
    draft: DRAFT = False,
    prune: PRUNE = False,
    force: FORCE = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it does.")] = False,
) -> None:
    """Bring the portal's content to what a folder says, all of it or nothing."""
    with _told(), opened() as storage:
        push_folder(
            storage, folder, provider, Push(draft=draft, prune=prune, force=force, dry_run=dry_run)
        )


@theme_app.command()
def watch(
    folder: FOLDER, provider: PROVIDER = "", draft: DRAFT = False, force: FORCE = False
) -> None:
    """Push whatever is saved in a folder, until it is interrupted; tell when the portal drifts."""
    with _told(), opened() as storage:
        watcher = Watcher(storage, folder, provider, Push(draft=draft, force=force))
        typer.echo(f"Watching {folder}. Press Ctrl-C to end.")
        while True:
            watcher.look()
            time.sleep(LOOK_S)


class Push:
    """How a push is meant."""

    def __init__(
        self,
        *,
        draft: bool = False,
        prune: bool = False,
        force: bool = False,
        dry_run: bool = False,
    ) -> None:
        self.draft, self.prune, self.force, self.dry_run = draft, prune, force, dry_run


def push_folder(storage: Storage, folder: Path, provider: str, how: Push) -> int:
    """Push, and say what was done; tell how many changes. Raises: BadFolder, Refused, _Drift."""
    memory = sync.read_memory(folder)
    texts = sync.read_content(folder)
    wanted = sync.wanted_of(texts, storage.installation.shipped)
    with storage.database.write() as db:
        workspace = workspace_of(db, storage, provider)
        present = read_state(workspace)
        drift = sync.drift_of(memory, present)
        if drift and not how.force:
            raise _Drift(_list(drift, "changed in the portal", "Pull it first"))
        if how.draft:
            wanted = sync.as_drafts(wanted, sync.content_of(present))
        plan = sync.plan_of(wanted, present, prune=how.prune)
        for line in (*plan.lines(), plan.summary()):
            typer.echo(line)
        if how.dry_run:
            typer.echo("Dry run: nothing is stored.")
            return 0
        if plan.edits:
            rest = {key: e for key, e in present.items() if key not in sync.content_of(present)}
            run(workspace, plan, {**rest, **wanted}, prune=how.prune)
        after = read_state(workspace)
    sync.remember(folder, texts, after)
    return len(plan.edits)


class Watcher:
    """Looks at a folder and a portal again and again."""

    def __init__(self, storage: Storage, folder: Path, provider: str, how: Push) -> None:
        self._storage, self._folder, self._provider, self._how = storage, folder, provider, how
        self._seen: dict[str, str] = {}
        self._told: list[str] = []
        self._asked_at = 0.0

    def look(self) -> None:
        """Push what was saved since; say what is wrong, and go on."""
        try:
            texts = sync.read_content(self._folder)
            memory = sync.read_memory(self._folder)
            if texts != self._seen and sync.local_changes(memory, texts):
                self._seen = texts
                push_folder(self._storage, self._folder, self._provider, self._how)
            self._ask()
        except (BadFolder, _Drift) as error:
            typer.echo(str(error), err=True)
        except Refused as error:
            typer.echo(f"{error} Nothing is stored.", err=True)

    def _ask(self) -> None:
        """Tell once what somebody changed in the portal."""
        now = time.monotonic()
        if now - self._asked_at < ASK_S:
            return
        self._asked_at = now
        memory = sync.read_memory(self._folder)
        drift = sync.drift_of(memory, _present(self._storage, self._provider))
        if drift and drift != self._told:
            typer.echo(_list(drift, "changed in the portal", "Pull it first"), err=True)
        self._told = drift


def _present(storage: Storage, provider: str) -> State:
    with storage.database.read() as db:
        return read_state(workspace_of(db, storage, provider))


def _list(names: list[str], what: str, way_out: str) -> str:
    lines = "".join(f"\n  {name}" for name in names)
    return f"This {what} since both were the same:{lines}\n{way_out}, or use --force."


@contextmanager
def _told() -> Iterator[None]:
    """Turn what may go wrong into a message and an exit code."""
    try:
        with explained():
            yield
    except _Drift as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        typer.echo("Ended.")
