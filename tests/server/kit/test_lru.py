"""What is kept is bounded in entries and in bytes."""

from server.kit.lru import LRU


def test_what_was_used_last_stays() -> None:
    kept: LRU[str] = LRU(most_entries=2, most_bytes=1_000)
    kept.keep("a", "A", 1)
    kept.keep("b", "B", 1)
    kept.find("a")

    kept.keep("c", "C", 1)

    assert (kept.find("a"), kept.find("b"), kept.find("c")) == ("A", None, "C")


def test_bytes_are_bounded_too() -> None:
    kept: LRU[str] = LRU(most_entries=1_000, most_bytes=800)

    for number in range(100):
        kept.keep(number, "x", 100)

    assert (len(kept), kept.size_bytes) == (8, 800)


def test_what_would_push_out_the_rest_is_not_kept() -> None:
    kept: LRU[str] = LRU(most_entries=10, most_bytes=800)

    kept.keep("large", "x", 101)

    assert kept.find("large") is None
    assert kept.size_bytes == 0


def test_the_same_key_again_weighs_once() -> None:
    kept: LRU[str] = LRU(most_entries=10, most_bytes=800)
    kept.keep("a", "A", 50)

    kept.keep("a", "B", 70)

    assert (kept.find("a"), len(kept), kept.size_bytes) == ("B", 1, 70)
