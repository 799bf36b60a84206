"""Turns are taken in the order in which they were asked for, and nobody waits for ever."""

import threading
import time
from itertools import count

from server.kit.turns import Turns


def test_who_came_first_goes_first_and_nobody_beside_another() -> None:
    turns, order, inside, numbers = Turns(30), list[int](), list[int](), count()
    threads = []

    def work(number: int) -> None:
        for _ in range(2):
            with turns.turn():
                inside.append(number)
                assert inside == [number]
                order.append(number)
                time.sleep(0.002)
                inside.remove(number)

    with turns.turn():
        for number in range(5):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            threads.append(thread)
            while len(turns._waiting) <= number:
                next(numbers)
    for thread in threads:
        thread.join()

    assert order == [*range(5)] * 2


def test_who_waited_too_long_goes_on_without_a_turn_and_takes_none_from_others() -> None:
    turns = Turns(0.01)

    with turns.turn():
        began = time.monotonic()
        with turns.turn():
            assert time.monotonic() - began >= 0.01
        assert not turns._waiting
        assert turns._is_taken

    assert not turns._is_taken
