"""A provider's rules: nothing of other hosts is loaded, and what is opened is closed."""

import pytest

from server.domain.errors import Invalid
from server.domain.portal.style_sheets import clean_css

FOREIGN = {
    "an import": "@import 'x.css';",
    "an import in disguise": r"@\69mport 'x.css';",
    "a picture": "a { background: url(https://evil.example/a.png) }",
    "a picture in quotes": "a { background: url( 'http://evil.example/a.png') }",
    "an address without a scheme": "a { background: url(//evil.example/a) }",
    "an escaped url": r"a { background: \75rl(https://evil.example/a) }",
    "an escaped scheme": r"a { background: url(h\74tps://evil.example/a) }",
    "an image set": 'a { background: image-set("https://evil.example/a.png" 1x) }',
    "a font": "@font-face { src: url(https://evil.example/f.woff2) }",
    "a script": "a { background: url(javascript:alert(1)) }",
    "a page": "a { background: url(data:text/html,x) }",
    "an expression": "a { width: expression(alert(1)) }",
    "a closed style": "a {} </style><script>",
    "a comment within": "a { background: u/**/rl(https://evil.example) } b { c: '//evil.example' }",
}


@pytest.mark.parametrize("css", FOREIGN.values(), ids=FOREIGN)
def test_what_loads_from_elsewhere_is_refused(css: str) -> None:
    with pytest.raises(Invalid, match="has in line 2 ") as told:
        clean_css(f"h1 {{ top: 0; }}\n{css}", "css")

    assert told.value.field == "css"


@pytest.mark.parametrize(
    "css",
    [
        "h1 { color: var(--accent); }",
        "a { background: url(/images/a.png) }",
        "a { background: url('data:image/png;base64,AAAA') }",
        "/* see https://example.com */ h1 { content: '{' }",
        "@media (min-width: 40rem) { h1 { margin: 0 } }",
        "h1::before { content: '\\2713' }",
        "",
    ],
)
def test_other_rules_stay_as_they_are(css: str) -> None:
    assert clean_css(css, "css") == css


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("a {\n b {}\n", "line 1 a { that is never closed"),
        ("a {}\n}", "line 2 a } that closes nothing"),
        ("a {}\n/* open", "line 2 a comment that is never closed"),
    ],
)
def test_what_is_not_closed_is_told_with_its_line(css: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        clean_css(css, "css")
