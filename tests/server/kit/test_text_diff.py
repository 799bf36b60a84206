"""Differences of texts, by line and by word, and two changes of one text put together."""

from hypothesis import given
from hypothesis import strategies as st

from server.kit.text_diff import difference_of, merged
from tests.kit.steps import steps_of

LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8).map("\n".join)


def test_a_changed_word_is_marked_within_its_line() -> None:
    found = difference_of("<h1>Hello John</h1>", "<h1>Hello Ann</h1>")

    (line,) = found.lines
    assert line.kind == "changed"
    assert [part.text for part in line.old if part.is_marked] == ["John"]
    assert [part.text for part in line.new if part.is_marked] == ["Ann"]


def test_what_is_far_from_a_change_is_folded() -> None:
    text = "\n".join(str(number) for number in range(100))

    found = difference_of(text, text.replace("50", "fifty"))

    kinds = [line.kind for line in found.lines]
    assert kinds == ["fold", *["same"] * 3, "changed", *["same"] * 3, "fold"]
    assert (found.added, found.removed) == (1, 1)
    assert found.lines[0].folded == 47


def test_line_ends_are_no_difference() -> None:
    assert difference_of("a\r\nb", "a\nb").is_none


@given(LINES, LINES)
def test_both_sides_can_be_read_from_a_difference(old: str, new: str) -> None:
    lines = difference_of(old, new).lines

    before = [line for line in lines if line.old_number or line.kind == "fold"]
    after = [line for line in lines if line.new_number or line.kind == "fold"]
    assert sum(line.folded or 1 for line in before) == len(old.split("\n"))
    assert sum(line.folded or 1 for line in after) == len(new.split("\n"))


def test_changes_of_different_lines_are_both_kept() -> None:
    base = "one\ntwo\nthree\nfour"

    text, clashes = merged(base, "ONE\ntwo\nthree\nfour", "one\ntwo\nthree\nfour\nfive")

    assert text == "ONE\ntwo\nthree\nfour\nfive"
    assert clashes == 0


def test_two_changes_of_one_line_stand_one_below_the_other() -> None:
    text, clashes = merged("a\nx\nb", "a\nmine\nb", "a\ntheirs\nb")

    assert text == "a\ntheirs\nmine\nb"
    assert clashes == 1


@given(LINES, LINES)
def test_a_change_of_one_side_alone_is_that_side(base: str, changed: str) -> None:
    assert merged(base, changed, base) == (changed, 0)
    assert merged(base, base, changed) == (changed, 0)
    assert merged(base, changed, changed) == (changed, 0)


def test_texts_that_have_nothing_in_common_cost_as_much_as_they_are_long() -> None:
    def steps(lines: int) -> int:
        old = "\n".join(f"{number} old" for number in range(lines))
        new = "\n".join(f"{number} new" for number in range(lines))
        return steps_of(lambda: difference_of(old, new))

    assert steps(15_000) < 11 * steps(1_500)
