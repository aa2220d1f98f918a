"""Run by test_parallel_writes.py in a process of its own: phones send the same thing many times at once."""

import json
import sys
import uuid

import django

from tests.apart import together


def at_once(times):
    """One person comes in, writes and mends that many times at once, while as many others write once."""
    from django.core.management import call_command
    from django_scopes import scope

    from sessions_app import curriculum
    from sessions_app.live import boards, codes, notes, services, timing
    from sessions_app.models import ActivityRun, Note, Participant, SessionRun
    from tests import factories as make

    call_command("migrate", verbosity=0)
    org = make.make_organization()
    with scope(organization=org):
        run = services.open_run(organization=org, session_key="1", by=None)
        board = boards.ask(run=run, prompt=curriculum.prompt("S1.1.expectativas"))

    key, mended = codes.new_key(), uuid.uuid4()
    people = together(org, *[lambda: services.join(run=run, key=key, name="Ana") for _ in range(times)])
    same = uuid.uuid4()
    together(
        org,
        *[lambda: notes.write(board=board, key=same, text="Una", participant=people[0]) for _ in range(times)],
        *[lambda n=n: notes.write(board=board, key=uuid.uuid4(), text=f"Otra {n}") for n in range(times)],
    )
    with scope(organization=org):
        note = Note.objects.get(key=same)
    together(
        org, *[lambda: notes.rewrite(note=note, key=mended, text="Dos", participant=people[0]) for _ in range(times)]
    )
    together(org, *[lambda: timing.begin_next(run=run) for _ in range(times)])
    with scope(organization=org):
        return {
            "people": Participant.objects.count(),
            "notes": Note.objects.count(),
            "places": len(set(Note.objects.values_list("position", flat=True))),
            "text": Note.objects.get(key=same).text,
            "blocks": ActivityRun.objects.count(),
            "version": SessionRun.objects.get().version,
        }


if __name__ == "__main__":
    django.setup()
    json.dump(at_once(20), sys.stdout)
