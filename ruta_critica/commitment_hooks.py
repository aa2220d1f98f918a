"""How the list of commitments calls what was born in the steps that an organisation added to its route."""

from alianzas.commitments.hooks import Source, names_sources

from .steps import OWN


@names_sources
def of_the_route(key: str) -> Source | None:
    return Source("Ruta Crítica") if key.startswith(OWN) else None
