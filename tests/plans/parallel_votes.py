"""Run by test_parallel_votes.py in a process of its own: many people, and one person many times, vote at once."""

import json
import sys
import uuid

import django
from django.http import QueryDict

from tests.apart import together


def votes_at_once(times):
    """That many people vote once, and one person that many times, on an empty database: answers and sums."""
    from django.core.management import call_command
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
            services.cast_ballot(round=row, voter_key=f"persona-{person}", choices=[person % 2, 3])
        except services.AlreadyVoted:
            return "again"
        return "counted"

    people = [person for number in range(1, times + 1) for person in (number, 0)]
    answers = together(org, *[lambda person=person: vote(person) for person in people])
    with scope(organization=org):
        box = BallotBox.objects.get()
        return {
            "again": answers.count("again"),
            "ballots": box.ballots,
            "counts": box.counts,
            "marks": VoterMark.objects.count(),
        }


def a_room_at_once(times):
    """In a run, that many phones vote, each twice under one key, while as many come in and write."""
    from django_scopes import scope

    from plans.ballots import services
    from plans.ballots.room import VoteStage
    from plans.models import Candidate, Round
    from sessions_app import curriculum
    from sessions_app.live import boards, codes, notes, stages
    from sessions_app.live import services as runs
    from sessions_app.models import AppliedWrite, Note
    from tests import factories as make
    from tests.plans.rows import candidates

    org = make.make_organization()
    candidates(org, 4)
    with scope(organization=org):
        run = runs.open_run(organization=org, session_key="6", by=None)
        line = make.make_line(org)
        board = boards.ask(run=run, prompt=curriculum.prompt("S6.3.q1"), about=f"linea-{line.pk}")
        row = services.open_round(organization=org, by=None, votes_each=2)
        stages.show(run=run, stage=VoteStage())

    def enter(number):
        return runs.join(run=run, key=codes.new_key(), name=f"Persona {number}")

    def vote(person, key):
        data = QueryDict(f"ronda={row.pk}&choices={person.pk % 2}&choices=3")
        stages.take(run=run, stage=VoteStage(), person=person, key=key, data=data)

    people = together(org, *[lambda n=n: enter(n) for n in range(times)])
    keys = {person: uuid.uuid4() for person in people}
    together(
        org,
        *[lambda p=person: vote(p, keys[p]) for person in people for _ in range(2)],
        *[lambda n=n: notes.write(board=board, key=uuid.uuid4(), text=f"Nota {n}") for n in range(times)],
        *[lambda n=n: enter(times + n) for n in range(times)],
    )
    with scope(organization=org):
        services.close_round(round=row, by=None)
        return {
            "ballots": Round.objects.get(pk=row.pk).ballots,
            "votes": list(Candidate.objects.filter(round=row).values_list("votes", flat=True)),
            "votes sent": AppliedWrite.objects.count() - Note.objects.count(),
            "notes": Note.objects.count(),
        }


if __name__ == "__main__":
    django.setup()
    json.dump({"desk": votes_at_once(20), "room": a_room_at_once(20)}, sys.stdout)
