"""Work that a browser does before a form is taken: a second for a person, dear for a robot.

The challenge and its solution are those of ALTCHA: find the number that a salt was hashed with.
Nobody else is asked, and nothing is stored until a solution is used.
"""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from sqlmodel import Session

from server.auth.challenges import spend
from server.domain.errors import BadToken, CaptchaNeeded
from server.domain.installation import Installation

FIELD = "altcha"
MOST_NUMBER = 60_000  # half of it are tried on average
LIFETIME = timedelta(minutes=20)
MOST_ANSWER = 2_000  # characters
MISSING = (
    "Your browser has to do a little work before this can be sent, against robots. "
    "Allow scripts for this page, then send it once more."
)
USED = "This form lay open too long, or was sent twice. Send it once more."


def new_puzzle(installation: Installation, provider_id: int) -> Mapping[str, Any]:
    """Make a challenge as JSON holds it."""
    from altcha.v1 import ChallengeOptions, create_challenge

    options = ChallengeOptions(
        max_number=MOST_NUMBER,
        hmac_key=_key(installation),
        expires=installation.clock.now() + LIFETIME,
        params={"provider": str(provider_id)},
    )
    puzzle: Mapping[str, Any] = create_challenge(options).to_dict()
    return puzzle


def spend_solution(db: Session, installation: Installation, provider_id: int, answer: str) -> None:
    """Check a solution and use it up. Raises: CaptchaNeeded."""
    solution = _parsed(answer)
    from altcha.v1 import verify_solution

    try:
        is_right, _ = verify_solution(solution, _key(installation), check_expires=False)
        told = parse_qs(solution["salt"].partition("?")[2])
        ends = datetime.fromtimestamp(int(told["expires"][0]), UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise CaptchaNeeded(MISSING) from error
    if not is_right or told.get("provider") != [str(provider_id)]:
        raise CaptchaNeeded(MISSING)
    try:
        spend(db, installation, provider_id, f"captcha {solution['signature']}", ends)
    except BadToken as error:
        raise CaptchaNeeded(USED) from error


def _parsed(answer: str) -> Any:
    if not answer or len(answer) > MOST_ANSWER:
        raise CaptchaNeeded(MISSING)
    try:
        solution = json.loads(base64.b64decode(answer, validate=True))
    except (ValueError, RecursionError) as error:
        raise CaptchaNeeded(MISSING) from error
    is_whole = isinstance(solution, dict) and all(
        isinstance(solution.get(name), str)
        for name in ("algorithm", "challenge", "salt", "signature")
    )
    if (
        not is_whole
        or solution["algorithm"] != "SHA-256"
        or type(solution.get("number")) is not int
    ):
        raise CaptchaNeeded(MISSING)
    return solution


def _key(installation: Installation) -> bytes:
    return installation.vault.digest("captcha")
