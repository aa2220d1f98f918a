"""For whom a prompt is answered, who may read it, and what is answered elsewhere. No queries."""

import re

from django.urls import NoReverseMatch, reverse

from alianzas.content import Prompt

from .kinds import WRITTEN

TEAMS = 12
FILES = frozenset({"file", "drawing"})
_TEAM = re.compile(r"equipo-([1-9]\d?)")
# Data with a life of its own has one page, of a higher floor or another one: {prompt or scope: names of addresses}.
HOMES = {
    "M.3.A": ("organizacion",),
    "M.3.B": ("mapa",),
    "M.4.actores": ("mapa",),
    "S2.3.d": ("mapa-ideal",),
    "S2.3": ("mapa-ideal",),
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
    "aliados": "Abrir los aliados",
    "ruta": "Abrir la Ruta Crítica",
    "resultados": "Abrir el diagnóstico de estrategias",
    "transversales": "Abrir las estrategias transversales",
    "mapa-de-resultados": "Abrir el mapa de resultados",
    "registro": "Abrir la lista de asistencia",
    "participantes": "Abrir la lista de participantes",
}


def is_elsewhere(prompt: Prompt) -> bool:
    """Whether its data live in tables of their own, not in an answer."""
    scoped = prompt.scope in ("ACTOR", "ALLY", "LINE", "STRAT")
    return scoped or prompt.derived or prompt.kind == "attendance" or prompt.key in HOMES


def in_workshop(prompt: Prompt) -> bool:
    """Whether it is only answered live: votes and positions on a line."""
    return prompt.kind in ("votes", "position") and not is_elsewhere(prompt)


def is_field(prompt: Prompt) -> bool:
    """Whether the worksheet asks for it."""
    return not is_elsewhere(prompt) and (prompt.kind in WRITTEN or prompt.kind in FILES or prompt.kind == "photo")


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


def subject_of(prompt: Prompt, user, team: int = 1) -> str:
    """Whose answer `user` writes: their own, that of a team, or the organisation's."""
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
