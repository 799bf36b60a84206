"""The work of a browser: right once, for one provider, for a while."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from altcha.v1 import Challenge, solve_challenge

from server.auth.captcha import new_puzzle, spend_solution
from server.auth.dependencies import Dependencies
from server.domain.errors import CaptchaNeeded
from server.kit.clock import FixedClock
from tests.kit.make import make_deps, make_provider

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def solved(puzzle: Any, **over: Any) -> str:
    """Do a browser's work."""
    asked = {"max_number" if name == "maxNumber" else name: puzzle[name] for name in puzzle}
    found = solve_challenge(Challenge(**asked))
    assert found is not None
    names = ("algorithm", "challenge", "salt", "signature")
    answer = {**{name: puzzle[name] for name in names}, "number": found.number, **over}
    return base64.b64encode(json.dumps(answer).encode()).decode()


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    deps = make_deps(tmp_path, clock=FixedClock(NOW))
    make_provider(deps)
    yield deps
    deps.database.close()


def spend(deps: Dependencies, answer: str, provider_id: int = 1) -> None:
    with deps.database.write() as db:
        spend_solution(db, deps.installation, provider_id, answer)


def test_a_solution_is_taken_once(deps: Dependencies) -> None:
    answer = solved(new_puzzle(deps.installation, 1))
    spend(deps, answer)

    with pytest.raises(CaptchaNeeded, match="sent twice"):
        spend(deps, answer)


def test_a_solution_ends(deps: Dependencies) -> None:
    answer = solved(new_puzzle(deps.installation, 1))
    clock = deps.installation.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(minutes=21))

    with pytest.raises(CaptchaNeeded, match="too long"):
        spend(deps, answer)


def test_what_is_no_solution_is_refused(deps: Dependencies) -> None:
    puzzle = new_puzzle(deps.installation, 1)
    later = str(puzzle["salt"]).replace("expires=", "expires=9")
    whole = json.loads(base64.b64decode(solved(puzzle)))
    attacks = [
        "",
        "x" * 5_000,
        "not base64!",
        *(base64.b64encode(text).decode() for text in (b"null", b"[]", b"{}", b"\xff", b"[" * 900)),
        solved(puzzle, number=str(whole["number"])),
        solved(puzzle, number=-1),
        solved(puzzle, number=True),
        solved(puzzle, number=None),
        solved(puzzle, salt=later),
        solved(puzzle, salt=None),
        solved(puzzle, salt="x"),
        solved(puzzle, signature="0" * 64),
        solved(puzzle, algorithm="SHA-1"),
        solved(new_puzzle(deps.installation, 2)),
    ]

    for answer in attacks:
        with pytest.raises(CaptchaNeeded):
            spend(deps, answer)
    spend(deps, solved(puzzle))
