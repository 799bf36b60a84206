"""Reading and showing again what was typed."""

import pytest

from server.admin.forms import Form, label_of, parse_number, summary_of
from server.domain.errors import Conflict, Forbidden, Invalid, StateConflict


def test_a_summary_stands_alone() -> None:
    assert summary_of(Invalid("can't be blank.", field="org_name")) == "Org name can't be blank."
    assert summary_of(Conflict("Stop. Now.", field="plan_id")) == "Stop. Now."
    assert summary_of(StateConflict("live", "accept")) == "Can't accept while it is live."
    assert summary_of(Forbidden("not yours.")) == "Not yours."
    assert label_of("plan_id") == "Plan"


@pytest.mark.parametrize("text", ["", "x", "1.0", "--1", "٣", "1" * 19, " 1"])
def test_only_whole_numbers_are_numbers(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_number(text, "delta")

    assert caught.value.field == "delta"


def test_numbers_are_read() -> None:
    assert parse_number("-12", "delta") == -12


def test_a_form_shows_defaults_until_it_is_refused() -> None:
    fresh = Form("f")
    refused = Form("f", {"name": "typed"}, Invalid("is wrong.", field="name"))

    assert fresh.value("name", "default") == "default"
    assert fresh.checked("flag", True)
    assert refused.value("name", "default") == "typed"
    assert not refused.checked("flag", True)
    assert refused.error_of("name") == "Is wrong."
    assert refused.error_of("other") == ""
