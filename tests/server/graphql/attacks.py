"""Documents and bodies that nobody means well with, in families and sizes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

SIZES = (1_000, 10_000, 60_000)
FEW = (5, 50, 500, 5_000)


@dataclass(frozen=True)
class Attack:
    """One request. Some of them are within the limits and may be answered."""

    name: str
    body: bytes
    is_refused: bool = True


def all_attacks() -> list[Attack]:
    """Make all of them."""
    made = [*_documents(), *_harmless(), *_variables(), *_bodies()]
    return list({attack.body: attack for attack in made}.values())


def _asked(name: str, query: str, *, is_refused: bool = True, **more: object) -> Attack:
    body = json.dumps({"query": query, **more}).encode()
    return Attack(name, body[:260_000] if len(body) > 262_144 else body, is_refused)


def _times(text: str, number: int) -> str:
    return " ".join(text.replace("#", str(i)) for i in range(number))


def _nested(head: str, inner: str, depth: int) -> str:
    return "".join(head.replace("#", str(i)) for i in range(depth)) + inner + "}" * depth


def _documents() -> Iterator[Attack]:
    for n in FEW[1:]:
        yield from _many(n)
        yield from _deep(n)
        yield from _fragments(n)
    for n in SIZES:
        yield from _long(n)
    yield from _introspection()


def _many(n: int) -> Iterator[Attack]:
    """Too much of one thing."""
    yield _asked(f"{n} aliases", "{" + _times("a#:__typename", n) + "}")
    yield _asked(f"{n} aliased types", "{" + _times('a#:__type(name:"Query"){name}', n) + "}")
    yield _asked(f"{n} aliased schemas", "{" + _times("a#:__schema{types{name}}", n) + "}")
    yield _asked(f"{n} skips", "{__typename " + _times("@skip(if:true)", n) + "}")
    yield _asked(f"{n} unknown directives", "{__typename " + _times("@d#", n) + "}")
    yield _asked(f"{n} directives on an operation", "query " + _times("@d#", n) + "{__typename}")
    yield _asked(f"{n} unknown fields", "{" + _times("x#", n) + "}")
    yield _asked(f"{n} near misses", "{" + _times("servicez#", n) + "}")
    yield _asked(f"{n} unknown types", "{" + _times("...on X#{a}", n) + "}")
    yield _asked(f"{n} unknown arguments", "{services(" + _times("a#:1", n) + "){totalCount}}")
    yield _asked(f"{n} like arguments", "{services(" + _times("first:1", n) + "){totalCount}}")
    yield _asked(f"{n} object keys", "{nodes(ids:{" + _times("a#:1", n) + "}){id}}")
    yield _asked(f"{n} like keys", "{nodes(ids:{" + _times("a:1", n) + "}){id}}")
    yield _asked(f"{n} wrong ids", "{nodes(ids:[" + _times("{}", n) + "]){id}}")
    yield _asked(f"{n} unused variables", "query(" + _times("$v#:Int", n) + "){__typename}")
    yield _asked(f"{n} like variables", "query(" + _times("$v:Int", n) + "){__typename}")
    yield _asked(f"{n} unknown kinds", "query(" + _times("$v#:X#", n) + "){__typename}")
    yield _asked(f"{n} undefined variables", "{nodes(ids:[" + _times("$v#", n) + "]){id}}")
    yield _asked(f"{n} operations", _times("query A#{__typename}", n))
    yield _asked(f"{n} operations alike", _times("query A{__typename}", n))
    yield _asked(f"{n} nameless operations", _times("{__typename}", n))
    yield _asked(f"{n} type definitions", _times("type A#{a:Int}", n))
    yield _asked(f"{n} descriptions", _times('"d" type A#{a:Int}', n))
    yield _asked(f"{n} subscriptions", _times("subscription A#{a}", n), operationName="A1")
    yield _asked(f"{n} mutations", "mutation{" + _times("a#:x(input:{}){a}", n) + "}")
    yield _asked(
        f"{n} objects of one name", "{" + _times("services{nodes{id}}", n) + "}", is_refused=n > 5
    )
    yield _asked(f"{n} fields that differ", "{" + _times("a:services(first:#){b}", n) + "}")


def _deep(n: int) -> Iterator[Attack]:
    """Too much in one another."""
    yield _asked(f"{n} deep", _nested("{a ", "", n))
    yield _asked(f"{n} deep, unclosed", "{a " * n)
    yield _asked(f"{n} inline fragments", "{" + _nested("...{", "a", n) + "}")
    yield _asked(f"{n} typed fragments", "{" + _nested("...on Query{", "a", n) + "}")
    yield _asked(f"{n} lists", "{nodes(ids:" + "[" * n + "]" * n + "){id}}")
    yield _asked(f"{n} lists, unclosed", "{nodes(ids:" + "[" * n)
    yield _asked(f"{n} objects", "{nodes(ids:" + "{a:" * n + "1" + "}" * n + "){id}}")
    yield _asked(f"{n} list types", "query($v:" + "[" * n + "Int" + "]" * n + "){a}")
    yield _asked(f"{n} kinds of kinds", "{__schema{types" + _nested("{ofType", "", n) + "}}")
    loop = _nested("{fields{type", "{name}", n).replace("}" * n, "}}" * n)
    yield _asked(f"{n} fields of types", "{__schema{types" + loop + "}}")
    yield _asked(f"{n} interfaces", '{__type(name:"Node")' + _nested("{possibleTypes", "", n) + "}")


def _fragments(n: int) -> Iterator[Attack]:
    """Fragments in circles, in chains, and in fans."""
    ring = " ".join(f"fragment F{i} on Query{{...F{(i + 1) % n}}}" for i in range(n))
    yield _asked(f"a ring of {n}", "{...F0} " + ring)
    chain = " ".join(f"fragment F{i} on Query{{...F{i + 1}}}" for i in range(n))
    yield _asked(f"a chain of {n} to nowhere", "{...F0} " + chain)
    double = " ".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(n))
    yield _asked(f"{n} that double", f"{{...F0}} {double} fragment F{n} on Query{{x}}")
    kinds = " ".join(
        f"fragment F{i} on __Type{{a:ofType{{...F{i + 1}}} b:ofType{{...F{i + 1}}}}}"
        for i in range(n)
    )
    yield _asked(
        f"{n} kinds that double",
        f"{{__schema{{types{{...F0}}}}}} {kinds} fragment F{n} on __Type{{x}}",
    )
    yield _asked(f"{n} unused", "{__typename} " + _times("fragment F# on Query{__typename}", n))
    yield _asked(f"{n} alike", "{...F} " + _times("fragment F on Query{__typename}", n))
    yield _asked(f"{n} unknown", "{" + _times("...F#", n) + "}")
    all_of_all = " ".join(
        f"fragment F{i} on Query{{{' '.join(f'...F{j}' for j in range(i + 1, min(n, i + 9)))} x}}"
        for i in range(min(n, 400))
    )
    yield _asked(f"{n} that hold the next eight", "{...F0} " + all_of_all)
    pairs = "fragment A on Query{" + _times("services{nodes{id}}", n) + "}"
    yield _asked(f"{n} compared with {n}", "{...A ...B}" + pairs + pairs.replace("A on", "B on"))
    yield _asked(f"{n} on themselves", "{...F} fragment F on Query{" + _times("...F", n) + "}")


def _long(n: int) -> Iterator[Attack]:
    """Texts of some length that are no documents."""
    for name, sign in {
        "braces": "{", "closing": "}", "brackets": "[", "parentheses": "(", "quotes": '"',
        "block quotes": '"""', "dots": "...", "dollars": "$", "at signs": "@", "nul": "\0",
        "backslashes": "\\", "bangs": "!", "emoji": "\U0001f600", "marks": "\u202e",
        "bom": "\ufeffx",
        "accents": "e\u0301", "halves": "\ud800", "comments": "#\n", "colons": ":", "minus": "-1.",
        "numbers": "1 ", "floats": "1e9 ", "spreads": "...A ", "strings": '"a" ',
    }.items():  # fmt: skip
        yield _asked(f"{n} {name}", sign * n)
    yield _asked(f"{n} digits", "{nodes(ids:" + "9" * n + "){id}}")
    yield _asked(f"{n} digits in a size", "{services(first:" + "9" * n + "){totalCount}}")
    yield _asked(f"{n} decimals", "{services(first:1." + "9" * n + "){totalCount}}")
    yield _asked(f"an exponent of {n}", "{services(first:1e" + "9" * n + "){totalCount}}")
    yield _asked(f"a name of {n}", "{" + "a" * n + "}")
    yield _asked(f"a string of {n}, unclosed", '{nodes(ids:"' + "a" * n)
    yield _asked(f"a block of {n} lines", '{x(a:"""' + "\n  a" * (n // 3) + '"""){id}}')
    yield _asked(f"a block of {n} indents", '{x(a:"""' + "\n" + " " * n + 'a"""){id}}')
    yield _asked(f"a string of {n} escapes", '{x(a:"' + "\\u0041" * (n // 8) + '"){id}}')
    yield _asked(f"a string of {n} wrong escapes", '{x(a:"' + "\\q" * (n // 2) + '"){id}}')
    yield _asked(f"a type name of {n}", "query($a:" + "A" * n + "){a}")
    yield _asked(f"{n} blanks before an error", " " * n + "{x}")
    yield _asked(f"{n} commas before an error", "," * n + "{x}")
    yield _asked(f"{n} lines before an error", "\r\n" * (n // 2) + "{x}")


def _introspection() -> Iterator[Attack]:
    for depth in range(4, 20):
        loop = "fields{type{" * depth + "name" + "}}" * depth
        yield _asked(f"fields of types, {depth} deep", "{__schema{types{" + loop + "}}}")
        args = "fields{args{type{" * depth + "name" + "}}}" * depth
        yield _asked(f"arguments of types, {depth} deep", "{__schema{types{" + args + "}}}")
        ring = "fragment T on __Type{fields{type{...T}}}"
        yield _asked(
            f"a ring of types, {depth}", "{__schema{types{...T " + "...T " * depth + "}}}" + ring
        )
        steps = " ".join(
            f"fragment T{i} on __Type{{fields{{type{{...T{i + 1}}}}}}}" for i in range(depth)
        )
        last = f" fragment T{depth} on __Type{{name}}"
        yield _asked(f"a chain of types, {depth}", "{__schema{types{...T0}}}" + steps + last)


def _harmless() -> Iterator[Attack]:
    """Much, but within what is allowed: it may be answered, soon."""
    for n in SIZES:
        for name, text in {
            "blanks": " " * n, "commas": "," * n, "lines": "\n" * n, "boms": "\ufeff" * n,
            "tabs": "\t" * n, "a comment": "#" + "c" * n + "\n",
        }.items():  # fmt: skip
            yield _asked(f"{n} of {name}", text + "{__typename}", is_refused=False)
    for n in (100, 1_000, 1_900):
        yield _asked(f"{n} comments", "#\n" * n + "{__typename}", is_refused=False)
    for n in (10, 50, 100):
        yield _asked(f"one name {n} times", "{" + "__typename " * n + "}", is_refused=False)
    for n in (5, 20, 30):
        text = "{" + _times("a#:__schema{queryType{fields{name}}}", n) + "}"
        yield _asked(f"{n} schemas", text, is_refused=False)
    double = " ".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(50))
    yield _asked("50 that double", f"{{...F0}} {double} fragment F50 on Query{{__typename}}",
                 is_refused=False)  # fmt: skip
    kinds = " ".join(
        f"fragment F{i} on __Type{{ofType{{...F{i + 1} ...F{i + 1}}}}}" for i in range(15)
    )
    query = f"{{__schema{{types{{...F0}}}}}} {kinds} fragment F15 on __Type{{name}}"
    yield _asked("15 kinds that double", query, is_refused=False)


def _variables() -> Iterator[Attack]:
    query = "query($ids:[ID!]!){nodes(ids:$ids){id}}"
    size = "query($n:Int){services(first:$n){totalCount}}"
    for n in (101, 1_000, 20_000):
        yield _asked(f"{n} ids", query, variables={"ids": ["x"] * n})
        yield _asked(f"{n} wrong ids in variables", query, variables={"ids": [{}] * n})
        yield _asked(f"{n} nulls", query, variables={"ids": [None] * n})
        yield _asked(f"{n} keys", size, variables={"n": {str(i): i for i in range(n)}})
        yield _asked(f"{n} letters", size, variables={"n": "9" * n})
        extra = {f"x{i}": i for i in range(min(n, 15_000))}
        yield _asked(f"{n} variables too many", query, variables=extra)
    for n in (50, 500, 900, 5_000, 100_000):
        deep = '{"query": %s, "variables": {"ids": %s}}'
        body = deep % (json.dumps(query), "[" * n + "]" * n)
        yield Attack(f"lists in lists, {n}", body.encode())
        body = deep % (json.dumps(query), '{"a":' * min(n, 20_000) + "1" + "}" * min(n, 20_000))
        yield Attack(f"objects in objects, {n}", body.encode())
        same = '{"query": "{__typename}", "variables": {"a": %s}}' % ("[" * n + "]" * n)
        yield Attack(f"lists for nobody, {n}", same.encode(), is_refused=False)


def _bodies() -> Iterator[Attack]:
    one = {"query": "{__typename}"}
    for n in FEW:
        yield Attack(f"a batch of {n}", json.dumps([one] * n).encode())
        yield Attack(f"{n} lists", b"[" * n)
        yield Attack(f"{n} objects", b'{"a":' * n)
        yield Attack(f"{n} keys of one name", b'{"query":1' + b',"query":[]' * n + b"}")
        yield Attack(f"an operation name of {n}", json.dumps(
            {"query": "query A{__typename}", "operationName": "a" * n}).encode())  # fmt: skip
        more: dict[str, object] = {"extensions": {f"e{i}": {} for i in range(n)}}
        yield Attack(f"{n} extensions", json.dumps({**one, **more}).encode(), is_refused=False)
        yield Attack(f"{n} digits of JSON", b'{"query":' + b"9" * n + b"}")
    yield Attack("a byte order mark", b'\xef\xbb\xbf{"query":"{__typename}"}', is_refused=False)
    yield Attack("UTF-16", '{"query":"{__typename}"}'.encode("utf-16"), is_refused=False)
    yield Attack("half a character", b'{"query":"{__typename}\xc3"}')
    yield Attack("nothing", b"")
    yield Attack("not a number", b'{"query":"{__typename}","variables":{"a":NaN}}')
