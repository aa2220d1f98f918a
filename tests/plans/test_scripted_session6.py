"""A whole Session 6 by script: twelve people, three lines, nine strategies, three allies, a complete Plan."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django_scopes import scope

from alianzas.models import ActionLine, OrgRole
from plans import queries
from plans.completeness import missing
from plans.editor.origins import origins
from plans.editor.queries import places_by_vote
from plans.models import PlanVersion, Round, Strategy
from sysmap.models import Actor
from tests import factories as make
from tests.words import said_in_word

LINES = ("Prevención", "Justicia cercana", "Barrio vivo")
# line: (works, did not, could), each with its why
SAID = {
    "Prevención": ("Mentoría entre pares", "Volanteo en la calle", "Radio de las juventudes"),
    "Justicia cercana": ("Mediación en la colonia", "Mesas con la fiscalía", "Clínica jurídica nocturna"),
    "Barrio vivo": ("Jornadas de limpieza", "Murales por encargo", "Fondo para la cancha"),
}
CROSS = ("Volanteo en la calle", "Radio de las juventudes", "Mesas con la fiscalía", "Fondo para la cancha")
ALLIES = ("Radio del cerro", "Universidad de la sierra", "Cámara de panaderías")
PEOPLE = 12


class Room:
    """Whoever acts, and everything that was typed, once each."""

    def __init__(self, client, org):
        self.client, self.org, self.typed = client, org, []

    def act(self, who, page, /, *args, typed=None, **chosen):
        """Send a form: what is `typed` must be new, what is `chosen` is picked from what is there."""
        self.client.force_login(who)
        for text in (typed or {}).values():
            self.typed += text if isinstance(text, list) else text.split("\n")
        answer = self.client.post(reverse(page, args=[self.org.slug, *args]), {**(typed or {}), **chosen})
        assert answer.status_code == 302, answer.content.decode()[:2000]


@pytest.fixture
def room(client, org):
    for line in LINES:
        make.make_line(org, line)
    for name in ALLIES:
        make.make_actor(org, name, relation="weak", result="positive", primary_resource="Contactos")
    org.mission, org.vision = "Acompañamos a las juventudes del cerro.", "Un cerro sin miedo."
    org.logo.save("logo.png", ContentFile(make.picture_bytes()))
    org.save()
    return Room(client, org)


def strategy(text):
    return Strategy.objects.get(text=text)


def test_a_session_of_twelve_ends_in_a_complete_plan_with_nothing_typed_twice(room, org, cast):
    facilitator = cast.facilitator
    people = [make.make_member(org, OrgRole.EDITOR) for _ in range(PEOPLE)]
    with scope(organization=org):
        for number in range(PEOPLE):
            room.act(facilitator, "participantes", typed={"post": f"Puesto número {number + 1}"}, name="")
        diagnose(room, people)
        agree_on_what_crosses(room, facilitator)
        vote(room, facilitator, people)
        map_outcomes(room, facilitator)
        steps = {"title": "Repetir este mapeo en un año", "responsible": "Enlace de alianzas"}
        room.act(facilitator, "registro-agregar-paso", "6", typed=steps, due_date="2099-10-01", horizon="long")
        conclusion = "Ninguna línea avanza sola: la radio, la universidad y las panaderías nos hacen falta."
        room.act(facilitator, "plan-texto", "conclusions", typed={"text": conclusion}, version="0")
        data = queries.plan_data(org)
        assert missing(data) == []
        room.act(facilitator, "plan-versiones", note="")
        lines = origins(data, places_by_vote(), edits=True)
        version = PlanVersion.objects.get()
        with version.files.get(format="docx").file.open("rb") as file:
            said = said_in_word(file.read())
    assert version.gaps == []
    assert len(room.typed) == len(set(room.typed)) > 50
    assert [text for text in room.typed if text not in said] == []
    addresses = {line.origin.url.partition("#")[0] for line in lines}
    room.client.force_login(facilitator)
    assert {one: room.client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 200)


def diagnose(room, people):
    """Each person answers something of one line; nobody has to agree."""
    questions = [(line, place) for line in LINES for place in range(3)]
    by_name = dict(ActionLine.objects.values_list("name", "pk"))
    for person, (line, place) in zip(people, questions, strict=False):
        text = SAID[line][place]
        typed = {"text": text, "why": f"Porque {text[0].lower()}{text[1:]} dejó huella"}
        status = ("works", "did_not", "could")[place]
        room.act(person, "aportar-estrategia", typed=typed, status=status, line=by_name[line], author="")


def agree_on_what_crosses(room, facilitator):
    for text in CROSS:
        one = strategy(text)
        other = ActionLine.objects.exclude(pk=one.line_id).first()
        room.act(facilitator, "lineas-de-estrategia", one.pk, lines=[one.line_id, other.pk])


def vote(room, facilitator, people):
    """Three votes each on four cross-cutting strategies; the result gives the first three places."""
    room.act(facilitator, "abrir-votacion", votes_each="3")
    row = Round.objects.get()
    for number, person in enumerate(people):
        left_out = 3 if number < 9 else number % 3
        room.act(person, "votar", row.pk, choices=[str(place) for place in range(4) if place != left_out])
    room.act(facilitator, "cerrar-votacion", row.pk)
    row.refresh_from_db()
    assert [one.votes for one in row.candidates.all()] == [11, 11, 11, 3]
    room.act(
        facilitator, "desempatar", row.pk, 1,
        **{"lugar-1-reason": "Así lo acordó el grupo"},
        **{f"lugar-1-place_{place}": str(place + 1) for place in range(3)},
    )  # fmt: skip
    room.act(facilitator, "aceptar-resultado", row.pk)


def map_outcomes(room, facilitator):
    """Three allies, one for each of the first three strategies, with markers and activities by term."""
    ranked = list(Strategy.objects.exclude(priority=None).order_by("priority"))
    assert len(ranked) == 3
    for one, name in zip(ranked, ALLIES, strict=True):
        actor = Actor.objects.get(name=name)
        objective = f"Que {name} abra su casa a las juventudes"
        room.act(facilitator, "nuevo-renglon", one.pk, who=f"actor-{actor.pk}", typed={"objective": objective})
        row = one.outcome_rows.get()
        typed = {
            "short": f"{name} nos recibe y escucha",
            "medium": f"{name} firma una carta con nosotras",
            "long": f"{name} invita a otras a sumarse",
            "actividades-0-title": f"Visitar a {name}",
            "actividades-0-responsible": f"Enlace con {name}",
        }
        forms = {"actividades-TOTAL_FORMS": "1", "actividades-INITIAL_FORMS": "0"}
        room.act(
            facilitator, "renglon", row.pk, typed=typed, objective=objective, **forms,
            **{"actividades-0-horizon": "short", "actividades-0-due_date": "2099-03-01"},
        )  # fmt: skip
