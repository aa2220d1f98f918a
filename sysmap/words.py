"""What the codes of the map are called. Pure."""

RELATION_LABELS = {
    "strong": "Fuerte",
    "collaborative": "Colaborativa",
    "weak": "Débil",
    "conflictive": "Conflictiva",
}
RESULT_LABELS = {"positive": "Positivo", "negative": "Negativo"}
SECTOR_LABELS = {
    "person": "Persona",
    "osc": "OSC",
    "government": "Gobierno",
    "private_sector": "Sector privado",
    "academia": "Academia o investigación",
    "international": "Organismo internacional o agencia",
    "network": "Red o grupo",
    "religious": "Grupo religioso",
    "media": "Medio de comunicación",
    "donor": "Donante o fundación",
    "community": "Ciudadanía o comunidad",
    "informal": "Actor informal",
    "other": "Otro",
}
UNDEFINED = "Sin definir"


def listed(items, conjunction: str = "y") -> str:
    """Texts as people list them: «a, b y c»."""
    *first, last = [""] if not (items := list(items)) else items
    if not first:
        return last
    joined = "e" if conjunction == "y" and _sounds_like_i(last) else conjunction
    return f"{', '.join(first)} {joined} {last}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: «1 actor», «3 actores»."""
    return f"{number} {one if number == 1 else many}"


def _sounds_like_i(word):
    plain = word.lstrip('«"¿¡(').casefold()
    return plain.startswith(("i", "í", "hi", "hí")) and not plain.startswith(("ie", "hie", "ia", "hia", "io"))
