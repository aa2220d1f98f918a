"""The section that is copied into the yearly report of organisations with CLUNI: plain words, from data. Pure."""

from dataclasses import dataclass

from sysmap.words import counted, listed

GOVERNMENT = "Gobierno"
NOT_IMPACT = "Muestran el desempeño de las alianzas, no su impacto."
STATES = {
    "Activo": ("activa", "activas"),
    "Potencial": ("potencial", "potenciales"),
    "En pausa": ("en pausa", "en pausa"),
    "Cerrado": ("cerrada", "cerradas"),
}


@dataclass(frozen=True)
class Part:
    title: str
    text: str
    items: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """As it is copied."""
        return "\n".join([f"{self.title}. {self.text}".strip(), *(f"– {item}" for item in self.items)])


def parts(data) -> list[Part]:
    """Trayectoria, vínculos, para qué, incidencia and resultados of a `ReportData`, each only if it has something."""
    return [part for tell in (_path, _ties, _purpose, _advocacy, _results) for part in tell(data)]


def plain(data) -> str:
    return "\n\n".join(part.plain for part in parts(data))


def _path(data):
    many, org = len(data.alliances), data.organization
    field = f"de {org.field.lower()}" if org.field else "con su comunidad"
    when = data.report.period.phrase
    start = f"{when[:1].upper()}{when[1:]}, {org.name}"
    if not many:
        yield Part("Trayectoria", f"{start} comenzó a buscar alianzas para su trabajo {field}.")
        return
    states = listed(f"{number} {STATES[state][number != 1]}" for state, number in data.states.items())
    text = f"{start} trabajó {counted(many, 'alianza', 'alianzas')} ({states}) para avanzar en su trabajo {field}."
    yield Part("Trayectoria", text)


def _ties(data):
    sectors = {}
    for one in data.alliances:
        sectors.setdefault(one.sector or "Otros actores", []).append(one.name)
    if sectors:
        text = (
            f"Con {counted(len(data.alliances), 'actor', 'actores')} de {counted(len(sectors), 'sector', 'sectores')}:"
        )
        yield Part("Vínculos", text, tuple(f"{sector}: {listed(names)}." for sector, names in sectors.items()))


def _purpose(data):
    items = tuple(f"Con {one.name}: {text}" for one in data.alliances for text in one.objectives)
    if items:
        yield Part("Para qué nos aliamos", "", items)


def _advocacy(data):
    names = [one.name for one in data.alliances if one.sector == GOVERNMENT]
    if names:
        many = counted(len(names), "autoridad", "autoridades")
        yield Part("Incidencia", f"Entre sus aliados y potenciales aliados hay {many}: {listed(names)}.")


def _results(data):
    total, achieved, partly = (
        sum(getattr(one, name) for one in data.tallies) for name in ("total", "achieved", "partly")
    )
    if not total and not data.done:
        return
    reached, underway = _verb(achieved, "se logró", "se lograron"), _verb(partly, "avanza", "avanzan")
    text = f"De {counted(total, 'indicador', 'indicadores')} de sus alianzas, {reached} y {underway} en parte. "
    if data.done:
        text += f"{_verb_first(len(data.done))} en el periodo. "
    items = tuple(f"{one.ally}: {one.text} {one.label}, {one.day:%d/%m/%Y}." for one in data.advances)
    yield Part("Resultados", text + NOT_IMPACT, items)


def _verb(number, one, many):
    return f"{number} {one if number == 1 else many}"


def _verb_first(number):
    return "Se cumplió 1 compromiso" if number == 1 else f"Se cumplieron {number} compromisos"
