"""Who waits for a turn: everybody in a line of their own, and the lines are served in turn."""

from __future__ import annotations

import asyncio

from audit.serving.turns import Turns
from tests.serving.visiting import ran


def served(lines: dict[str, int], at_once: int) -> list[str]:
    """The order in which those who came in the order of `lines`, each with so many, have their turns."""

    async def run() -> list[str]:
        turns, order = Turns(at_once), []

        async def one(whose: str) -> None:
            async with turns.turn(whose):
                order.append(whose)
                await asyncio.sleep(0)

        await asyncio.gather(*(one(whose) for whose, count in lines.items() for _ in range(count)))
        return order

    return ran(run())


def test_one_with_much_does_not_hold_up_another() -> None:
    assert served({"much": 20, "little": 1}, at_once=1).index("little") <= 2


def test_lines_are_served_in_turn() -> None:
    order = served({"a": 4, "b": 4}, at_once=1)
    assert order == ["a", "a", "b", "a", "b", "a", "b", "b"]


def test_no_more_than_so_many_at_once_and_everybody_once() -> None:
    async def run() -> tuple[int, int]:
        turns, most, now, done = Turns(2), 0, 0, 0

        async def one(number: int) -> None:
            nonlocal most, now, done
            async with turns.turn(str(number % 3)):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.001)
                now -= 1
                done += 1

        await asyncio.gather(*(one(number) for number in range(12)))
        return most, done

    assert ran(run()) == (2, 12)


def test_one_who_leaves_the_line_takes_no_turn() -> None:
    async def run() -> list[str]:
        turns, order = Turns(1), []

        async def one(whose: str) -> None:
            async with turns.turn(whose):
                order.append(whose)
                await asyncio.sleep(0.01)

        first = asyncio.create_task(one("a"))
        await asyncio.sleep(0)
        gone, last = asyncio.create_task(one("b")), asyncio.create_task(one("c"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(first, last, gone, return_exceptions=True)
        async with turns.turn("d"):
            order.append("d")
        return order

    assert ran(run()) == ["a", "c", "d"]
