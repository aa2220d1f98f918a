"""`manage.py content`: the whole method, as a table to read or as JSON for other programs."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alianzas.content import Session
from alianzas.content_loader import ContentError
from sessions_app import curriculum


class Command(BaseCommand):
    help = "Muestra las sesiones, sus actividades, sus minutos y sus preguntas."
    requires_system_checks = []  # broken content must not keep us from saying what is broken

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="todo el contenido como JSON")

    def handle(self, *args, **options):
        try:
            content = curriculum.load()
        except ContentError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            whole = {
                "sessions": [as_json(session) for session in content.sessions],
                "cases": [asdict(case) for case in content.cases],
                "concepts": [asdict(concept) for concept in content.concepts],
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(line for session in content.sessions for line in as_table(session)))


def as_json(session: Session) -> dict[str, Any]:
    whole = asdict(session)
    whole |= {
        "work_minutes": session.work_minutes,
        "break_minutes": session.break_minutes,
        "total_minutes": session.total_minutes,
    }
    for activity, item in zip(session.activities, whole["activities"], strict=True):
        for prompt, entry in zip(activity.prompts, item["prompts"], strict=True):
            entry["is_question"] = prompt.is_question
    return whole


def as_table(session: Session) -> list[str]:
    name = "Anexo 3" if session.key == "M" else f"Sesión {session.key}"
    lines = [f"{name}. {session.title}"]
    lines.append(
        f"  {session.hours} h de temario · {session.work_minutes} min de trabajo "
        f"+ {session.break_minutes} de recesos = {session.total_minutes} min"
    )
    for activity in session.activities:
        count = len(activity.prompts)
        asked = f"{count:>3} pregunta{'s' if count > 1 else ''}" if count else ""
        lines.append(f"  {activity.key:<6} {activity.minutes:>4} min  {activity.title:<64} {asked}".rstrip())
    return [*lines, ""]
