"""Markdown is read once for each text, and what was written for one developer is never kept."""

from dataclasses import replace

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.rendering.carry_out import READ, carry_out
from cms.rendering.order import Prose
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.rendering.test_renderer import order_of
from tests.kit.publish import publish

TEXTS = {"/plain": "# One for all", "/own": "# Rain for {% if current_user %}one{% else %}all"}
TEXTS["/own"] += "{% endif %}"


def test_prose_is_kept_for_all_but_never_for_one(deps: Dependencies, acme: NewProvider) -> None:
    publish(deps, acme.provider, TEXTS, handler="markdown")
    read: list[str] = []

    def reading(prose: Prose) -> str:
        read.append(prose.text)
        return f"<p>{prose.text}</p>"

    with deps.database.read() as db:
        library = Library(db, default_theme(), acme.provider.id)
        for is_known in (True, True, False, False, True):
            for path in TEXTS:
                order = order_of(db, deps, acme.provider, path)
                order.data.account_id = acme.sample.user.account_id if is_known else None
                variables = {**order.variables, "current_user": "john" if is_known else None}
                carry_out(replace(order, variables=variables), library, reading)

    assert read.count("# One for all") == 1
    assert read.count("# Rain for all") == 1
    assert read.count("# Rain for one") == 3
    assert READ.find(("markdown", "# Rain for one")) is None
