"""The public cases of Liquid, where they lie beside this checkout: what a template means here."""

import json
from pathlib import Path
from typing import Any

import pytest

from cms.liquid.errors import TemplateError
from tests.cms.liquid.rendered import rendered

FILE = Path(__file__).parents[3] / "shared" / "data" / "golden_liquid.json"
LEAST = 1_000  # cases that the file has
BLANK = "the library takes only texts and lists for blank, with false and nil beside them for none"
# What the library itself does in another way; all else passes.
OTHERWISE = {
    "blank and empty, false is equal to blank": BLANK,
    "blank and empty, nil is equal to blank": BLANK,
    "blank and empty, null is equal to blank": BLANK,
    "blank and empty, undefined is equal to blank": BLANK,
    "tags, case, unexpected when token, strict2": "of a stricter Liquid, which nobody asked for",
}


def _cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["tests"]
    return found


def _is_kept(case: dict[str, Any]) -> bool:
    """Tell whether a case comes out as it says."""
    try:
        shown = rendered(
            case["template"],
            case.get("data", {}),
            partials=case.get("templates", {}),
            is_html=False,
        )
    except TemplateError:
        return bool(case.get("invalid"))
    return not case.get("invalid") and shown in case.get("results", [case.get("result")])


@pytest.mark.skipif(not FILE.exists(), reason="the public cases do not lie beside this checkout")
def test_all_cases_but_the_named_come_out_as_they_say() -> None:
    cases = _cases()

    failed = {case["name"] for case in cases if not _is_kept(case)}

    assert len(cases) > LEAST
    assert failed == set(OTHERWISE)
