"""The closed lists of the matrix: their codes and labels, and how people write them. No queries."""

from functools import cache

from alianzas.names import looks_like
from alianzas.written import says_nothing

from .models import Held, Relation, Result, Sector
from .words import UNDEFINED

# What people write besides the labels; without accents and in lower case, as `bare` leaves it.
_LISTS = {
    "sector": (
        Sector,
        {
            "individuo": "person",
            "personas": "person",
            "organizacion de la sociedad civil": "osc",
            "ong": "osc",
            "oscs": "osc",
            "asociacion civil": "osc",
            "publico": "government",
            "sector publico": "government",
            "privado": "private_sector",
            "empresa": "private_sector",
            "iniciativa privada": "private_sector",
            "academia": "academia",
            "investigacion": "academia",
            "universidad": "academia",
            "academia/investigacion": "academia",
            "organismo internacional": "international",
            "agencia": "international",
            "organismo internacional/agencia": "international",
            "red": "network",
            "grupo": "network",
            "redes": "network",
            "religioso": "religious",
            "iglesia": "religious",
            "medio": "media",
            "medios": "media",
            "medios de comunicacion": "media",
            "donante": "donor",
            "fundacion": "donor",
            "donante/fundacion": "donor",
            "ciudadania": "community",
            "comunidad": "community",
            "ciudadania/comunidad": "community",
            "informal": "informal",
            "otros": "other",
        },
        "un sector",
    ),
    "relation": (
        Relation,
        {
            "colaborativo": "collaborative",
            "colaborativas": "collaborative",
            "colaboracion": "collaborative",
            "fuertes": "strong",
            "debiles": "weak",
            "conflictivo": "conflictive",
            "conflictivas": "conflictive",
            "conflicto": "conflictive",
        },
        "una relación",
    ),
    "result": (
        Result,
        {"+": "positive", "positiva": "positive", "-": "negative", "−": "negative", "negativa": "negative"},
        "un resultado",
    ),
    "held": (Held, {"s": "yes", "n": "no"}, "una respuesta"),
}


def is_closed(name: str) -> bool:
    """Whether a column takes only the codes of a list."""
    return name in _LISTS


def options(name: str) -> dict[str, str]:
    """The labels of a list by code, in its order."""
    return dict(_LISTS[name][0].choices)


def labels(name: str) -> tuple[str, ...]:
    """The labels of a list, in its order."""
    return tuple(_LISTS[name][0].labels)


def label(name: str, code: str) -> str:
    """What a code is called; «Sin definir» for none."""
    return str(_LISTS[name][0](code).label) if code else UNDEFINED


def code_of(name: str, text: str) -> str:
    """The code that a text stands for, "" for nothing. ValueError, saying what may be written, for anything else."""
    word, known = bare(text), _known(name)
    if word not in known and says_nothing(text):
        return ""
    if word not in known:
        raise ValueError(f"«{text.strip()[:40]}» no es {_LISTS[name][2]}: usa {', '.join(labels(name))} o {UNDEFINED}.")
    return known[word]


def bare(text: str) -> str:
    """A word as it is compared: lower case, without accents, spaces at its ends or a full stop."""
    return looks_like(text).strip(" .")


@cache
def _known(name):
    """Everything that may be written for a list, and the code that it stands for."""
    codes, others, _ = _LISTS[name]
    named = {bare(text): code for code, text in codes.choices}
    return named | {code: code for code in codes.values} | others
