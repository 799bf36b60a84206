"""A template is looked through without being rendered: filters, partials, the page's place."""

import pytest

from cms.content.theme import FOLDERS, default_theme
from cms.liquid.checks import check_template
from cms.liquid.errors import TemplateError


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_theme_passes(kind: str) -> None:
    theme = default_theme()
    for name in theme.names(kind):
        source = theme.find(kind, name)
        assert source is not None
        needs = check_template(kind, name, source.load())
        assert all(theme.find("partial", partial) for partial, _place in needs.partials)
        assert kind != "layout" or needs.has_content


@pytest.mark.parametrize(
    "text",
    [
        "{{ a | nowhere }}",
        "{{ a | upcase | nowhere: 1 }}",
        "{% assign b = a | nowhere %}",
        "{% echo a | nowhere %}",
        "{% if a %}{% for b in c %}{{ b | nowhere }}{% endfor %}{% endif %}",
        "{% case a %}{% when 1 %}{{ a | nowhere }}{% endcase %}",
        "{% unless a %}{% else %}{{ a | nowhere }}{% endunless %}",
        "{% capture b %}{{ a | nowhere }}{% endcapture %}",
        "{% tablerow b in c %}{{ b | nowhere }}{% endtablerow %}",
        "{% form 'login' %}{{ a | nowhere }}{% endform %}",
        "{% content_for a %}{{ a | nowhere }}{% endcontent_for %}",
        "{% email %}{% subject = a | nowhere %}{% endemail %}",
        "{% liquid\nassign b = a | nowhere %}",
        "{% ifchanged %}{{ a | nowhere }}{% endifchanged %}",
    ],
)
def test_an_unknown_filter_is_found_wherever_it_stands(text: str) -> None:
    with pytest.raises(TemplateError, match="unknown filter 'nowhere'") as caught:
        check_template("page", "/x", f"\n{text}")

    place = caught.value.place
    assert place is not None
    assert place.text[place.column - 1 :].startswith("nowhere")


def test_partials_are_found_with_their_places() -> None:
    text = "{% include 'a' %}\n{% if x %}{% render 'b', c: 1 %}{% endif %}"

    needs = check_template("page", "/x", text)

    assert [(name, place.line) for name, place in needs.partials] == [("a", 1), ("b", 2)]
    assert (needs.is_open, needs.has_content) == (False, False)
    assert check_template("page", "/x", "{% include x %}").is_open
    assert check_template("layout", "l", "{% if x %}{% content %}{% endif %}").has_content
