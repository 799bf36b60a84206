"""YAML in and out: what is refused, where, and that texts come back as they were."""

import random
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from server.as_code.documents import Doc, Line, parse, written
from server.as_code.entries import BadFolder

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def plain(doc: Doc) -> Any:
    """Take a document apart."""
    if isinstance(doc.value, dict):
        return {name: plain(below) for name, below in doc.value.items()}
    return [plain(below) for below in doc.value] if isinstance(doc.value, list) else doc.value


def test_plain_scalars_mean_one_thing() -> None:
    text = "{a: true, b: no, c: 1.10, d: 12, e: 012, f: 2026-01-01, g: ~, h: '5', i: }"

    assert plain(parse("x.yaml", text)) == {
        "a": True,
        "b": "no",
        "c": "1.10",
        "d": 12,
        "e": "012",
        "f": "2026-01-01",
        "g": None,
        "h": "5",
        "i": None,
    }


def test_values_know_where_they_stand() -> None:
    doc = parse("x.yaml", "plans:\n- name: a\n- name: b\n")

    assert doc.value["plans"].value[1].value["name"].where == "x.yaml:3: plans[1].name"


@pytest.mark.parametrize("text", ["", "---\n", "# only a comment\n", "~"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    assert plain(parse("x.yaml", text)) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1", "x.yaml:1: a: must not use anchors"),
        ("a: &x 1\nb: *x", "must not use anchors"),
        ("a: [&x [], *x]", "must not use anchors"),
        ("a: !!python/object:os.system x", "must not have a type tag"),
        ("a: ! x", "must not have a type tag"),
        ("a: 1\n\na: 2", "x.yaml:3: has 'a' twice"),
        ("1: 2", "must have text as names"),
        ("[a]: 2", "must have text as names"),
        ("a: 1\n---\nb: 2", "must hold one document"),
        ("a: [", "x.yaml:1: is not YAML"),
        ("a:\n  b: 1\n c: 2", "x.yaml:3: is not YAML"),
        ("a: \x07", "is not YAML"),
        ('a: "\\UFFFFFFFF"', "is not YAML"),
        ('a: "\\ud800"', "must be valid Unicode text"),
        ('a: "\\0"', "must be valid Unicode text"),
        ("a: " + "[" * 13 + "]" * 13, "is nested deeper than 12 levels"),
        ("[" * 2000, "x.yaml"),
        ("%YAML 9.9\n--- a", "is not YAML"),
    ],
)
def test_what_could_mean_two_things_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadFolder, match=r"x\.yaml") as refused:
        parse("x.yaml", text)

    assert message in str(refused.value)


@given(TEXTS.filter(lambda text: "\x00" not in text), st.integers(-(10**17), 10**17))
def test_texts_and_numbers_come_back_as_they_were(text: str, number: int) -> None:
    content = {"a": text, "b": [text, number, True], "c": [Line({"d": text, "e": number})]}

    assert plain(parse("x.yaml", written(content))) == content


def test_files_are_written_to_be_read() -> None:
    content = {
        "fee": Decimal("9.90"),
        "text": "two\nlines\n",
        "rules": [Line(metric="hits", pattern="/a/{b}", last=True)],
    }

    assert written(content) == (
        "fee: 9.90\ntext: |\n  two\n  lines\n"
        "rules:\n- {metric: hits, pattern: '/a/{b}', last: true}\n"
    )


PIECES = (
    ["a", "no", "1", "~", "é", " ", "  ", "\n", "\n  ", "\t", "\r", "\x85", "\ufeff", "?", "? "]
    + [": ", ":", "- ", "-", "{", "}", "[", "]", ", ", "'", '"', "|", ">", "#", " #", "!", "&", "*"]
    + ["%", "@", "`", "\\n", "---\n", "...\n", "<<"]
)
WRITTEN = (
    "a: b\nc:\n- d: e\n  f: 'x'\n- g\n",
    "limits:\n- {metric: hits, period: day, value: 5}\ntext: |\n  line\n  more\n",
    'a: "q\\n"\nb: >\n  fold\n  ed\n\n  x\n',
)


def told(file: str, text: str) -> object:
    """Read a text; tell its values and where they stand, or that it is refused."""

    def each(doc: Doc) -> object:
        if isinstance(doc.value, dict):
            return [doc.where, *((name, each(below)) for name, below in doc.value.items())]
        return [doc.where, *map(each, doc.value)] if isinstance(doc.value, list) else doc

    try:
        return each(parse(file, text))
    except BadFolder as error:
        return str(error)


def test_both_readers_of_yaml_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(8)
    texts = []
    for _ in range(1500):
        text = draw.choice(WRITTEN)
        for _ in range(draw.randrange(1, 4)):
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(PIECES) + text[at + draw.randrange(2) :]
        texts.append(text)

    quick = [told("x.yaml", text) for text in texts]
    monkeypatch.setattr("server.as_code.documents.QUICK", yaml.SafeLoader)
    slow = [told("x.yaml", text) for text in texts]

    assert quick == slow
