"""The XML writer: whatever goes in, a parser gets it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from server.kit.xml import UNWRITABLE, Element, document_of


@given(st.text(), st.text())
def test_any_text_makes_a_document_that_parses(content: str, attribute: str) -> None:
    written = document_of(Element("a", [Element("b", content, {"c": attribute})]))

    child = etree.fromstring(written)[0]

    assert (child.text or "") == UNWRITABLE.sub("\ufffd", content)
    kept = UNWRITABLE.sub("\ufffd", attribute)
    assert child.get("c").split() == kept.split()  # a parser turns line feeds into spaces there


def test_an_empty_element_closes_itself() -> None:
    assert document_of(Element("a")).endswith(b"<a/>")


@pytest.mark.parametrize("name", ["", "1a", "a b", "a>", "<a", "a:b"])
def test_a_name_that_xml_does_not_allow_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        document_of(Element("root", [Element(name)]))
