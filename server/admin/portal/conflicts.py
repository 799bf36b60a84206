"""Two who changed the same text: what the other one did, and both put together."""

from dataclasses import dataclass

from server.admin.context import AdminContext
from server.domain.portal.pages import EditConflict, Template
from server.kit.text_diff import Difference, difference_of, merged


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else saved in between, against what was typed."""

    who: str
    mine: str
    both: str
    places: int  # where both changed the same lines
    changes: Difference  # of theirs, since it was loaded
    against: Difference  # from theirs to mine


def find_clash(ctx: AdminContext, template: Template, theirs: str) -> Clash | None:
    """Compare, if that is why the form was refused; the form sends what it was loaded with."""
    if not isinstance(ctx.error, EditConflict):
        return None
    base, mine = _tidy(ctx.values.get("loaded_text", "")), _tidy(ctx.values.get("draft", ""))
    both, places = merged(base, mine, theirs)
    return Clash(
        who=template.changed_by or "Somebody",
        mine=mine,
        both=both,
        places=places,
        changes=difference_of(base, theirs),
        against=difference_of(theirs, mine),
    )


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n")
