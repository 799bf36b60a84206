"""What every face is built from, and whose host a request came to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from server.auth.gates import Gates
from server.auth.sso.issuers import Issuers
from server.domain.errors import NotFound, Unavailable
from server.domain.installation import Installation
from server.domain.messages.rendered import RenderMail, render_nothing
from server.domain.portal.previews import Preview, preview_nothing
from server.domain.provider.domains import Claim, Proof
from server.domain.provider.folders import Folders, NoFolders
from server.domain.provider.graphql_documents import ReadDocuments, read_no_documents
from server.domain.provider.hosts import Host, HostKind, name_of
from server.domain.provider.providers import Provider
from server.domain.provider.webhook_objects import NoObjects, ObjectWriter
from server.domain.provider.webhooks import HookAnswer, HookCall
from server.domain.services.proxies import ProbeResult
from server.kit.db import Database
from server.kit.executor import FairExecutor
from server.kit.hosts import is_bare_host

# Each request asks one of these, so they are built once.
FIRST = select(Provider).where(Provider.is_first)
NAMED = select(Provider).where(
    Provider.id == Host.provider_id,
    Host.name == bindparam("name"),
    col(Host.kind).in_(bindparam("kinds", expanding=True)),
    col(Host.service_id).is_(None),
)
PORTALS = tuple(kind for kind in HostKind if kind is not HostKind.GATEWAY)

# Calls the staging gateway of a service with its test path and a live credential.
Probe = Callable[[int], ProbeResult]
# Fetches a provider's document from an address; the last is the port of ours that was asked.
Fetch = Callable[[int, str, int | None], str]
# Brings webhooks to where they go, many at once; answers in the order of the calls.
CallHooks = Callable[[Sequence[HookCall]], Sequence[HookAnswer]]
# Notes that the access token of this id is used; nobody waits for it.
NoteToken = Callable[[int], None]
# Looks whether a custom domain is proved; takes seconds, and nothing of the database is held.
Prove = Callable[[Claim], Proof]


def prove_nothing(_claim: Claim) -> Proof:
    """Refuse, in a process that asks nobody. Raises: Unavailable."""
    raise Unavailable("No domain is checked by this process.")


def note_no_token(_token_id: int) -> None:
    """Note nothing, in a process that nobody sends tokens to."""


def call_no_hooks(_calls: Sequence[HookCall]) -> Sequence[HookAnswer]:
    """Refuse, in a process that tells nobody. Raises: Unavailable."""
    raise Unavailable("No webhooks are sent by this process.")


def fetch_nothing(_provider_id: int, _url: str, _listening: int | None) -> str:
    """Refuse, in a process whose faces fetch nothing. Raises: Unavailable."""
    raise Unavailable("Nothing is fetched by this process.")


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The parts that the composition root hands to every face."""

    database: Database
    installation: Installation
    probe: Probe
    fetch: Fetch = fetch_nothing
    render_mail: RenderMail = render_nothing
    preview: Preview = preview_nothing
    mails_are_kept: bool = True  # no SMTP server: the admin portal shows them
    executor: FairExecutor = field(default_factory=FairExecutor)
    gates: Gates = field(default_factory=Gates)
    fetch_feed: Fetch = fetch_nothing  # the same for news that portlets show
    issuers: Issuers = field(default_factory=Issuers)  # of identities that people log in by
    prove: Prove = prove_nothing
    call_hooks: CallHooks = call_no_hooks
    objects: ObjectWriter = field(default_factory=NoObjects)  # what webhooks tell of
    documents: ReadDocuments = read_no_documents  # of GraphQL, for faces that speak none
    note_token: NoteToken = note_no_token  # that it is used
    folders: Folders = field(default_factory=NoFolders)  # configuration as files

    master_token: str = field(default="", repr=False)  # empty: the master API knows nobody

    @property
    def cookie_is_secure(self) -> bool:
        """Return whether cookies may be marked Secure."""
        return self.installation.addresses.is_secure


def get_provider_by_host(db: Session, installation: Installation, host: str) -> Provider:
    """Find the provider that a portal or admin host name means. Raises: NotFound. Cost: 1 query."""
    provider = find_provider_by_host(db, installation, host)
    if provider is None or provider.state != "approved":
        raise NotFound("There is no portal at this address.")
    return provider


def find_provider_by_host(
    db: Session, installation: Installation, host: str, kinds: Sequence[HostKind] = PORTALS
) -> Provider | None:
    """Find whose portal of such a kind is at a host name, whatever his state. Cost: 1 query.

    A bare host is of every kind.
    """
    domain = installation.addresses.domain
    if is_bare_host(host, domain):
        return db.exec(FIRST).first()
    return db.exec(NAMED, params={"name": name_of(host, domain), "kinds": kinds}).first()
