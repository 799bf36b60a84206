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
    typed = {"name": "typed", "flag": "no"}
    refused = Form("f", typed, Invalid("is wrong.", field="name"))

    assert fresh.value("name", "default") == "default"
    assert fresh.checked("flag", True)
    assert refused.value("name", "default") == "typed"
    assert not refused.checked("flag", True)
    assert refused.error_of("name") == "Is wrong."
    assert refused.error_of("other") == ""
    assert refused.value("secret", "stands") == "stands"  # not kept over a login


def test_all_that_is_wrong_is_told_in_the_words_of_the_labels() -> None:
    error = Invalid("is wrong.", field="api_backend")
    error.others = (Invalid("is too long.", field="unseen"),)
    form = Form("f", {}, error)
    form.label("api_backend", "Private base URL")

    assert form.summary == [
        ("api_backend", "Private base URL is wrong."),
        ("", "Unseen is too long."),
    ]
    assert [form.error_of(name) for name in ("api_backend", "unseen")] == [
        "Is wrong.",
        "Is too long.",
    ]
    assert form.is_first_wrong("api_backend")
    assert not form.is_first_wrong("unseen")
