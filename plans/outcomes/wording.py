"""Hints for markers that nobody could see happen: vague verbs, measures without measure, nobody who does anything.

Only hints: a marker is what people agreed upon, whatever is said here. Pure.
"""

import re

from alianzas.names import looks_like

# Beginnings of words without accents; what follows them is the ending of the verb.
VAGUE_VERBS = (
    "fortalec", "mejor", "impuls", "foment", "promov", "promuev", "sensibiliz", "concientiz", "concienci", "apoy",
    "contribu", "incid", "coadyuv", "potenci", "optimiz", "visibiliz", "empoder", "favorec", "propici", "procur",
    "buscar", "intent", "tratar", "consolid", "articul",
)  # fmt: skip
VAGUE_MEASURES = (
    "mas", "mayor", "mayores", "mejor", "mejores", "varios", "varias", "algunos", "algunas", "diversos", "diversas",
    "suficiente", "suficientes", "adecuado", "adecuada", "adecuadamente", "constantemente", "continuamente",
    "oportunamente", "significativamente", "eficazmente", "eficientemente", "periodicamente", "frecuentemente",
    "activamente", "plenamente", "gradualmente",
)  # fmt: skip
OBSERVABLE = (
    "abre", "abri", "acept", "acompan", "acord", "acuerd", "adopt", "aport", "aprend", "aprob", "aprueb", "asign",
    "asist", "avis", "busca", "cita", "comparte", "compartio", "compra", "concluy", "contest", "contrata", "contrato a",
    "convoc", "crea", "cuenta", "cumpl", "decid", "dedic", "defiend", "deriv", "destin", "dona", "elabor", "elig",
    "entreg", "envi", "escrib", "escuch", "estren", "financ", "firm", "graba", "habla", "hace", "hacen", "hizo",
    "incluy", "incorpor", "inform", "ingres", "inscrib", "instal", "integra", "invit", "junta", "llam", "lleg", "lleva",
    "manda", "nombr", "obtien", "ofrec", "paga", "particip", "pide", "plantea", "pone", "present", "presta", "produc",
    "propon", "propus", "public", "realiz", "recib", "reconoc", "refier", "registra", "renuev", "repit", "reserv",
    "respond", "reun", "revisa", "sirve", "solicit", "sostien", "suma", "termin", "tiene", "toma", "usa", "visit",
    "vuelv",
)  # fmt: skip
_INFINITIVE = re.compile(r"(?:\w+[aei]r)(?:se)?\b")
_NOBODY = re.compile(r"(?:se|hay|hubo|habra|existe|existen|que)\b")
_WE = re.compile(r"\b\w{3,}mos\b")
_NOUNS = re.compile(
    r"(?:mayor|mejor|mas|incremento|aumento|reduccion|disminucion|fortalecimiento|mejora|consolidacion|creacion|buena?s?)\b"
)


def hints(text: str) -> tuple[str, ...]:
    """What could make the marker easier to see, in the order in which it is worth changing; empty when it is clear."""
    said = looks_like(text)
    words = re.findall(r"\w+", said)
    if not words:
        return ()
    found = []
    if _says_nobody(said):
        found.append("No dice quién. ¿Quién hace algo distinto: la directora, el comité, las familias?")
    if verbs := [word for word in words if _is_vague(word)]:
        found.append(f"«{_as_written(text, verbs[0])}» no se ve desde fuera. ¿Qué haría alguien para que lo notes?")
    elif not any(word.startswith(OBSERVABLE) for word in words) and not _WE.search(said):
        found.append("Falta un verbo que se pueda observar: firma, invita, asiste, comparte, aprueba, contrata…")
    if measures := [word for word in words if word in VAGUE_MEASURES]:
        found.append(
            f"«{_as_written(text, measures[0])}» no dice cuánto. ¿Cuántas veces, cuántas personas, para cuándo?"
        )
    return tuple(found)


def _says_nobody(said):
    return bool(_INFINITIVE.match(said) or _NOBODY.match(said) or _NOUNS.match(said))


def _is_vague(word):
    return word.startswith(VAGUE_VERBS) and word not in VAGUE_MEASURES and not word.endswith("mente")


def _as_written(text, word):
    """The word as people wrote it, accents and all."""
    return next(one for one in re.findall(r"\w+", text) if looks_like(one) == word)
