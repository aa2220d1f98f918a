"""How many wrong codes may be typed, and how many people may come through one door, before we ask to wait.

A room of forty behind one address, each with three typos, spends 120 of the 200 that a network has. Somebody who
guesses with all that there is, 3,000 in ten minutes, has one chance in 3,000 of hitting one of a hundred open runs.
"""

from django.core.cache import cache

WINDOW = 600
NETWORK, OVERALL = 200, 3000
DOOR_WINDOW, DOOR = 60, 90


def may_guess(network: str) -> bool:
    """Whether this network, and everybody together, still has tries. A right code counts no try, but needs one left."""
    spent = cache.get_many([_network(network), "taller:todas"])
    return spent.get(_network(network), 0) < NETWORK and spent.get("taller:todas", 0) < OVERALL


def missed(network: str):
    """A wrong code was typed."""
    _count(_network(network), WINDOW)
    _count("taller:todas", WINDOW)


def may_enter(run_pk: int) -> bool:
    """Whether one more person may come in now: a hall does not fill faster than `DOOR` a minute."""
    return _count(f"taller:puerta:{run_pk}", DOOR_WINDOW) <= DOOR


def _network(network):
    return f"taller:red:{network}"


def _count(key, seconds):
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, seconds)
        return 1
