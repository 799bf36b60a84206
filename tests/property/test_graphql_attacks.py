"""Hostile requests of both GraphQL faces are refused soon, and take no memory that stays."""

import gc
import resource
import time
from collections.abc import Iterator

import pytest
from graphql import get_introspection_query

from server.graphql.documents import Documents
from tests.server.graphql.attacks import Attack, all_attacks
from tests.server.graphql.faces import Face, fault_of, open_faces

ATTACKS = all_attacks()
MOST_S = 0.05  # of processor time, for a refusal on a machine of its own
BUSY = 5
MOST_GROWTH_KB = 150_000
KEPT_BYTES = 24_000_000


@pytest.fixture(scope="module", params=["admin", "visitor"])
def face(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Face]:
    """Open a face as one who may ask everything, or as a stranger."""
    with open_faces(tmp_path_factory.mktemp("attacks")) as faces:
        face = faces[str(request.param)]
        face.client.ask(get_introspection_query())
        gc.disable()  # it would look through all that the other tests hold
        yield face
        gc.enable()


def took_s(face: Face, attack: Attack) -> float:
    """Send an attack, which must get an answer as it should; tell its processor time."""
    began_s = time.process_time()
    answer = face.client.http.post(
        face.client.path, content=attack.body, headers={"content-type": "application/json"}
    )
    spent_s = time.process_time() - began_s
    assert fault_of(answer) == "", attack.name
    assert "Did you mean" not in answer.text, attack.name
    assert len(answer.content) < 200_000, attack.name
    if attack.is_refused:
        assert answer.json().get("data") is None, (attack.name, answer.text[:200])
    return spent_s


@pytest.mark.slow
def test_all_attacks_are_refused_soon(face: Face) -> None:
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    slow = {
        attack.name: spent_s
        for attack in ATTACKS
        if (spent_s := took_s(face, attack)) > MOST_S * BUSY
        and (spent_s := took_s(face, attack)) > MOST_S * BUSY
    }

    assert len(ATTACKS) >= 300
    assert slow == {}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < MOST_GROWTH_KB
    documents: Documents = face.schema.documents
    assert documents.callers.size_bytes + documents.visitors.size_bytes <= KEPT_BYTES


def test_no_attack_is_tried_twice() -> None:
    bodies = [attack.body for attack in ATTACKS]

    assert len(set(bodies)) == len(bodies)
