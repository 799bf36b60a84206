"""The writer of XML: nothing that a client sends leaves its place."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from gateway.transactions.status import PeriodTexts, attribute, error_xml, escaped
from gateway.windows import PERIODS, Windows
from tests.gateway.transactions.conftest import START


@given(st.text(), st.text())
def test_any_error_is_well_formed(code: str, message: str) -> None:
    root = ElementTree.fromstring(error_xml(code, message))  # noqa: S314 - our own document

    assert (root.tag, list(root.attrib), len(root)) == ("error", ["code"], 0)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Cc"])))
def test_printable_text_is_read_back_unchanged(text: str) -> None:
    document = f'<a b="{attribute(text)}">{escaped(text)}</a>'

    root = ElementTree.fromstring(document)  # noqa: S314 - our own document

    assert (root.text or "", root.get("b")) == (text, text)


def test_quotes_stay_plain_in_text_and_control_characters_become_visible() -> None:
    assert escaped('a "b" <c> & \0') == 'a "b" &lt;c&gt; &amp; \ufffd'
    assert attribute('"\n\t') == "&quot;&#10;&#9;"


def test_eternity_has_no_start_and_no_end() -> None:
    texts = dict(zip(PERIODS, PeriodTexts().write(Windows.at(START.timestamp())), strict=True))

    assert texts[PERIODS[-1]] == ""
    assert texts[PERIODS[1]] == (
        "<period_start>2026-11-21 12:00:00 +0000</period_start>"
        "<period_end>2026-11-21 13:00:00 +0000</period_end>"
    )
