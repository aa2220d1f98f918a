"""Where each document goes in the pack, in which formats, and where its data are worked. Pure."""

import re
from dataclasses import dataclass

FOLDERS = {
    "inicio": "01-para-empezar",
    "1": "02-sesion-1-conceptos",
    "2": "03-sesion-2-mapa-de-sistema",
    "m": "03-sesion-2-mapa-de-sistema",
    "3": "04-sesion-3-ruta-critica",
    "4": "05-sesion-4-herramientas",
    "5": "06-sesion-5-aliados",
    "6": "07-sesion-6-mapeo-de-resultados",
    "cierre": "08-plan-y-seguimiento",
    "otros": "09-otros-documentos",
}
# Blank room material and posters are for printing, each from its own page: they say nothing that is not elsewhere here.
LEFT_OUT = re.compile(r"^(kit|carteles|carteles-doble-carta)-|-cartel(-|$)")
_OF_A_SESSION = re.compile(r"^(carta|asistencia|registro)-([1-6m])$")


@dataclass(frozen=True)
class Shelf:
    """`needs` names what must be there (a key of `facts.found`); `url_name` and `args` say where it is worked."""

    key: str
    folder: str
    formats: tuple[str, ...] = ()
    needs: str = ""
    url_name: str = ""
    args: tuple = ()


SHELVES = {
    one.key: one
    for one in (
        Shelf("plan-de-trabajo", "inicio", ("pdf", "xlsx"), "work_plan", "plan-de-trabajo"),
        Shelf("matriz-5rs", "2", ("pdf", "xlsx"), "actors", "actores"),
        Shelf("mapa", "2", ("pdf", "png"), "placed", "mapa"),
        Shelf("mapa-ideal", "2", ("pdf",), "ideal", "mapa-ideal"),
        Shelf("comparacion", "2", ("pdf", "docx"), "moments", "momentos"),
        Shelf("ruta", "3", ("pdf", "docx"), "route", "ruta"),
        Shelf("ruta-aliado", "5", ("pdf", "docx"), "allies", "aliados"),
        Shelf("recursos-aliado", "5", ("xlsx",), "allies", "aliados"),
        Shelf("mou", "5", ("docx",), "allies", "aliados"),
        Shelf("mapa-de-resultados", "6", ("pdf", "xlsx"), "outcomes", "mapa-de-resultados"),
        Shelf("plan-de-alianzas", "cierre", ("pdf", "docx", "xlsx"), "strategies", "plan"),
        Shelf("compromisos", "cierre", ("pdf", "xlsx"), "commitments", "compromisos"),
        Shelf("reporte-anual", "cierre", ("pdf", "docx", "xlsx"), "followed", "reportes"),
    )
}
OF_SESSIONS = {
    "carta": (("pdf", "docx"), "carta"),
    "asistencia": (("pdf",), "registro"),
    "registro": (("pdf", "docx"), "registro"),
}


def shelf_of(key: str) -> Shelf | None:
    """Where the deliverable `key` goes; None for what stays out. One that nobody placed goes to the last folder."""
    if LEFT_OUT.search(key):
        return None
    if found := _OF_A_SESSION.match(key):
        kind, session = found.groups()
        formats, url_name = OF_SESSIONS[kind]
        return Shelf(key, session, formats, key, url_name, (session.upper(),))
    return SHELVES.get(key) or Shelf(key, "otros")


def in_order(keys) -> list[Shelf]:
    """The shelves of these deliverables, folder by folder, as they come in each."""
    shelves = [shelf for key in keys if (shelf := shelf_of(key))]
    places = list(dict.fromkeys(FOLDERS.values()))
    known = list(SHELVES)
    return sorted(
        shelves,
        key=lambda one: (
            places.index(FOLDERS[one.folder]),
            known.index(one.key) + 100 if one.key in known else 0,
        ),
    )
