"""What forms of the admin portal call optional, held against the rules of the attributes."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from server.actions.resources import Resource
from server.domain.attributes import REQUIRED, Attribute
from server.domain.drafts import clean_attribute
from server.domain.errors import DomainError

# (resource, attribute) -> why a form calls it optional, or not, against its rule
FILLED: Mapping[tuple[str, str], str] = {
    ("api_docs", "body"): "optional: a file or an address does as well",
    ("authentication_provider", "client_secret"): "optional: empty keeps the one that stands",
    ("forum_category", "position"): "shown as it stands",
    ("mapping_rule", "position"): "shown as it stands",
    ("template", "content_type"): "shown as it stands",
    ("template", "draft"): "the text itself",
    ("webhook_endpoint", "url"): "only one that is not active has none",
}


def faulty_marks(page: str, form_id: str, resource: Resource[Any]) -> Iterator[str]:
    """Name the attributes that a form calls optional and that may not be empty, or the other way.

    What has a default to be filled with may be asked for.
    """
    for attribute, is_optional in _told_optional(page, form_id, resource):
        may = _may_be_empty(resource, attribute)
        has_default = attribute.default not in (REQUIRED, None, "", ())
        is_right = may if is_optional else not may or has_default
        if not is_right and (resource.name, attribute.name) not in FILLED:
            yield attribute.name


def _may_be_empty(resource: Resource[Any], attribute: Attribute) -> bool:
    """Return whether a form may leave an attribute empty."""
    try:
        clean_attribute(resource.draft, attribute.name, "")
    except DomainError:
        return attribute.is_optional
    return True


def _told_optional(page: str, form_id: str, of: Resource[Any]) -> Iterator[tuple[Attribute, bool]]:
    """Tell of each attribute that people write whether the form calls it optional.

    That is said beside the label, and the browser insists on what is not.
    """
    (form,) = html.fromstring(page).xpath("//form[@id=$id]", id=form_id)
    for attribute in of.attributes:
        written = ".//*[@name=$name][self::textarea or @type!='hidden']"
        for field in form.xpath(written, name=attribute.name):
            if field.get("type") in {"checkbox", "radio", "file", "color"}:
                continue
            for label in form.xpath(".//label[@for=$id]", id=field.get("id")):
                is_optional = bool(label.xpath(".//*[@class='optional']"))
                assert is_optional is (field.get("required") is None) or attribute.name == "draft"
                yield attribute, is_optional
