"""The time zones of Mexico, and which one the words of a place speak of. Pure.

Since October 2022 clocks no longer change in summer, but for the municipalities at the border named by the law: those
change with the United States. `zone_for` says nothing where the words leave a doubt.
"""

import re
import unicodedata
from dataclasses import dataclass

CENTRE = "America/Mexico_City"
LABELS = {
    CENTRE: "Centro: Ciudad de México y los estados que no están en esta lista",
    "America/Tijuana": "Baja California",
    "America/Mazatlan": "Sinaloa, Nayarit y Baja California Sur",
    "America/Bahia_Banderas": "Bahía de Banderas, Nayarit",
    "America/Hermosillo": "Sonora",
    "America/Chihuahua": "Chihuahua, menos su frontera",
    "America/Ciudad_Juarez": "Frontera de Chihuahua: Juárez, Janos, Ascensión, Guadalupe y Práxedis G. Guerrero",
    "America/Ojinaga": "Frontera de Chihuahua: Ojinaga, Coyame del Sotol y Manuel Benavides",
    "America/Matamoros": "Frontera de Coahuila, Nuevo León y Tamaulipas",
    "America/Cancun": "Quintana Roo",
}
CHOICES = list(LABELS.items())
LONGEST = 40


@dataclass(frozen=True)
class Proposal:
    """The zone that a place speaks of, and the town or state in it that says so."""

    zone: str
    because: str

    def __str__(self):
        return f"Proponemos la zona horaria «{LABELS[self.zone]}» por «{self.because}»"


# Each state: its zone, its name, and how else it is written (without accents and points).
_STATES = {
    "Aguascalientes": (CENTRE, "ags"),
    "Baja California": ("America/Tijuana", "bc", "b c", "baja california norte", "bcn", "b c n"),
    "Baja California Sur": ("America/Mazatlan", "bcs", "b c s"),
    "Campeche": (CENTRE, "camp"),
    "Chiapas": (CENTRE, "chis"),
    "Chihuahua": ("America/Chihuahua", "chih"),
    "Ciudad de México": (CENTRE, "cdmx", "df", "d f", "distrito federal", "cd de mexico", "mexico city"),
    "Coahuila": (CENTRE, "coah", "coahuila de zaragoza"),
    "Colima": (CENTRE, "col"),
    "Durango": (CENTRE, "dgo"),
    "Estado de México": (CENTRE, "edomex", "edo mex", "edo de mexico", "edo mexico", "mex"),
    "Guanajuato": (CENTRE, "gto"),
    "Guerrero": (CENTRE, "gro"),
    "Hidalgo": (CENTRE, "hgo"),
    "Jalisco": (CENTRE, "jal"),
    "Michoacán": (CENTRE, "mich", "michoacan de ocampo"),
    "Morelos": (CENTRE, "mor"),
    "Nayarit": ("America/Mazatlan", "nay"),
    "Nuevo León": (CENTRE, "nl", "n l", "nvo leon"),
    "Oaxaca": (CENTRE, "oax"),
    "Puebla": (CENTRE, "pue"),
    "Querétaro": (CENTRE, "qro", "queretaro de arteaga"),
    "Quintana Roo": ("America/Cancun", "qroo", "q roo", "qr", "q r"),
    "San Luis Potosí": (CENTRE, "slp", "s l p"),
    "Sinaloa": ("America/Mazatlan", "sin"),
    "Sonora": ("America/Hermosillo", "son"),
    "Tabasco": (CENTRE, "tab"),
    "Tamaulipas": (CENTRE, "tamps", "tam"),
    "Tlaxcala": (CENTRE, "tlax"),
    "Veracruz": (CENTRE, "ver", "veracruz de ignacio de la llave"),
    "Yucatán": (CENTRE, "yuc"),
    "Zacatecas": (CENTRE, "zac"),
}
STATES = {name: zone for name, (zone, *_) in _STATES.items()}

# Municipalities whose clocks are not those of their state.
BORDER = {
    ("Chihuahua", "America/Ciudad_Juarez"): ("Juárez", "Janos", "Ascensión", "Guadalupe", "Práxedis G. Guerrero"),
    ("Chihuahua", "America/Ojinaga"): ("Ojinaga", "Coyame del Sotol", "Manuel Benavides"),
    ("Coahuila", "America/Matamoros"): (
        "Acuña", "Allende", "Guerrero", "Hidalgo", "Jiménez", "Morelos", "Nava", "Ocampo", "Piedras Negras",
        "Villa Unión", "Zaragoza",
    ),
    ("Nuevo León", "America/Matamoros"): ("Anáhuac",),
    ("Tamaulipas", "America/Matamoros"): (
        "Nuevo Laredo", "Guerrero", "Mier", "Miguel Alemán", "Camargo", "Gustavo Díaz Ordaz", "Reynosa", "Río Bravo",
        "Valle Hermoso", "Matamoros",
    ),
    ("Nayarit", "America/Bahia_Banderas"): ("Bahía de Banderas",),
}  # fmt: skip

# Towns that everybody knows without their state, and towns that are called otherwise than their municipality.
_TOWNS = {
    ("Chihuahua", "America/Ciudad_Juarez"): ("Ciudad Juárez", "Cd. Juárez"),
    ("Chihuahua", "America/Ojinaga"): ("Ojinaga",),
    ("Coahuila", "America/Matamoros"): ("Piedras Negras", "Ciudad Acuña", "Cd. Acuña"),
    ("Tamaulipas", "America/Matamoros"): ("Nuevo Laredo", "Reynosa", "Matamoros", "Nueva Ciudad Guerrero"),
    ("Nayarit", "America/Bahia_Banderas"): ("Bahía de Banderas", "Nuevo Vallarta", "Bucerías", "Sayulita"),
    ("Nayarit", "America/Mazatlan"): ("Tepic",),
    ("Baja California", "America/Tijuana"): ("Tijuana", "Mexicali", "Ensenada", "Tecate", "Rosarito", "San Quintín"),
    ("Baja California Sur", "America/Mazatlan"): ("Los Cabos", "Cabo San Lucas", "San José del Cabo"),
    ("Sinaloa", "America/Mazatlan"): ("Culiacán", "Mazatlán", "Los Mochis", "Guasave"),
    ("Sonora", "America/Hermosillo"): (
        "Hermosillo", "Ciudad Obregón", "Cd. Obregón", "Guaymas", "Navojoa", "Agua Prieta", "Caborca",
        "Puerto Peñasco", "San Luis Río Colorado",
    ),
    ("Quintana Roo", "America/Cancun"): (
        "Cancún", "Chetumal", "Playa del Carmen", "Cozumel", "Tulum", "Isla Mujeres", "Bacalar",
    ),
    ("Nuevo León", CENTRE): ("Monterrey",),
    ("Jalisco", CENTRE): ("Guadalajara", "Puerto Vallarta"),
    ("Yucatán", CENTRE): ("Mérida",),
    ("Coahuila", CENTRE): ("Saltillo", "Torreón"),
    ("Chiapas", CENTRE): ("Tuxtla Gutiérrez", "San Cristóbal de las Casas"),
    ("Guerrero", CENTRE): ("Acapulco", "Chilpancingo"),
    ("Tabasco", CENTRE): ("Villahermosa",),
    ("Tamaulipas", CENTRE): ("Ciudad Victoria", "Cd. Victoria", "Tampico"),
}  # fmt: skip

_LIKE_TOWNS = frozenset({"Guerrero", "Hidalgo", "Morelos"})  # states whose name is also that of towns elsewhere
_LOOK_LIKE_OTHERS = ("guadalupe y calvo", "hidalgo del parral")
_BEFORE = r"(?:municipio|ciudad|cd|villa|h|heroica)(?: de| del)? "


def zone_for(place: str) -> Proposal | None:
    """The zone of a place written as «Tijuana, Baja California» or «Cd. Juárez, Chih.»; None where it is not certain.

    A municipality counts before its state, and only with its own state where another one is named.
    """
    parts = _parts(place)
    states = _states_in(parts)
    found = [*_border_in(parts, states), *_towns_in(parts, states)]
    if not found and any(state in _TWO_CLOCKS for state in states) and any("fronter" in part for part in parts):
        return None
    found = found or [Proposal(STATES[state], state) for state in states]
    return found[0] if len({one.zone for one in found}) == 1 else None


def _parts(place):
    """The names that a place is made of, in bare letters."""
    written = [_bare(part) for part in re.split(r"[,;:/()\[\]|·•–—\n]| - ", place)]
    named = [part for part in written if not any(name in part for name in _LOOK_LIKE_OTHERS)]
    return [one for part in named for one in re.split(r" (?:y|e) ", part) if one]


def _bare(text):
    """`text` in small letters without accents and points."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def _states_in(parts) -> list[str]:
    """A part that is a state and no more says it better than one that has its name somewhere."""
    whole = [_WRITTEN[name] for part in parts if (name := _without_kind(part)) in _WRITTEN]
    if whole:
        return [state for state in whole[:-1] if state not in _LIKE_TOWNS] + whole[-1:]
    return [state for part in parts if (state := _state_within(part))]


def _without_kind(part):
    return part if part in _WRITTEN else re.sub(r"^(?:estado|edo) de ", "", part)


def _state_within(part):
    """The state named at the end of a part, in any way of writing it, or in full anywhere in it."""
    last = (_WRITTEN[name] for name in _BY_LENGTH if part.endswith(f" {name}"))
    within = (_WRITTEN[name] for name in _BY_LENGTH if name in _FULL and re.search(rf"\b{name}\b", part))
    return next(last, None) or next(within, None)


def _border_in(parts, states):
    """Municipalities with clocks of their own, where a part is one and at most its state besides."""
    for (state, zone), municipalities in BORDER.items():
        if state in states:
            ends = "|".join(written for written, whose in _WRITTEN.items() if whose == state)
            for name in municipalities:
                pattern = rf"(?:{_BEFORE})?{_bare(name)}(?: (?:{ends}))?"
                if any(re.fullmatch(pattern, part) for part in parts):
                    yield Proposal(zone, name)


def _towns_in(parts, states):
    for (state, zone), towns in _TOWNS.items():
        if not states or state in states:
            for name in towns:
                if any(re.search(rf"\b{_bare(name)}\b", part) for part in parts):
                    yield Proposal(zone, name)


_WRITTEN = {_bare(name): name for name in _STATES} | {
    other: name for name, (_, *others) in _STATES.items() for other in others
}
_BY_LENGTH = sorted(_WRITTEN, key=len, reverse=True)
_FULL = frozenset(_bare(name) for name in _STATES)
_TWO_CLOCKS = frozenset(state for state, _ in BORDER)
