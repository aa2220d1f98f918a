"""How the list of commitments calls what was born in own steps of the route, in closings and in journals of allies."""

from alianzas.commitments.hooks import Source, names_sources

from . import closing
from .relation.services import SOURCE_PREFIX
from .steps import OWN


@names_sources
def of_the_route(key: str) -> Source | None:
    if key.startswith(f"{closing.KEY}."):
        return Source("Cierre de una alianza")
    return Source("Ruta Crítica") if key.startswith(OWN) else None


@names_sources
def of_the_journal(key: str) -> Source | None:
    entry = key.removeprefix(SOURCE_PREFIX)
    if entry == key:
        return None
    return Source("Bitácora de un aliado", page="entrada-de-bitacora", args=(entry,), editors_only=True)
