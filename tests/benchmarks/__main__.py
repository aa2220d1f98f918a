"""`make bench`: figures as JSON. Times are ratios within one run, because machines are noisy; queries are counts.

Targets (docs/decisiones/0004-velocidad.md): the export layer costs at most 1.05 × raw WeasyPrint of the same HTML;
the same content again at most 1 % of the first time; the comparison of two maps of 40 actors with 12 moves, drawn, in
under 60 ms; a matrix of 2,000 rows read back and compared in under 2 s; a carta of 200 blocks recomputes in under
10 ms; queries do not depend on the number of organisations.
"""

import io
import json
import os
import statistics
import tempfile
import time

os.environ |= {
    "DATA_DIR": tempfile.mkdtemp(prefix="alianzas-bench-"),
    "DEBUG": "true",
    "DJANGO_SETTINGS_MODULE": "alianzas.settings",
}
os.environ.pop("DATABASE_URL", None)

import django

ROUNDS = 5
MANY = 50
BLOCKS = 200
ACTORS, MOVES = 40, 12
MATRIX_ROWS = 1990  # with title and heads, the 2,000 rows that a sheet may have
RELATIONS, RESULTS = ("strong", "collaborative", "weak", "conflictive"), ("positive", "negative")
SECTORS = ("osc", "government", "media", "donor", "academia")


def main():
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    figures = {
        "plan_pdf": plan_pdf(),
        "map": map_drawing() | map_comparison(),
        "matrix": matrix_round_trip(),
        "carta": carta(),
        "words": words(),
        "pages": pages(),
    }
    print(json.dumps(figures, indent=2))


def plan_pdf():
    """Medians of interleaved rounds, warm, in seconds, and their ratios."""
    from django_scopes import scope

    from alianzas.exports import base
    from alianzas.models import Organization
    from plans.deliverables import plan_document

    org = Organization.objects.get(slug="tejiendo-barrios")
    with scope(organization=org):
        document = plan_document(org)
        build = _median(lambda: plan_document(org))
    from tests.benchmarks.raw import raw_weasyprint

    raw = raw_weasyprint(document)
    raw(), base.render(document, "pdf")
    ours_times, raw_times = [], []
    for _ in range(ROUNDS):
        ours_times.append(_seconds(lambda: base.render(document, "pdf")))
        raw_times.append(_seconds(raw))
    base.render_cached(document, "pdf")
    again = _median(lambda: base.render_cached(document, "pdf"))
    ours, plain = statistics.median(ours_times), statistics.median(raw_times)
    return {
        "ours_over_raw_weasyprint": round(ours / plain, 3),
        "again_over_first": round(again / ours, 4),
        "seconds_raw": round(plain, 2),
        "seconds_ours": round(ours, 2),
        "seconds_reading_the_plan": round(build, 3),
    }


def map_drawing():
    """Layout and SVG of 40 actors, milliseconds, median."""
    from sysmap import drawing, layout

    cards = [
        layout.Card(
            key=str(n), name=f"Organización vecinal número {n}", resource="Conocimiento del territorio",
            rule="Acuerdo por escrito de su mesa directiva", relation=RELATIONS[n % 4], result=RESULTS[n // 4 % 2],
            sector=SECTORS[n % 5],
        )
        for n in range(ACTORS)
    ]  # fmt: skip

    def draw():
        drawing.map_svg(layout.lay_out(cards), "Organización", title="Mapa", description="Mapa")

    return {"milliseconds_40_actors": round(1000 * _median(draw, rounds=15), 2)}


def map_comparison():
    """What changed between two maps of 40 actors, 12 of which moved, and the picture of it, milliseconds, median."""
    from dataclasses import replace

    from sysmap import pictures
    from sysmap.compare import compare
    from sysmap.states import ActorState, MapState

    actors = tuple(
        ActorState(
            key=str(n), name=f"Organización vecinal número {n}", primary_resource="Conocimiento del territorio",
            rules="Acuerdo por escrito de su mesa directiva", relation=RELATIONS[n % 4], result=RESULTS[n // 4 % 2],
            sector=SECTORS[n % 5],
        )
        for n in range(ACTORS)
    )  # fmt: skip
    moved = tuple(replace(one, relation=RELATIONS[(n + 1) % 4]) for n, one in enumerate(actors[:MOVES]))
    before, after = MapState("Línea base", actors), MapState("Final", (*moved, *actors[MOVES:]))

    def tell():
        compare(before, after)
        pictures.comparison(before, after).svg("Organización")

    return {"milliseconds_comparison_40_actors_12_moves": round(1000 * _median(tell, rounds=15), 2)}


def matrix_round_trip():
    """A full sheet of the matrix: read from Excel and compared with the actors, seconds, median."""
    from alianzas import spreadsheets
    from alianzas.exports import base
    from alianzas.exports.blocks import Brand, Document
    from sysmap.deliverables import matrix_table
    from sysmap.models import Actor
    from sysmap.sheet import find_matrix, read_lines
    from sysmap.sheet_import import compare

    actors = [
        Actor(
            pk=n, name=f"Organización vecinal número {n}", sector=SECTORS[n % 5], roles=["Movilizadora", "Mediadora"],
            primary_resource="Dinero", rules="Acuerdo por escrito de su mesa directiva", relation=RELATIONS[n % 4],
            result=RESULTS[n % 2],
        )
        for n in range(1, MATRIX_ROWS + 1)
    ]  # fmt: skip
    data = base.render(Document("Matriz 5Rs", Brand("Organización"), (matrix_table(actors),)), "xlsx")

    def read():
        review = compare(actors, *read_lines(find_matrix(spreadsheets.read(data)).rows))
        assert review.unchanged == MATRIX_ROWS

    return {"seconds_read_and_compare_2000_rows": round(_median(read), 2)}


def carta():
    """A carta of 200 blocks, in milliseconds, medians: the clock alone; all that follows from the rows (times, sums,
    notices); and the same with reading the rows from the database."""
    from datetime import time as hour

    from django_scopes import scope

    from alianzas.models import Organization
    from sessions_app import agenda, curriculum
    from sessions_app.design import queries
    from sessions_app.models import AgendaItem, SessionDesign

    org = Organization.objects.get(slug="voz-clara")
    with scope(organization=org):
        design = SessionDesign.objects.create(
            organization=org, session_key="5",
            sittings=[{"date": "2027-03-15", "start": start, "place": "Sala"} for start in ("00:00", "07:00")],
        )  # fmt: skip
        AgendaItem.objects.bulk_create(
            AgendaItem(
                organization=org,
                design=design,
                position=n,
                title=f"Bloque {n}",
                minutes=5 + n % 3,
                sitting=1 + n // 100,
                is_break=n % 10 == 9,
                track=("", "", "Equipo 1", "Equipo 2")[n % 4],
                locked_start=hour(n * 7 // 60 % 24, n * 7 % 60) if n % 25 == 24 else None,
            )
            for n in range(BLOCKS)
        )

        items = list(AgendaItem.objects.filter(design=design))
        clock_items, starts = queries.clock_items(queries.carta(org, "5")), {1: 0, 2: 420}

        def derive(found):
            return found.notices, found.meals, found.order_token

        figures = {
            "clock": lambda: agenda.schedule(clock_items, starts),
            "recompute": lambda: derive(queries.assemble(org, curriculum.session("5"), design, items)),
            "recompute_and_read": lambda: derive(queries.carta(org, "5")),
        }
        return {f"milliseconds_{name}_200_blocks": round(1000 * _median(act, 101), 2) for name, act in figures.items()}


def words():
    """The worst text that a card of the map may be given, broken into lines, milliseconds; 300 names compared with each
    other, seconds; medians."""
    from alianzas.textfit import wrap
    from sysmap.similar import suggestions

    endless = ["\u0301" * 100_000, " " * 1_000_000, "a" * 5_000_000, "👍🏽" * 100_000]
    names = {str(number): f"Organización número {number} de la zona {number % 7}" for number in range(300)}
    return {
        "milliseconds_endless_text": round(
            1000 * max(_median(lambda t=t: wrap(t, 100, 12, max_lines=3)) for t in endless), 2
        ),
        "seconds_300_names": round(_median(lambda: suggestions(names)), 2),
    }


def pages():
    """Queries of each page with one and with fifty organisations."""
    from alianzas.models import Organization, Program, ProgramMembership, User
    from tests.factories import make_actor, make_line, make_member, make_organization, make_strategy

    coordination = User.objects.get(email="coordinacion@demo.test")
    staff = User.objects.get(email="facilitadora@demo.test")
    program = Program.objects.create(name="Medida", slug="medida")
    ProgramMembership.objects.create(program=program, user=coordination, role="manager")

    def add(number):
        for _ in range(number):
            org = make_organization(program=program)
            make_member(org, "facilitator", staff)
            make_strategy(org, make_line(org))
            make_actor(org)

    addresses = [
        "/portafolio/",
        "/",
        *[f"/o/tejiendo-barrios/{path}" for path in ("", "mapa/", "resultados/", "plan/")],
    ]
    add(1)
    with_one = {address: _queries(address, coordination, staff) for address in addresses}
    add(MANY - 1)
    with_many = {address: _queries(address, coordination, staff) for address in addresses}
    return {
        "organizations": [Organization.objects.count() - MANY + 1, Organization.objects.count()],
        "queries": {address: [with_one[address], with_many[address]] for address in addresses},
    }


def _queries(address, coordination, staff):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(coordination if address == "/portafolio/" else staff)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


def _median(act, rounds=ROUNDS):
    return statistics.median(_seconds(act) for _ in range(rounds))


def _seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
