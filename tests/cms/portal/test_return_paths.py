"""Which addresses are returned to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.portal.return_paths import DASHBOARD, own_page


@pytest.mark.parametrize("text", ["/", "/docs", "/admin/applications/1?x=[1]&y=%20"])
def test_own_pages_are_kept(text: str) -> None:
    assert own_page(text) == text


@given(st.text(alphabet="/\\:evil.@%\r\n\t ?#a"))
def test_nothing_leads_away(text: str) -> None:
    kept = own_page(text)

    assert kept == DASHBOARD or (kept[0] == "/" and kept[1:2] not in {"/", "\\"})
    assert not set(kept) & set("\\\r\n\t ")
