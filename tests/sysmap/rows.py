"""Matrices for tests, and the workbook that comes out of one."""

from io import BytesIO

from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from alianzas import spreadsheets
from alianzas.exports import xlsx
from alianzas.exports.blocks import Document, Heading
from alianzas.identity import brand_of
from sysmap import queries
from sysmap.deliverables import matrix_table
from sysmap.models import Actor
from sysmap.sheet import LABELS, find_matrix, read_lines
from sysmap.sheet_import import compare
from tests import factories as make
from tests.workbooks import cells_of, upload

FIRST, COLUMNS = 6, dict(zip(LABELS, "BCDEFGHI", strict=True))
SECRET = {"is_sensitive": True, "alias": "Actor B"}
ROLES = ["Movilizadora social", "Mediadora"]


def make_matrix(org):
    """Four rows in wall order; the third is sensitive, the fourth has nothing decided."""
    return (
        make.make_actor(
            org,
            "OSC X",
            roles=ROLES,
            primary_resource="Influencia",
            secondary_resources=["Personal", "Dinero"],
            relation="collaborative",
            rules="Solo el patronato\npuede acercarse",
        ),
        make.make_actor(org, "Radio local", sector="media", relation="weak", result="negative"),
        make.make_actor(
            org, "Grupo del norte", sector="informal", is_informal=True, is_sensitive=True, alias="Actor B"
        ),
        make.make_actor(org, "Vecinas", sector="", relation="", result=""),
    )


def workbook(org, *, full=False) -> bytes:
    """The sheet of the matrix as the Excel document has it."""
    with scope(organization=org):
        blocks = (Heading(1, "Matriz 5Rs"), matrix_table(queries.matrix(), full=full))
    return xlsx.write(Document("Matriz 5Rs", brand_of(org), blocks))


at, put = cells_of(COLUMNS, FIRST)


def review_of(org, data):
    with scope(organization=org):
        return compare(queries.actors(), *read_lines(find_matrix(spreadsheets.parse(data)).rows))


def changes_of(org, data):
    review = review_of(org, data)
    assert review.problems == ()
    return [(change.kind, str(change.line), change.fields) for change in review.changes]


def post(client, org, data, **more):
    field = "propio-file" if "actualizar" in more else "file"
    return client.post(reverse("subir-matriz", args=[org.slug]), {field: upload(data, "matriz.xlsx"), **more})


def apply(client, org, data, chosen):
    token = post(client, org, data).context["token"]
    return client.post(reverse("aplicar-matriz", args=[org.slug]), {"review": token, "aplicar": chosen})


def actors(org) -> dict[str, Actor]:
    with scope(organization=org):
        return {actor.name: actor for actor in queries.actors()}


def first_sheet(data):
    return load_workbook(BytesIO(data)).worksheets[0]


def facts(org):
    """Everything that the matrix says, to see that nothing was written."""
    with scope(organization=org):
        return list(Actor.objects.order_by("pk").values())
