"""Documents by their hash: who sent one before sends the hash alone.

As Apollo's clients do it (`extensions.persistedQuery`, automatic), and as the appendix of GraphQL
over HTTP has it (`documentId`). A hash that is not known is answered so that such clients send the
text once more with it. What strangers send can't push out what those who are known use.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from graphql import GraphQLError
from strawberry.http import GraphQLRequestData

from server.domain.actors import Actor
from server.kit.lru import LRU

HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})\Z")
EXTENSION = "persistedQuery"
Find = Callable[[str], str | None]  # the text of a registered document, by its digest
NOT_REGISTERED = "DOCUMENT_NOT_REGISTERED"
ONLY_REGISTERED = "This token sends registered documents, and nothing else."
UNKNOWN, MISMATCH = "PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_HASH_MISMATCH"


def _callers_texts() -> LRU[str]:
    return LRU(most_entries=1_000, most_bytes=8_000_000)


def _visitors_texts() -> LRU[str]:
    return LRU(most_entries=250, most_bytes=2_000_000)


@dataclass(frozen=True, slots=True)
class Persisted:
    """The texts of one schema's documents by provider and hash."""

    callers: LRU[str] = field(default_factory=_callers_texts)
    visitors: LRU[str] = field(default_factory=_visitors_texts)

    def complete(self, asked: GraphQLRequestData, caller: Actor, find: Find) -> GraphQLRequestData:
        """Put the text in the place of its hash, or keep it; `find` knows registered ones.

        A caller who may send nothing else sends those. Raises: GraphQLError.
        """
        digest = find_hash(asked.extensions)
        if caller.registered_only:
            return self._registered(asked, digest, find)
        if digest is None:
            return asked
        kept = self.visitors if caller.kind == "signup" else self.callers
        key = f"{caller.provider_id}:{digest}"
        if asked.query:
            if sha256(asked.query.encode()).hexdigest() != digest:
                raise _refused("The hash is not that of the query.", MISMATCH)
            kept.keep(key, asked.query, len(asked.query) + len(key))
            return asked
        text = kept.find(key) or find(digest)
        if text is None:
            raise _refused("PersistedQueryNotFound", UNKNOWN)
        kept.keep(key, text, len(text) + len(key))
        return replace(asked, query=text)

    def _registered(
        self, asked: GraphQLRequestData, digest: str | None, find: Find
    ) -> GraphQLRequestData:
        """Let registered documents pass, whether they come as text or not. Raises: GraphQLError."""
        if asked.query:
            digest = sha256(asked.query.encode()).hexdigest()
        text = find(digest) if digest else None
        if text is None:
            raise _refused(ONLY_REGISTERED, NOT_REGISTERED)
        return replace(asked, query=text)


def find_hash(extensions: Mapping[str, Any] | None) -> str | None:
    """Find the hash that stands for a document, if there is one we know how to read."""
    told = (extensions or {}).get(EXTENSION)
    digest = told.get("sha256Hash") if isinstance(told, dict) else None
    match = HASH.match(digest) if isinstance(digest, str) else None
    return match[1] if match else None


def with_hash(asked: dict[str, Any]) -> dict[str, Any]:
    """Write a `documentId` as the extension that says the same."""
    named = asked.get("documentId")
    if not isinstance(named, str):
        return asked
    given = asked.get("extensions")
    others = given if isinstance(given, dict) else {}
    return {**asked, "extensions": {**others, EXTENSION: {"sha256Hash": named}}}


def _refused(message: str, code: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})
