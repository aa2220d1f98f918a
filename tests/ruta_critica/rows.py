"""Adapted routes and their illustrations for tests."""

from django.core.files.base import ContentFile
from django_scopes import scope

from alianzas.services import add_photo
from sessions_app import curriculum
from sessions_app.worksheets import kinds, queries, services
from tests import factories as make

PROMPT = curriculum.prompt("S3.2.pasos")
ROWS = [
    {
        "id": "primer_cafe",
        "step": "construccion_de_la_alianza",
        "own_name": "Primer café",
        "active": True,
        "order": 1,
        "what_we_do_today": "Una visita antes de hablar de dinero",
        "people": ["Dirección general"],
        "contacts": "Comités del poniente",
        "own_elements": ["Visita a la colonia"],
        "adaptation_note": "La visita va primero",
    },
    {"id": "cuentas", "step": "evaluacion_y_reporte", "own_name": "", "active": True, "order": 2},
    {"id": "kermes", "step": "", "own_name": "Celebrar en la colonia", "active": False, "order": 3},
]


def adapt(org, by, rows=ROWS):
    """Answer S3.2.pasos as the worksheet does."""
    with scope(organization=org):
        value = kinds.clean(PROMPT, rows, queries.frame(PROMPT))
        return services.save_answer(organization=org, by=by, prompt=PROMPT, subject="", value=value, version=0)


def take_photo(org, caption="La ruta en papel", **facts):
    with scope(organization=org):
        image = ContentFile(make.picture_bytes((300, 200), format="JPEG"), name="foto.jpg")
        return add_photo(organization=org, image=image, caption=caption, activity_key="S3.2", **facts)
