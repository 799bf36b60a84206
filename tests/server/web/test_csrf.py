"""Tokens of visitors' forms belong to one browser, provider and portal."""

import pytest

from server.auth.dependencies import Dependencies
from server.web.cookies import ADMIN, DEVELOPER
from server.web.csrf import StaleForm, check_token, find_seed, new_seed, token_of_seed
from tests.kit.requests import request_with


def test_a_seed_is_read_back(deps: Dependencies) -> None:
    seed = new_seed()

    found = find_seed(request_with(f"portal_form={seed}"), DEVELOPER.form_seed, deps)

    assert found == seed


@pytest.mark.parametrize("value", ["", "x", "A" * 32, "a" * 33, "a" * 31 + "ä"])
def test_what_is_no_seed_of_ours_is_not_read(deps: Dependencies, value: str) -> None:
    request = request_with(f"portal_form={value}")

    assert find_seed(request, DEVELOPER.form_seed, deps) is None


def test_tokens_differ_by_seed_provider_and_portal(deps: Dependencies) -> None:
    vault, seed = deps.installation.vault, new_seed()

    tokens = {
        token_of_seed(vault, DEVELOPER.form_seed, 1, seed),
        token_of_seed(vault, DEVELOPER.form_seed, 1, new_seed()),
        token_of_seed(vault, DEVELOPER.form_seed, 2, seed),
        token_of_seed(vault, ADMIN.form_seed, 1, seed),
    }

    assert len(tokens) == 4


def test_only_the_token_itself_passes() -> None:
    check_token("token", "token")

    for sent, token in (("", ""), ("", "token"), ("Token", "token"), ("ü", "token"), ("x", "")):
        with pytest.raises(StaleForm):
            check_token(sent, token)
