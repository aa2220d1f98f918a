"""Waiting for what must become true: as long as a busy machine may need, never for a time that somebody guessed.

`PATIENCE` only ends what would never come true. It is no measure of speed: those are in `make bench`.
"""

import asyncio
import time

PATIENCE = 900  # seconds
LOOK = 0.02  # seconds between two looks


def until(true, *, gives_up=lambda: False, patience=PATIENCE):
    """Look until `true()` says something true, and give what it said last; ends at `gives_up()` or after `patience`."""
    ends = time.monotonic() + patience
    while not (found := true()) and not gives_up() and time.monotonic() < ends:
        time.sleep(LOOK)
    return found


async def eventually(true):
    """`until` for those who share the loop of what they wait for."""
    async with asyncio.timeout(PATIENCE):
        while not (found := true()):
            await asyncio.sleep(LOOK)
    return found
