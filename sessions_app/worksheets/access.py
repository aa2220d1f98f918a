"""For whom a prompt is answered, who may read it, and what is answered elsewhere. No queries."""

import re

from django.urls import NoReverseMatch, reverse

from alianzas.content import Prompt

from .kinds import WRITTEN

TEAMS = 12
ALLY_PREFIX = "aliado-"
ROOM = "sala"  # whose answer to a question for each person is what a room of people without account said
FILES = frozenset({"file", "drawing"})
_TEAM = re.compile(r"equipo-([1-9]\d?)")
# Data with a life of its own has one page, of a higher floor or another one: {prompt or scope: names of addresses}.
HOMES = {
    "M.3.A": ("organizacion",),
    "M.3.B": ("mapa",),
    "M.4.actores": ("mapa",),
    "S2.3.d": ("mapa-ideal",),
    "S2.3": ("mapa-ideal",),
    "S6.2.q1": ("posibilidad",),
    "S6.2.q2": ("posibilidad",),
    "S6.2.q3": ("posibilidad",),
    "S6.3.mision": ("organizacion",),
    "S6.3.lineas": ("organizacion",),
    "S6.5.orden": ("prioridades",),
    "S6.5.votos": ("prioridades",),
    "ACTOR": ("mapa",),
    "ALLY": ("aliados", "ruta"),
    "LINE": ("resultados",),
    "STRAT": ("transversales",),
    "S6.6": ("mapa-de-resultados",),
    "attendance": ("registro", "participantes"),
}
LABELS = {
    "organizacion": "Abrir la ficha de la organización",
    "mapa": "Abrir el mapa",
    "mapa-ideal": "Abrir el sistema ideal",
    "prioridades": "Abrir las prioridades",
    "posibilidad": "Abrir la Línea de Posibilidad",
    "aliados": "Abrir los aliados",
    "ruta": "Abrir la Ruta Crítica",
    "resultados": "Abrir el diagnóstico de estrategias",
    "transversales": "Abrir las estrategias transversales",
    "mapa-de-resultados": "Abrir el mapa de resultados",
    "registro": "Abrir la lista de asistencia",
    "participantes": "Abrir la lista de participantes",
}


def is_elsewhere(prompt: Prompt, about: str = "") -> bool:
    """Whether its data live in tables of their own, or are answered for each ally and `about` names none."""
    scoped = prompt.scope in ("ACTOR", "LINE", "STRAT") or (prompt.scope == "ALLY" and not about)
    return scoped or prompt.derived or prompt.kind == "attendance" or prompt.key in HOMES


def is_field(prompt: Prompt, about: str = "") -> bool:
    """Whether the worksheet asks for it."""
    return not is_elsewhere(prompt, about) and (
        prompt.kind in WRITTEN or prompt.kind in FILES or prompt.kind == "photo"
    )


def is_required(prompt: Prompt) -> bool:
    """Whether an answer is expected of everybody: what is optional, private, conditional or a file never is."""
    return not (prompt.optional or prompt.derived or prompt.private or prompt.condition) and prompt.kind in WRITTEN


def home_of(prompt: Prompt, org_slug: str, session_key: str) -> tuple[str, str] | None:
    """Address and label of the page where the data of `prompt` live, if there is such a page."""
    activity = prompt.key.rpartition(".")[0]
    for wanted in (prompt.key, activity, "attendance" if prompt.kind == "attendance" else "", prompt.scope):
        for name in HOMES.get(wanted, ()):
            for arguments in ([org_slug], [org_slug, session_key]):
                try:
                    return reverse(name, args=arguments), LABELS[name]
                except NoReverseMatch:
                    continue
    return None


def is_about_allies(prompt: Prompt) -> bool:
    """Whether each ally has an answer of its own, from the start or in place of the organisation's."""
    return "ALLY" in (prompt.scope, prompt.override_scope)


def about_ally(pk: int) -> str:
    """The subject of the answers about one ally."""
    return f"{ALLY_PREFIX}{pk}"


def subject_of(prompt: Prompt, user, team: int = 1, about: str = "") -> str:
    """Whose answer `user` writes: their own, that of a team, one about an ally, or the organisation's."""
    if about and is_about_allies(prompt):
        return about
    if prompt.scope == "PERSON" or prompt.private:
        return f"persona-{user.pk}"
    return f"equipo-{team}" if prompt.scope == "GROUP" else ""


def team_in(text: str | None) -> int:
    """The team that an address names ("equipo-2" or "2"); the first one when it names none that can be."""
    digits = (text or "").removeprefix("equipo-")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 1
    return number if 1 <= number <= TEAMS else 1


def team_of(subject: str) -> int | None:
    found = _TEAM.fullmatch(subject)
    return int(found[1]) if found else None


def may_read(prompt: Prompt, access, user, subject: str) -> bool:
    """A private answer is read by whoever wrote it; a confidential one by those who work with the organisation."""
    if prompt.private:
        return subject == f"persona-{user.pk}"
    return access.can_edit or not prompt.confidential
