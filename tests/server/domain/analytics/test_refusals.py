"""The words for refusals."""

import pytest

from gateway.codes import OBJECTIONS, REFUSALS
from gateway.refusals import NOBODY as GATEWAYS_NOBODY
from server.domain.analytics.refusals import NOBODY, REASONS, reason_of
from server.domain.services.proxies import Proxy

OF_NO_SERVICE = {"bad_host", "unknown_host", "not_deployed", "blocked_as_code", "ok"}


@pytest.mark.parametrize("code", sorted({*REFUSALS, *OBJECTIONS} - OF_NO_SERVICE))
def test_every_code_that_a_service_refuses_with_has_words(code: str) -> None:
    assert code in REASONS


def test_a_code_without_words_speaks_for_itself() -> None:
    assert reason_of("too_blue").title == "Too blue"


def test_what_is_told_as_the_service_says_has_a_status_there() -> None:
    told = {reason.told_as for reason in REASONS.values()} - {""}

    assert {f"error_status_{each}" for each in told} <= set(Proxy.model_fields)


def test_nobody_is_nobody_on_both_sides() -> None:
    assert NOBODY == GATEWAYS_NOBODY
