"""What the Ruta Crítica hands over: the route of the organisation, and the documents of its allies."""

from functools import partial

from alianzas.exports.base import Deliverable, register

from .ally_documents import DOCUMENTS
from .relation import documents as relation
from .route_document import poster, route_document

POSTERS = {"ruta-cartel": ("120 × 90", "LargePoster"), "ruta-cartel-60x90": ("90 × 60", "Poster")}

register(Deliverable("ruta", "Ruta Crítica", ("pdf", "docx", "png", "svg"), route_document))
for _key, (_size, _page) in POSTERS.items():
    _build = partial(poster, page_size=_page)
    register(Deliverable(_key, f"Ruta Crítica en cartel de {_size} cm", ("pdf",), _build))
for _one in (*DOCUMENTS.values(), *relation.DOCUMENTS.values()):
    register(_one)
