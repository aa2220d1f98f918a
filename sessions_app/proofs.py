"""What proves that a product of a session, or a worksheet that is worked on another page, is there. Pure.

Keys with a dot name questions, answered or not; the others name evidence that a floor gives (`evidence.py`).
"""

# Products by session, in the order of the method's own list. Nothing proves those without a key: people tick them.
PRODUCTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "1": (("S1.1.definicion", "S1.2.conceptos"),),
    "2": (("mapa",), ("ideal",)),
    "3": (("ruta",),),
    "4": (
        ("S4.2.criterios",),
        ("S4.4.criterios", "S4.4.voceria", "S4.4.mensaje", "S4.4.seguimiento"),
        (),
        ("S4.10.criterios", "S4.10.proceso_fin", "S4.10.proceso_cierre"),
    ),
    "5": (("rutas-de-aliados",),),
    "6": (("prioridades",), ("mapa-de-resultados",), ("siguientes-pasos",)),
    "M": (("linea-base",), ("M.8.aciertos",), ("M.8.errores",)),
}
# Where a product that nothing proves is made: it goes with its activity when the carta leaves that out.
MADE_IN = {("4", 2): "S4.6"}
# Activities that are worked, all or in part, on a page of their own: each of these counts like one more question.
# The steps of an ally's file are evidence under the key of their activity.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "S2.2": ("mapa",),
    "S2.3": ("ideal",),
    **{f"S5.{number}": (f"paso-S5.{number}",) for number in range(2, 8)},
    "S6.2": ("posibilidad",),
    "S6.3": ("diagnostico",),
    "S6.4": ("transversales",),
    "S6.5": ("prioridades",),
    "S6.6": ("mapa-de-resultados",),
    "M.3": ("mapa",),
    "M.4": ("mapa",),
}
# What evidence is called when it is missing and whoever gives it says nothing more precise.
NAMES = {
    "mapa": "actores con lugar en el mapa",
    "ideal": "el sistema ideal",
    "linea-base": "la línea base del mapa",
    "ruta": "los pasos de la Ruta Crítica",
    "rutas-de-aliados": "la ruta de algún aliado",
    "prioridades": "las estrategias en orden",
    "mapa-de-resultados": "el mapa de resultados",
    "siguientes-pasos": "los siguientes pasos",
}


def is_by_hand(session_key: str, number: int) -> bool:
    """Whether only people can say that this product is there."""
    return not PRODUCTS[session_key][number]


def activity_of(proof: str) -> str:
    """The activity that asks a question; "" for evidence."""
    return proof.rpartition(".")[0]
