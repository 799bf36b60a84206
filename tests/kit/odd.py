"""Odd values for every attribute of what stands before a service; the same ones in each run."""

import json
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

SEED = 16
PIECES = (
    *(
        "",
        " ",
        "a",
        "x.y",
        "/",
        "//",
        "\\",
        ":",
        ";",
        "@",
        "#",
        "?",
        "&",
        "=",
        "%",
        "%41",
        "%zz",
        "%00",
    ),
    *(
        "..",
        "$",
        "{a}",
        "{",
        "}",
        "<b>",
        '"',
        "'",
        "`",
        "|",
        "^",
        "*",
        "+",
        ",",
        "[",
        "]",
        "~",
        "!",
    ),
    *(
        "\x00",
        "\t",
        "\r\n",
        "\n",
        "\x1f",
        "\x7f",
        "\x85",
        "\xa0",
        "\u00e9",
        "\u0661",
        "\u2028",
        "\ufeff",
    ),
    *("\u00b2", "\U0001f600", "\ud800", "\uff10", "\u0130", "-", "_", "0", "9" * 30, "A" * 300),
)
HOSTS = (
    *(
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.1",
    ),
    *(
        "127.0.0.1.",
        "256.1.1.1",
        "1.2.3.4.5",
        "0",
        "[::1]",
        "[::1",
        "::1",
        "[::1%25lo]",
        "[::1%lo]",
    ),
    *(
        "[v1.x]",
        "[]",
        "[::ffff:127.0.0.1]",
        "a..invalid",
        ".invalid",
        "invalid.",
        ".",
        "..",
        "a_b.invalid",
    ),
    *("-a.invalid", "a-.invalid", "*.invalid", "%6cocalhost", "a%2fb", "a%00b", "%", "a b", "a\tb"),
    *("\u00e9.invalid", "xn--9ca.invalid", "xn--", "xn--a.invalid", "\uff41.invalid", "\u3002"),
    *("a" * 63 + ".invalid", "a" * 64 + ".invalid", ".".join(["a" * 60] * 5), "a,b", "a;b", "a{b}"),
    *("a'b", 'a"b', "a`b", "a$b", "a(b)", "a!b", "a+b", "a=b", "a~b", "a<b", "a^b", "a|b", "", " "),
)
PORTS = ("", ":", ":1", ":0", ":00001", ":65535", ":65536", ":-1", ":x", ":\u0661", ": 1", ":1:1")
SCHEMES: tuple[str, ...] = (
    "http://",
    "HTTP://",
    "hTtPs://",
    "ws://",
    "wss://",
    "http:",
    "http:/",
    "http:///",
    "//",
)
SCHEMES += ("ftp://", "file:///", "javascript:", "http:\\\\", " http://", "http ://", "")
USERS = ("", "u@", "u:p@", "@", ":@", "u%40@")
TAILS = (
    *(
        "",
        "/",
        "/a",
        "/a/",
        "//",
        "/a//b",
        "/./a",
        "/a/..",
        "/../..",
        "/%2e%2e/x",
        "/..;/x",
        "/;a=b",
    ),
    *(
        "/a;x",
        "/%zz",
        "/%",
        "/%00",
        "/\\a",
        "\\a",
        "/a b",
        "/\u00e9",
        "/{x}",
        "/|",
        "/^`",
        '/"',
        "/<>",
    ),
    *(
        "?",
        "?a=1",
        "?a=1&a=2",
        "?a b",
        "?\u00e9",
        "?a|b^`'",
        "?%zz",
        "?#",
        "#",
        "#f",
        "/a#f",
        "?a=#f",
    ),
    *(
        "/a\r\nX: y",
        "/a\x00",
        "/a\t",
        "?a\n",
        "/" + "a" * 2000,
        "?" + "a" * 2100,
        "/:80",
        "/@x",
        "/a@b",
    ),
)


def odd_urls(count: int) -> list[str]:
    """Make URLs of which many are none: each piece once by itself, then by chance."""
    chance = Random(SEED)
    urls = [f"http://{host}:1" for host in HOSTS] + [f"http://localhost{port}" for port in PORTS]
    urls += [f"{scheme}localhost:1" for scheme in SCHEMES]
    urls += [f"http://{user}localhost:1" for user in USERS]
    urls += [f"http://localhost:1{tail}" for tail in TAILS]
    urls += [f"http://loc{piece}alhost:1/{piece}?{piece}" for piece in PIECES]
    urls += [f"http://localhost:1/{a}{b}" for a, b in product(PIECES[:40:3], PIECES[1:40:4])]
    while len(urls) < count:
        parts = [chance.choice(each) for each in (SCHEMES[:5], USERS[:2], HOSTS, PORTS[:5], TAILS)]
        urls.append("".join(parts))
    return urls


def odd_texts(count: int, *seeds: str) -> list[str]:
    """Make texts: the seeds, with each piece within, before and behind them, then by chance."""
    chance = Random(SEED)
    texts = [*seeds, *PIECES]
    for seed in seeds:
        middle = len(seed) // 2
        for piece in PIECES:
            texts += [piece + seed, seed + piece, seed[:middle] + piece + seed[middle:]]
    while len(texts) < count:
        start = chance.choice(seeds)[: chance.randint(0, 20)]
        texts.append(start + "".join(chance.choices(PIECES, k=chance.randint(1, 6))))
    return texts


def odd_values(schema: Any, chance: Random) -> Any:
    """Make a value of a JSON Schema that is nearly always of the right type."""
    if chance.random() < 0.03:
        return chance.choice([None, True, -1, 1e300, 10**30, "", [], {}, "\ud800", [[]]])
    if "enum" in schema:
        return chance.choice(schema["enum"])
    match schema.get("type"):
        case "object":
            named = schema.get("properties", {})
            needed = schema.get("required", ())
            return {
                name: odd_values(each, chance)
                for name, each in named.items()
                if name in needed or chance.random() < 0.7
            }
        case "array":
            return [odd_values(schema["items"], chance) for _ in range(chance.randint(0, 3))]
        case "integer":
            return chance.choice([0, 1, -1, 600, 86_400, 86_401, 2**63])
        case "boolean":
            return chance.random() < 0.5
    return "".join(chance.choices([*PIECES, *LIKELY], k=chance.randint(0, 3)))


LIKELY = (
    *(
        "https://a.test",
        "http://[",
        "null",
        "*",
        ".*",
        "a{3}",
        "a{99999999999999999999}",
        "(?i)a",
        "(a|b)",
    ),
    *(
        "[a",
        "(?P<a>x)",
        "\\d+",
        "\\",
        "X-Mine",
        "Host",
        "Content-Length",
        "transfer_encoding",
        "TE",
    ),
    *(
        "GET",
        "10.0.0.0/8",
        "::1",
        "1.2.3.4",
        "fe80::1%lo",
        "300.1.1.1",
        "01.2.3.4",
        "{{ x }}",
        "a\u00e9",
    ),
)


def odd_chains(schemas: dict[str, Any], count: int) -> Iterator[Any]:
    """Make policy chains whose configurations nearly fit their schemas; also as JSON text."""
    chance = Random(SEED)
    for number in range(count):
        names = chance.choices([*schemas], k=chance.randint(1, 3))
        chain = [
            {"name": name, "configuration": odd_values(schemas[name], chance)} for name in names
        ]
        if chance.random() < 0.9:
            chain = [each for each in chain if each["name"] != "apicast"]
            chain.insert(chance.randint(0, len(chain)), {"name": "apicast", "configuration": {}})
        yield json.dumps(chain) if number % 5 == 0 else chain
