"""How tests call actions: `create_feature(by(db, staff(acme)), ...)`."""

from dataclasses import replace

from sqlmodel import Session

from cms.portal.shipped import PortalShipped
from server.actions.portal.api_docs_versions import ACCEPTING
from server.actions.work import Work
from server.domain.accounts.users import Proof, User
from server.domain.actors import Actor
from server.domain.installation import Addresses, Installation
from tests.kit.make import TEST_VAULT

HERE = Installation(
    TEST_VAULT, Addresses("http://localhost:8000", "localhost"), shipped=PortalShipped()
)


def by(db: Session, actor: Actor, installation: Installation = HERE) -> Work:
    """Let the actor work in the transaction; give the site's installation if its clock matters."""
    return Work(db, actor, installation)


def accepting(work: Work) -> Work:
    """Let who acts go ahead where callers of a specification break."""
    return replace(work, accepted=ACCEPTING)


def proof_of(user: User) -> Proof:
    """Let a person have typed his password."""
    return Proof(user.id, user.password_hash)
