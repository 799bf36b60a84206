"""How the gateway stands before a service. Its secret token stays where it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select

from server.actions.services.proxies import RULES, update_proxy
from server.as_code.entries import Entry
from server.as_code.fields import Field, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.errors import Invalid
from server.domain.services.proxies import Proxy

ECHO = "echo"  # the bundled Echo API, wherever this installation has it
SECRETS = ("secret_token",)
COLUMNS = tuple(name for name in RULES if name not in {"api_backend", *SECRETS})


def _clean_upstream(text: str) -> str:
    return text if text == ECHO else str(RULES["api_backend"](text))


class Proxies(Topic):
    word, section, parent = "proxy", "proxy", "service"
    named_by = ()
    fields = (
        Field(name="api_backend", check=_clean_upstream, default=ECHO, is_always_written=True),
        *columns(Proxy, {name: RULES[name] for name in COLUMNS}),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        query = select(Proxy).where(Proxy.provider_id == workspace.actor.provider_id)
        for row in workspace.db.exec(query):
            home = workspace.keys.get(("service", row.service_id))
            if home is None:
                continue
            values = {name: getattr(row, name) for name in COLUMNS}
            is_echo = row.api_backend == workspace.installation.addresses.echo
            values["api_backend"] = ECHO if is_echo else row.api_backend
            yield home, row.id, values

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        wanted, echo = dict(changes), workspace.installation.addresses.echo
        if wanted.get("api_backend") == echo:
            raise Invalid(
                f"is the Echo API of this installation: write {ECHO!r}.", field="api_backend"
            )
        if wanted.get("api_backend") == ECHO:
            wanted["api_backend"] = echo
        update_proxy(
            workspace,
            workspace.service_id(entry.key),
            wanted,
        )
