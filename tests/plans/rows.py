"""Rounds of voting for tests."""

from django.urls import reverse
from django_scopes import scope

from plans.ballots import services
from tests import factories as make


def address(org, name, *args):
    return reverse(name, args=[org.slug, *args])


def candidates(org, count=5, *, cross=True, **facts):
    """Strategies that could be voted, the cross-cutting ones with a second line."""
    first, second = make.make_line(org), make.make_line(org)
    found = [make.make_strategy(org, first, f"Candidata {'abcdefghij'[n]}", **facts) for n in range(count)]
    with scope(organization=org):
        for strategy in found if cross else ():
            make._make(strategy.also_serves.model, org, strategy=strategy, line=second)
    return found


def open_round(org, by, count=5, **facts):
    candidates(org, count)
    with scope(organization=org):
        return services.open_round(organization=org, by=by, **facts)


def cast(row, ballots):
    """One ballot after the other, each by somebody else."""
    for number, choices in enumerate(ballots):
        services.cast_ballot(round=row, voter_key=f"persona-{9000 + number}", choices=choices)


def closed_round(org, by, ballots, count=5, **facts):
    row = open_round(org, by, count, **facts)
    with scope(organization=org):
        cast(row, ballots)
        return services.close_round(round=row, by=by, is_sure=True)
