"""Counting: ranks that are shared, ties that somebody must settle, and who gets a place. Pure.

Candidates are named by their position in the frozen list, and `votes` are their counts in that order.
"""

from collections.abc import Mapping, Sequence

Breaks = Mapping[int, Sequence[int]]  # shared rank: its candidates in the order agreed


def ranks(votes: Sequence[int]) -> list[int]:
    """The rank of each candidate; equal votes share it and the next one is skipped (1, 1, 3)."""
    return [1 + sum(other > own for other in votes) for own in votes]


def ties(votes: Sequence[int]) -> dict[int, list[int]]:
    """The candidates of every rank that is shared, best rank first."""
    found = {}
    for position, rank in enumerate(ranks(votes)):
        found.setdefault(rank, []).append(position)
    return {rank: found[rank] for rank in sorted(found) if len(found[rank]) > 1}


def settles(order: Sequence[int], tied: Sequence[int]) -> bool:
    """Whether `order` puts exactly the candidates of a tie in an order."""
    return sorted(order) == sorted(tied)


def order(votes: Sequence[int], breaks: Breaks) -> list[int]:
    """All candidates, best first: by votes, then as the ties were settled, then as they stood on the list."""
    shared, rank = ties(votes), ranks(votes)

    def place(position):
        settled = breaks.get(rank[position], ())
        agreed = rank[position] in shared and settles(settled, shared[rank[position]])
        return rank[position], settled.index(position) if agreed else position

    return sorted(range(len(votes)), key=place)


def worked(votes: Sequence[int], places: int) -> int:
    """How many candidates get a place: all where there are no more than places, else those with a vote (K-29)."""
    if len(votes) <= places:
        return len(votes)
    return min(places, sum(count > 0 for count in votes))


def to_settle(votes: Sequence[int], places: int, breaks: Breaks) -> dict[int, list[int]]:
    """The ties that touch a place to be given and that nobody has settled yet."""
    last = worked(votes, places)
    return {
        rank: tied for rank, tied in ties(votes).items() if rank <= last and not settles(breaks.get(rank, ()), tied)
    }


def added(counts: Sequence[int], choices: Sequence[int]) -> list[int]:
    """`counts` with one more vote for each of `choices`."""
    return [count + (position in choices) for position, count in enumerate(counts)]


def wrong_with(choices: Sequence[int], candidates: int, votes_each: int) -> str:
    """Why `choices` are no ballot, in words; "" when they are one."""
    if not choices:
        return "Elige al menos una estrategia."
    if any(choice not in range(candidates) for choice in choices):
        return "Una de las estrategias no está en esta votación: recarga la página y elige de la lista."
    if len(set(choices)) < len(choices):
        return "Cada voto va a una estrategia distinta: no se juntan en una sola."
    if len(choices) > votes_each:
        return f"Elegiste {len(choices)} y cada persona tiene {votes_each}: quita {len(choices) - votes_each}."
    return ""


def wrong_with_papers(counts: Sequence[int], people: int, votes_each: int) -> str:
    """Why `people` paper ballots cannot have given these votes, in words; "" when they can."""
    if max(counts, default=0) > people:
        return f"Una estrategia tiene más votos que papeletas: son {people} y nadie vota dos veces por la misma."
    if sum(counts) > people * votes_each:
        return f"Suman {sum(counts)} votos y con {people} papeletas de {votes_each} caben {people * votes_each}."
    if sum(counts) < people:
        return f"Suman {sum(counts)} votos y son {people} papeletas: cada una lleva al menos uno."
    return ""
