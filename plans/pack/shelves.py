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
TITLES = {
    "01-para-empezar": "Para empezar",
    "02-sesion-1-conceptos": "Sesión 1. Conceptos",
    "03-sesion-2-mapa-de-sistema": "Sesión 2. Mapa de sistema",
    "04-sesion-3-ruta-critica": "Sesión 3. Ruta Crítica",
    "05-sesion-4-herramientas": "Sesión 4. Herramientas",
    "06-sesion-5-aliados": "Sesión 5. Aliados",
    "07-sesion-6-mapeo-de-resultados": "Sesión 6. Mapeo de Resultados",
    "08-plan-y-seguimiento": "Plan y seguimiento",
    "09-otros-documentos": "Otros documentos",
}
# Blank sheets, room material and posters are for printing, each from its own page.
LEFT_OUT = re.compile(r"^(kit|carteles|carteles-doble-carta|salud)-|-cartel(-|$)")
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
    title: str = ""  # where it is called otherwise here

    @property
    def about(self) -> str:
        """What the document is, in a line; "" where nobody said it."""
        found = _OF_A_SESSION.match(self.key)
        return ABOUT.get(found[1] if found else self.key, "")


_BOTH, _ALL = ("pdf", "docx"), ("pdf", "docx", "xlsx")
_SHELVES = (
    Shelf("plan-de-trabajo", "inicio", ("pdf", "xlsx"), "work_plan", "plan-de-trabajo"),
    Shelf("matriz-5rs", "2", ("pdf", "xlsx"), "actors", "actores"),
    Shelf("mapa", "2", ("pdf", "png"), "placed", "mapa"),
    Shelf("mapa-ideal", "2", ("pdf",), "ideal", "mapa-ideal"),
    Shelf("comparacion", "2", _BOTH, "moments", "momentos"),
    Shelf("ruta", "3", _BOTH, "route", "ruta"),
    Shelf("ruta-aliado", "5", _BOTH, "allies", "aliados"),
    Shelf("recursos-aliado", "5", ("xlsx",), "allies", "aliados"),
    Shelf("mou", "5", ("docx",), "allies", "aliados"),
    Shelf("comunicacion", "5", ("docx", "pdf"), "allies", "aliados"),
    Shelf("cierre-aliado", "5", ("docx",), "allies", "aliados"),
    Shelf("reporte-plantilla", "5", ("docx",), "allies", "aliados"),
    Shelf("bitacora-aliado", "5", ("docx", "xlsx"), "journal", "aliados"),
    Shelf("ranking", "6", ("pdf", "xlsx"), "ranked", "prioridades"),
    Shelf("mapa-de-resultados", "6", ("pdf", "xlsx"), "outcomes", "mapa-de-resultados"),
    Shelf("plan-de-alianzas", "cierre", _ALL, "strategies", "plan", title="Plan de Alianzas Estratégicas, borrador"),
    Shelf("compromisos", "cierre", ("pdf", "xlsx"), "commitments", "compromisos"),
    Shelf("reporte-anual", "cierre", _ALL, "followed", "reportes"),
)
SHELVES = {one.key: one for one in _SHELVES}
ABOUT = {
    "carta": "El orden del día, con tiempos, materiales y responsables.",
    "asistencia": "Quiénes participaron.",
    "registro": "Lo que se dijo, se acordó y se fotografió.",
    "plan-de-trabajo": "Qué se hace en el proceso, quién y cuándo.",
    "matriz-5rs": "Roles, recursos, reglas, relación y resultado de cada actor.",
    "mapa": "Los actores del sistema, más cerca o más lejos.",
    "mapa-ideal": "Dónde quisiéramos que estuviera cada actor.",
    "comparacion": "Qué se movió entre un momento y otro.",
    "ruta": "Los pasos con que construimos alianzas.",
    "ruta-aliado": "Lo que sabemos de cada aliado, paso por paso.",
    "recursos-aliado": "Lo nuestro, lo suyo y lo común con cada aliado.",
    "mou": "Borrador del memorándum con cada aliado.",
    "comunicacion": "Cómo nos comunicamos con los aliados.",
    "cierre-aliado": "Cómo se cierra una alianza, y la carta que lo dice.",
    "reporte-plantilla": "La plantilla que pide el reporte, para llenarse a mano.",
    "ranking": "El orden de las estrategias y cómo se votó.",
    "bitacora-aliado": "Lo que se anotó de cada aliado. Solo para quien edita.",
    "mapa-de-resultados": "Qué esperamos de cada alianza y cómo lo sabremos.",
    "plan-de-alianzas": "El Plan como está hoy, en borrador.",
    "compromisos": "Todo lo que tiene responsable y fecha.",
    "reporte-anual": "Qué avanzó, qué se cumplió y qué aprendimos.",
}
OF_SESSIONS = {"carta": (_BOTH, "carta"), "asistencia": (("pdf",), "registro"), "registro": (_BOTH, "registro")}


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
