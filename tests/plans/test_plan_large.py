"""A very large Plan is issued whole: sixty pages and more, two hundred rows, forty photos."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django_scopes import scope
from pypdf import PdfReader

from alianzas.models import Horizon, Photo
from plans import queries
from plans.demo import pictures
from plans.models import PlanFile
from plans.versions import services
from tests import factories as make
from tests.plans.test_documents import READERS, facts_of, squeezed

WORDS = "acordar con el comité y las familias una agenda de trabajo que se revisa cada mes en asamblea"


@pytest.fixture
def huge(org):
    org.mission, org.vision = "Acompañar", "Barrios en paz"
    org.save()
    line = make.make_line(org)
    make.make_attendance(org)
    make.make_actor(org)
    make.make_next_step(org)
    for number in range(10):
        strategy = make.make_strategy(org, line, f"Estrategia {number}: {WORDS}", priority=number + 1)
        for place in range(20):
            row = make.make_outcome_row(org, strategy, objective=f"Objetivo {number}-{place}: {WORDS}")
            for horizon in Horizon:
                make.make_marker(row, horizon, f"Indicador {number}-{place}-{horizon}: {WORDS}")
                make.make_activity(row, horizon, f"Actividad {number}-{place}-{horizon}", due_date=date(2027, 1, 15))
    scenes = ("matriz", "ruta", "circulo", "muro", "rotafolios")
    with scope(organization=org):
        for number in range(40):
            image = ContentFile(pictures.photo(scenes[number % len(scenes)]), name="foto.jpg")
            facts = {"caption": f"Foto número {number}", "position": number, "has_consent": True}
            Photo.objects.create(organization=org, image=image, **facts)
    return org


@pytest.mark.slow
def test_a_plan_of_sixty_pages_two_hundred_rows_and_forty_photos_is_issued_whole(huge, cast):
    with scope(organization=huge):
        data = queries.plan_data(huge)
        version = services.issue(organization=huge, by=cast.editor, data=data, with_gaps=True)
        files = {file.format: services.content_of(file) for file in PlanFile.objects.filter(version=version)}
    facts = {squeezed(fact) for fact in facts_of(data) if fact}
    assert len(facts) > 1400
    for fmt, content in files.items():
        said = squeezed(READERS[fmt](content))
        assert [fact for fact in facts if fact not in said] == [], fmt
    reader = PdfReader(BytesIO(files["pdf"]))
    assert len(reader.pages) >= 60
    assert sum(len(page.images) for page in reader.pages) >= 40
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    assert sum(len(sheet._images) for sheet in book) >= 40
