"""A provider's own configuration over the wire: exported and applied within one transaction."""

from collections.abc import Mapping

from server.actions.portal.api_docs_versions import ACCEPTING
from server.actions.rows import hold_provider
from server.actions.work import Work
from server.as_code.apply import Refused, read_state, run
from server.as_code.changeset import Changeset, compare
from server.as_code.entries import BadFolder, State
from server.as_code.environment import with_environment
from server.as_code.layout import AS_THEY_ARE, YAML, is_ours
from server.as_code.portal.api_docs import with_fetched
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.as_code.writing import texts_of
from server.domain.actors import Actor
from server.domain.errors import Invalid
from server.domain.events import Face, came_through, savepoint
from server.domain.provider.folders import FOLDER, Applied, Applying


class _DryRun(Exception):
    """Rolls back what was done."""


def export(work: Work, *, secrets: bool) -> tuple[Mapping[str, str], bool]:
    """Write the actor's provider as files; tell, too, whether they leave secrets out.

    Whoever asks may see all of it but secrets: the face has made sure of that.
    """
    actor = Actor.system(work.actor.provider_id, work.actor.name)
    state = read_state(Workspace(work.db, actor, work.installation))
    texts, open_texts = texts_of(state), texts_of(state, secrets=True)
    return (open_texts if secrets else texts), texts != open_texts and not secrets


def apply(work: Work, texts: Mapping[str, str], how: Applying) -> Applied:
    """Bring the actor's provider to what files say. Raises: Invalid, with file and line."""
    try:
        wanted = _parsed(texts, how.variables)
        hold_provider(work)  # one at a time
        came_through(work.db, Face.AS_CODE)
        accepted = ACCEPTING if how.accept_breaking else frozenset[str]()
        workspace = Workspace(work.db, work.actor, work.installation, accepted=accepted)
        plan = compare(wanted, read_state(workspace), prune=how.prune)
        warnings = _carry_out(workspace, plan, wanted, how)
    except BadFolder as error:
        raise Invalid(str(error), field=FOLDER) from error
    except Refused as error:
        raise Invalid(f"{error} Nothing is stored.", field=FOLDER) from error
    counts = plan.counts()
    is_stored = bool(plan.edits) and not how.dry_run
    return Applied([*plan.lines()], plan.summary(), counts, warnings, is_stored)


def _parsed(texts: Mapping[str, str], variables: Mapping[str, str]) -> State:
    """Read what is ours among files, as a folder on disk is read. Raises: BadFolder."""
    ours = {
        path: text.removeprefix("\ufeff") if path.endswith(YAML) else text
        for path, text in texts.items()
        if is_ours(path) or path.endswith(YAML)
    }
    for path, text in ours.items():
        if not path.startswith(AS_THEY_ARE) and any("\ud800" <= mark <= "\udfff" for mark in text):
            raise BadFolder(f"{path}: is not UTF-8 text.")
    wanted = with_environment(parse_folder(ours), variables)
    return with_fetched(wanted, _refuse_to_fetch)


def _refuse_to_fetch(_url: str) -> str:
    raise Invalid(
        "is fetched by a command beside the database only. Put the document into the folder, "
        "and name it as 'body'."
    )


def _carry_out(workspace: Workspace, plan: Changeset, wanted: State, how: Applying) -> list[str]:
    """Make the edits, or find out what refuses them; answer what is to be warned of."""
    warnings: list[str] = []
    try:
        with savepoint(workspace.db):
            run(workspace, plan, wanted, prune=how.prune)
            if plan.edits:
                # Here and not above: it loads the template engine.
                from server.as_code.portal.checks import warnings_of

                warnings += warnings_of(plan, wanted)
            if how.dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return warnings
