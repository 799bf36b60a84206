"""Templates and Markdown that cost as much as their author could make them cost."""

from collections.abc import Mapping
from itertools import product

BIG = "{% assign a = 'SEED' %}" + "{% assign a = a | append: a %}" * 14  # 16,384 × the seed
LIST = "{% assign l = a | split: 'x' %}"
SEEDS = (
    "<b><p>",
    "a x",
    " \t ",
    "&amp;",
    "[](",
    "%zz",
    "\\\\\\\\",
    "x",
    "İ",
    "{}|`~",
    "1e",
    "<!--",
)
CHAINED = (
    "capitalize", "downcase", "escape", "escape_once", "newline_to_br", "squish", "strip",
    "strip_html", "strip_newlines", "truncatewords: 99999", "upcase", "url_decode", "url_encode",
    "base64_encode", "replace: 'x', 'y'", "remove: 'y'",
)  # fmt: skip
ON_LISTS = (
    "uniq", "sort", "sort_natural", "reverse", "compact", "map: 'a'", "where: 'a', 'b'",
    "concat: l",    "join: 'x' | split: 'x'", "sum", "reject: 'a'", "find: 'a', 'b'",
)  # fmt: skip
NUMBERS = (
    "'1e100000000'", "'-1e100000000'", "'1e-100000000'", "'NaN'", "'sNaN'", "'Infinity'", "1e308",
    "99999999999999999999999999999999", "'" + "9" * 4_000 + "'", "'" + "9" * 200_000 + "'",
)  # fmt: skip
ON_NUMBERS = (
    "money", "money: 'JPY'", "delimit", "pluralize: 'a'", "round: 99999999", "times: 1e308",
    "divided_by: '1e-100000000'", "modulo: '1e-300'", "ceil", "date: '%Y'",
)  # fmt: skip


def big(seed: str, rest: str) -> str:
    """Make a long text of a seed in the variable `a`, then go on."""
    return BIG.replace("SEED", seed) + rest


def _chains() -> Mapping[str, str]:
    chains = {
        f"{name} of {seed!r} 200 times": big(seed, "{{ a" + f" | {name}" * 200 + " | size }}")
        for name, seed in product(CHAINED, SEEDS[:4])
    }
    strings = "{% assign a = 'ab cd ef x' %}" + "{% assign a = a | append: a %}" * 10
    return chains | {
        f"{name} of a list 200 times": strings + LIST + "{{ l" + f" | {name}" * 200 + " | size }}"
        for name in ON_LISTS
    }


def _numbers() -> Mapping[str, str]:
    return {
        f"{value[:20]} | {name}": f"{{{{ {value} | {name} }}}}"
        for name, value in product(ON_NUMBERS, NUMBERS)
    }


def _blocks() -> Mapping[str, str]:
    openings = {
        "if": "{% if a %}", "unless": "{% unless a %}", "for": "{% for i in (1..9) %}",
        "case": "{% case a %}{% when 1 %}", "capture": "{% capture a %}{{ a }}{{ a }}",
        "ifchanged": "{% ifchanged %}", "content_for": "{% content_for a %}",
        "email": "{% email %}", "form": "{% form 'login' %}",
    }  # fmt: skip
    deep = {
        f"{number} nested {name}": opening * number + f"{{% end{name} %}}" * number
        for name, opening in openings.items()
        for number in (40, 5_000)
    }
    unclosed = {f"unclosed {name}": opening * 5_000 for name, opening in openings.items()}
    return deep | unclosed


PARSED = {
    "a path of 100,000 parts": "{{ a" + ".b" * 100_000 + " }}",
    "a path of 60,000 brackets": "{{ a" + "[a" * 60_000 + "]" * 60_000 + " }}",
    "20,000 filters": "{{ a" + " | upcase" * 20_000 + " }}",
    "40,000 arguments": "{{ a | append: " + "a, " * 40_000 + "a }}",
    "20,000 or": "{% if a" + " or b" * 20_000 + " %}{% endif %}",
    "20,000 and": "{% if a" + " and b == 1" * 20_000 + " %}{% endif %}",
    "50,000 brackets": "{% if " + "(" * 50_000 + "a" + ")" * 50_000 + " %}{% endif %}",
    "a text of 250,000 characters": "{{ '" + "a" * 250_000 + "' }}",
    "an open text": "{{ '" + "a" * 250_000 + " }}",
    "quotes": "{{ " + "'\"" * 100_000 + " }}",
    "a number of 250,000 figures": "{{ " + "9" * 250_000 + " }}",
    "an exponent": "{{ 1e100000000 }}",
    "an exponent of exponents": "{{ " + "1e9" * 60_000 + " }}",
    "dots": "{{ a" + "." * 200_000 + " }}",
    "ranges": "{{ (1..(1..(1..9))) }}" * 5_000,
    "minus signs": "{{ " + "-" * 200_000 + "1 }}",
    "30,000 outputs": "{{ a }}" * 30_000,
    "12,000 assigns": "{% assign b = a %}" * 12_000,
    "open outputs": "{{" * 100_000,
    "open tags": "{%" * 100_000,
    "closed only": "}}%}" * 60_000,
    "braces": "{ " * 120_000,
    "comments": "{% comment %}" * 15_000,
    "raws": "{% raw %}" * 20_000,
    "raws, closed once": "{% raw %}" * 20_000 + "{% endraw %}",
    "comments, closed once": "{% comment %}" * 15_000 + "{% endcomment %}",
    "docs": "{% doc %}" * 20_000,
    "inline comments": "{% # " + "#\n" * 100_000 + " %}",
    "liquid lines": "{% liquid\n" + "assign a = 1\n" * 18_000 + "%}",
    "liquid blocks": "{% liquid\n" + "if a\n" * 40_000 + "%}",
    "liquid in liquid": "{% liquid\n" + "liquid " * 30_000 + "%}",
    "echoes": "{% echo a %}" * 20_000,
    "cycles": "{% cycle " + "'a'," * 60_000 + "'a' %}",
    "whens": "{% case a %}" + "{% when 1, 2, 3 %}x" * 12_000 + "{% endcase %}",
    "elsifs": "{% if a %}" + "{% elsif b %}" * 18_000 + "{% endif %}",
    "blanks": "{{ a" + " " * 199 + "}}" * 1_000,
    "newlines": "{%" + "\n" * 199 + "if a" + "\n" * 199 + "%}{% endif %}" * 500,
    "whitespace control": "{{- a -}} " * 24_000,
    "unknown tags": "{% nowhere %}" * 18_000,
    "endless includes": "{% include 'again' %}{% include 'again' %}",
}
RENDERED = {
    "nested loops": "{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}",
    "empty loops": "{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}",
    "a huge range": "{% for a in (1..99999999999999999999) %}x{% endfor %}",
    "a long join": "{{ (1..3000000) | join: 'x' }}",
    "a list of itself": "{% assign l = 'a x a' | split: 'x' %}"
    + "{% assign l = l | concat: l %}" * 30,
    "captures": "{% capture a %}aaaaaaaaaa{% endcapture %}"
    + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 60,
    "replaced": big("x", "{% assign a = a | replace: 'x', a %}" * 20),
    "big integers": "{% assign a = 99999999 %}" + "{% assign a = a | times: a %}" * 40,
    "keys": big("a x", LIST + "{{ l | map: l | size }}"),
    "stored for the layout": big("x", "{% content_for b %}{{ a }}{% endcontent_for %}" * 500),
    "filters in loops": big(
        "<b>", "{% for i in (1..9999) %}{% assign b = a | strip_html | squish %}{% endfor %}"
    ),
    "comparisons": big(
        "x", "{% for i in (1..9999) %}{% if a contains 'xxxxxxxy' %}{% endif %}{% endfor %}"
    ),
    "many values": big("x", "".join(f"{{% assign a{n} = a %}}" for n in range(400))),
    "much output": big("x", "{{ a }}" * 400),
}  # fmt: skip
LIQUID: Mapping[str, str] = {**_chains(), **_numbers(), **_blocks(), **PARSED, **RENDERED}

_REPEATED = (
    "[", "<![CDATA[", "[a](<", "[a](", "![", "<!--", "<?", "<a ", "&", "*a ", "**a ", "_a_ *", "`",
    "``a", "> ", "* ", "1. ", "    ", "\n> ", "- \n  ", "|a", "|-", "[a]: <b> '", "[a][", "](",
    "\\",
    "<div>", "<b>", "\n```", "~~~\n", "# {", "{: a=", "*_", "![[", "<http://", "a@", "[^", "\t",
)  # fmt: skip
MARKDOWN: Mapping[str, str] = {
    f"{part!r} {number} times": part * number
    for part in _REPEATED
    for number in (3_000, 180_000 // len(part))
} | {
    "nested lists": "".join(f"{'  ' * (n % 400)}* a\n" for n in range(900)),
    "nested quotes": "\n".join(">" * (n % 300) + " a" for n in range(900)),
    "a wide table": "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + ("|b" * 3_000 + "\n") * 20,
    "10,000 headings": "# a\n" * 10_000,
    "references": "".join(f"[a{n}]: /b\n" for n in range(9_000)) + "[a1][a2]" * 5_000,
}
"""Texts of Markdown pages."""
