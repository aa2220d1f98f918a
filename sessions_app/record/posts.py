"""Whether a text reads as a post or as somebody's name: people put one where the other goes. Pure."""

import re
from collections.abc import Iterable

from alianzas.names import looks_like

SOMEBODY = "una persona participante"
# How the words of posts begin, without accents; a name of a person hardly holds one.
_STEMS = (
    "abogad", "administra", "analista", "apoderad", "artesan", "asesor", "asisten", "auxiliar", "becari", "cajer",
    "capacita", "chofer", "comision", "comite", "comunicaci", "consej", "consultor", "contab", "contador", "coordina",
    "cuidador", "delegad", "desarrollo", "diputad", "direcci", "director", "directiv", "disenador", "docente", "donat",
    "educaci", "educador", "encargad", "enfermer", "enlace", "equipo", "estudiante", "evaluaci", "facilita", "fundador",
    "funcionari", "gerencia", "gerente", "gestion", "gestor", "incidencia", "integrante", "investiga", "jefa", "jefe",
    "jefatura", "lider", "maestra", "maestro", "medic", "miembr", "monitor", "oficial", "operaci", "operativ",
    "participante", "periodist", "practicante", "presiden", "procura", "profesor", "promoci", "promotor", "proyecto",
    "psicolog", "recepci", "regidor", "representa", "responsable", "secretari", "servicio", "sistematiza", "social",
    "soci", "subdirec", "subsecretari", "superviso", "tecnic", "tesorer", "titular", "trabajador", "tutor", "usuari",
    "vecin", "vicepresiden", "vincula", "vocal", "volunta",
)  # fmt: skip
_POST_WORD = re.compile(rf"\b(?:{'|'.join(_STEMS)})\w*")
_JOINING = {"general", "ejecutiva", "ejecutivo", "del", "de", "la", "el", "los", "las", "y", "e", "area"}


def reads_as_post(text: str) -> bool:
    """Whether it holds a word of posts and no other word with a capital, as somebody's name would be: «Coordinación de
    ingresos» does, «Directora Luz Vega» does not."""
    words = re.findall(r"\w+", text)
    if not any(_is_post_word(word) for word in words):
        return False
    others = [word for word in words[1:] if not _is_post_word(word) and looks_like(word) not in _JOINING]
    return text.isupper() or not any(word[0].isupper() and not word.isupper() for word in others)


def set_right(name: str, post: str) -> tuple[str, str]:
    """(name, post) of somebody whose two were put one where the other goes, if that is plain to see."""
    return (post, name) if reads_as_post(name) and post and not reads_as_post(post) else (name, post)


def posts_for(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands in the place of every name of `people`, (name, post) as somebody wrote them: never a name.

    Names of one word are left: they are aliases, or words of every day.
    """
    right = [set_right(*one) for one in people]
    names = {looks_like(name) for name, _ in right if name.strip()}
    return {
        name: post if looks_like(post) not in names else SOMEBODY
        for name, post in right
        if len(name.split()) > 1 and not (reads_as_post(name) and _is_a_post(name, right))
    }


def _is_a_post(text, people):
    return any(looks_like(post) == looks_like(text) for _, post in people)


def _is_post_word(word):
    return bool(_POST_WORD.fullmatch(looks_like(word)))
