"""Run by test_parallel_votes.py in a process of its own: many people, and one person many times, vote at once."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import django


def votes_at_once(times):
    """That many people vote once, and one person that many times, on an empty database: answers and sums."""
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scope

    from plans.ballots import services
    from plans.models import BallotBox, VoterMark
    from tests import factories as make
    from tests.plans.rows import candidates

    call_command("migrate", verbosity=0)
    org = make.make_organization()
    candidates(org, 4)
    with scope(organization=org):
        row = services.open_round(organization=org, by=None)

    def vote(person):
        try:
            with scope(organization=org):
                services.cast_ballot(round=row, voter_key=f"persona-{person}", choices=[person % 2, 3])
        except services.AlreadyVoted:
            return "again"
        finally:
            connection.close()
        return "counted"

    people = [person for number in range(1, times + 1) for person in (number, 0)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(vote, people))
    with scope(organization=org):
        box = BallotBox.objects.get()
        return {
            "again": answers.count("again"),
            "ballots": box.ballots,
            "counts": box.counts,
            "marks": VoterMark.objects.count(),
        }


if __name__ == "__main__":
    django.setup()
    json.dump(votes_at_once(20), sys.stdout)
